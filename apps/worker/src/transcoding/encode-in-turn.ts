/** Encodes a file when it is its turn, within its time, its bytes and the space that is left on the disk and in the quota. */
import { stat } from 'node:fs/promises'
import type { JobProgress } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { ProbedMedia } from '@video-scraper/library'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import type { DownloadedMedia, Engine } from '@video-scraper/ytdlp'
import type { CopyReservation, DiskReservation } from '../disk-reservation.ts'
import type { HeardWarnings } from '../kept-warnings.ts'
import { type Probing, probeOf } from '../tasks/check-media.ts'
import { checkEncoded, removeEncoded } from './encoded-file.ts'
import { startEncodingClock } from './encoding-timeout.ts'
import type { EncodingTurns } from './encoding-turns.ts'
import { refuseWhatTakesTooLong } from './estimate-encoding.ts'
import type { PartsToEncode } from './parts-to-encode.ts'
import { whileEncoding } from './shares-of-progress.ts'

export interface EncodingDependencies extends Probing {
  engine: Engine
  /** Null: this service encodes nothing again. */
  encodingTurns: EncodingTurns | null
  /** How long encoding one file may take, in milliseconds, and its processor time in seconds; 0 for ever. */
  encodingTimeoutMs: number
  encodingCpuSeconds: number
  log: JobLog
}

export interface Encoding {
  media: DownloadedMedia
  heard: HeardWarnings
  folder: string
  reservation: Pick<DiskReservation, 'fetched' | 'reserveCopy'>
  /** The file may have no more. */
  bytesMax: number
  signal: AbortSignal
}

export interface EncodedFile {
  readonly path: string
  readonly probed: ProbedMedia
}

/** What is to be made of which file. */
interface Order {
  parts: PartsToEncode
  before: ProbedMedia
}

/** Those that follow a job must not take it for dead. */
const HEARTBEAT_MS = 5_000

/** What H.264 takes of a newer format, at a guess: an AV1 or H.265 of the same picture is about half as large. */
const GROWTH = 2

/**
 * The encoded file, which counts for its owner instead of the fetched one. Rejects with a `JobFailure`, and nothing that
 * was encoded is left then; what ended it says nothing against the fetched file.
 */
export async function encodeInTurn(
  dependencies: EncodingDependencies,
  { id }: Pick<RunningJob, 'id'>,
  encoding: Encoding,
  order: Order,
): Promise<EncodedFile> {
  const { encodingTurns } = dependencies
  const { media, heard, reservation, signal } = encoding
  if (encodingTurns === null)
    throw new JobFailure('transcode_limit', { cause: new Error('TRANSCODE_CONCURRENCY is 0.') })
  if (order.parts.video) refuseWhatTakesTooLong(order.before, dependencies.encodingCpuSeconds)
  const beat = () => heard.goesOn('processing')
  beat()
  const beating = setInterval(beat, HEARTBEAT_MS)
  try {
    const [fileBytes = 0, ...others] = await sizesOf(media)
    // Others need the space while this one waits for its turn.
    await reservation.fetched()
    return await encodingTurns.take(signal, async () => {
      const otherBytes = others.reduce((sum, bytes) => sum + bytes, 0)
      const copy = await reservation.reserveCopy({ expectedBytes: GROWTH * fileBytes, otherBytes })
      try {
        dependencies.log.info({ jobId: id, ...order.parts }, 'encoding begins')
        return await encodeWithin(copy, dependencies, id, encoding, order)
      } catch (error) {
        // After anything else a later attempt goes on. A draft that cannot be removed goes with the folder.
        if (error instanceof JobFailure && !signal.aborted) await removeEncoded(encoding.folder).catch(() => undefined)
        copy.drop()
        throw error
      }
    })
  } finally {
    clearInterval(beating)
  }
}

async function encodeWithin(
  copy: CopyReservation,
  dependencies: EncodingDependencies,
  id: string,
  { media, heard, folder, bytesMax: bytesAllowed, signal }: Encoding,
  { parts, before }: Order,
): Promise<EncodedFile> {
  const bytesMax = Math.floor(Math.min(bytesAllowed, copy.bytesMax))
  const onProgress = (progress: JobProgress) => heard.goesOn('processing', whileEncoding(progress))
  const clock = startEncodingClock(dependencies.encodingTimeoutMs)
  try {
    const stopped = AbortSignal.any([signal, clock.signal, copy.signal])
    const context = { jobId: id, folder, egress: NOWHERE, signal: stopped, onProgress }
    const request = { path: media.path, ...parts, ...(Number.isFinite(bytesMax) && { bytesMax }) }
    const { path } = await dependencies.engine.transcode(request, context)
    const { sizeBytes, probed } = await checkEncoded(path, {
      before,
      bytesMax,
      probe: probeOf(dependencies, folder, stopped),
    })
    await copy.keep(sizeBytes)
    return { path, probed }
  } catch (error) {
    if (signal.aborted) throw error
    if (copy.signal.aborted) throw copy.signal.reason
    // It had its time, on a machine that has no more processor for it.
    throw clock.signal.aborted ? new JobFailure('cpu_limit_exceeded', { cause: error }) : error
  } finally {
    clock.stop()
  }
}

/** Of the media, and of what was fetched beside it. */
const sizesOf = ({ path, others }: DownloadedMedia): Promise<number[]> =>
  Promise.all([path, ...others.map((other) => other.path)].map(async (each) => (await stat(each)).size))

/** Encoding asks nobody. */
const NOWHERE = { proxyUrl: 'http://127.0.0.1:9', blocked: () => false, exceeded: () => false }
