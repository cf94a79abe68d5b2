/** Delivers one verified file to the client's own store, with one PUT. It can be repeated: the store has one object in the end. */
import { Readable } from 'node:stream'
import type { FileEntry } from '@video-scraper/contracts'
import { JobFailure, stopReasonOf } from '@video-scraper/core'
import type { SafeUpload } from '@video-scraper/egress'
import type { OpenFile } from '@video-scraper/library'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import { progressAtTheEnd } from '../kept-warnings.ts'
import { failureOfAnswer, failureOfDelivery } from './delivery-failures.ts'
import { verifiedBytes } from './verified-bytes.ts'

const USER_AGENT = 'video-scraper-delivery/1'
/** A slow delivery is not a dead one. */
const HEARTBEAT_EVERY_MS = 1000

export interface DeliverDependencies {
  readonly upload: SafeUpload
  readonly log: JobLog
}

export interface FileToDeliver {
  readonly url: string
  readonly entry: FileEntry
  /** Null: the file is gone. */
  open(): Promise<OpenFile | null>
}

/** Where a job's address may not be sent to, or its name is not found, that is known before anything is fetched. */
export async function checkDestination(
  { upload }: DeliverDependencies,
  job: RunningJob,
  url: string,
  signal: AbortSignal,
): Promise<void> {
  await named(upload.check(url, { signal, requester: requesterOf(job) }), signal)
}

/**
 * Resolves when the store has taken the whole file, and the job's record says so. Rejects with a `JobFailure`, or with the
 * reason of the signal; where that is the end of the attempt's time, with `delivery_failed`.
 */
export async function deliverFile(
  { upload, log }: DeliverDependencies,
  job: RunningJob,
  { url, entry, open }: FileToDeliver,
  signal: AbortSignal,
): Promise<void> {
  const startedAt = Date.now()
  const kept = progressAtTheEnd(entry)
  const beat = () => job.report({ ...kept, heartbeatAt: Date.now() })
  const file = await open()
  if (file === null) throw new JobFailure('delivery_failed', { cause: new Error('The file is gone.') })
  beat()
  const heartbeat = setInterval(beat, HEARTBEAT_EVERY_MS)
  try {
    const sent = upload.put(url, {
      headers: { 'Content-Type': entry.mediaType, 'User-Agent': USER_AGENT },
      sizeBytes: entry.sizeBytes,
      body: () => Readable.from(verifiedBytes(file.stream(null), entry), { objectMode: false }),
      requester: requesterOf(job),
      signal,
    })
    const failure = failureOfAnswer(await named(sent, signal), Date.now())
    if (failure !== null) throw failure
  } finally {
    clearInterval(heartbeat)
    await file.close().catch(() => undefined)
  }
  const at = Date.now()
  await job.reportNow({ ...kept, heartbeatAt: at, delivered: { at, sha256: entry.sha256 } })
  log.info({ jobId: job.id, bytes: entry.sizeBytes, seconds: (at - startedAt) / 1000 }, 'file delivered')
}

const requesterOf = ({ id, envelope: { owner } }: RunningJob) => ({ owner, job: id })

async function named<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (!signal.aborted) throw failureOfDelivery(error)
    if (stopReasonOf(signal) === 'timeout') throw new JobFailure('delivery_failed', { cause: signal.reason })
    throw signal.reason
  }
}
