/** Delivers one verified file to the client's own store, with one PUT. It can be repeated: the store has one object in the end. */
import { Readable } from 'node:stream'
import type { FileEntry } from '@video-scraper/contracts'
import { JobFailure, stopReasonOf } from '@video-scraper/core'
import { SafeFetchError, type SafeUpload } from '@video-scraper/egress'
import type { OpenFile } from '@video-scraper/library'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import { progressAtTheEnd } from '../kept-warnings.ts'
import { failureOfAnswer, failureOfDelivery, failureOfReading } from './delivery-failures.ts'
import { OtherBytes, verifiedBytes } from './verified-bytes.ts'

const USER_AGENT = 'video-scraper-delivery/1'
/** A slow delivery is not a dead one. */
const HEARTBEAT_EVERY_MS = 1000

export interface DeliverDependencies {
  readonly upload: SafeUpload
  readonly log: JobLog
}

interface FileToDeliver {
  readonly url: string
  readonly entry: FileEntry
  /** When the attempt began, in epoch milliseconds. */
  readonly begunAt: number
  /** Null: the file is gone. */
  open(): Promise<OpenFile | null>
}

/**
 * Rejects with `delivery_blocked` before anything is fetched. A name that is not found now passes: the file may come days later, and
 * the PUT asks again.
 */
export async function checkDestination(
  { upload }: DeliverDependencies,
  job: RunningJob,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  const check = upload.check(url, { signal, requester: requesterOf(job) }).catch((error) => {
    if (!(error instanceof SafeFetchError) || error.code === 'blocked_target') throw error
  })
  await named(check, signal)
}

/**
 * Resolves when the store has taken the whole file, and the job's record says so. Rejects with a `JobFailure`, or with the
 * reason of the signal; where that is the end of the attempt's time, with `delivery_failed`. That one is not tried again where
 * most of the time went by here: the next attempt would end the same way, and hold a slot as long.
 */
export async function deliverFile(
  { upload, log }: DeliverDependencies,
  job: RunningJob,
  { url, entry, begunAt, open }: FileToDeliver,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = Date.now()
  const kept = progressAtTheEnd(entry)
  const beat = () => job.report({ ...kept, heartbeatAt: Date.now() })
  // While Redis takes no writes nothing is sent: the delivery could not be written down, and would come again.
  await job.reportNow({ ...kept, heartbeatAt: startedAt })
  const file = await opened(open)
  const heartbeat = setInterval(beat, HEARTBEAT_EVERY_MS)
  try {
    const sent = upload.put(url, {
      headers: { 'Content-Type': entry.mediaType, 'User-Agent': USER_AGENT },
      sizeBytes: entry.sizeBytes,
      body: () => Readable.from(verifiedBytes(file.stream(null), entry), { objectMode: false }),
      requester: requesterOf(job),
      signal,
    })
    const isRepeatable = () => Date.now() - startedAt < (Date.now() - begunAt) / 2
    const failure = failureOfAnswer(await named(sent, signal, isRepeatable), Date.now())
    if (failure !== null) throw failure
  } finally {
    clearInterval(heartbeat)
    await file.close().catch(() => undefined)
  }
  const at = Date.now()
  await job.reportNow({ ...kept, heartbeatAt: at, delivered: { at, sha256: entry.sha256 } })
  log.info({ jobId: job.id, bytes: entry.sizeBytes, seconds: (at - startedAt) / 1000 }, 'file delivered')
}

async function opened(open: FileToDeliver['open']): Promise<OpenFile> {
  const file = await open().catch((error: unknown) => {
    throw failureOfReading(error)
  })
  if (file === null) throw failureOfReading(new OtherBytes('The file is gone.'))
  return file
}

/** All who need no key are one owner, and would share what one of them uses up. */
const requesterOf = ({ id, envelope: { limitSubject } }: RunningJob) => ({ owner: limitSubject, job: id })

async function named<T>(work: Promise<T>, signal: AbortSignal, isRepeatable = () => true): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!signal.aborted) throw failureOfDelivery(error)
    if (stopReasonOf(signal) === 'timeout')
      throw new JobFailure('delivery_failed', { cause: signal.reason, retryable: isRepeatable() })
    throw signal.reason
  }
}
