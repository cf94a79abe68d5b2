/** Has a fetched file encoded again where it is not what all players play and the request allows that. */
import { readdir, rm, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { FailureCode, JobProgress, WarningCode } from '@video-scraper/contracts'
import { JobFailure, lengthDiffers, Stop } from '@video-scraper/core'
import { nameMedia, type ProbedMedia, verifyMedia } from '@video-scraper/library'
import type { JobLog, RunningJob } from '@video-scraper/queue'
import type { DownloadedMedia, Engine } from '@video-scraper/ytdlp'
import { factsOfFile } from '../compare-with-request.ts'
import type { HeardWarnings } from '../kept-warnings.ts'
import { type Probing, probeOf } from '../tasks/check-media.ts'
import { refuseWrongPeriods } from '../tasks/compare-lengths.ts'
import type { EncodingTurns } from './encoding-turns.ts'
import { type PartsToEncode, partsToEncode } from './parts-to-encode.ts'
import { refuseWhatStaysUnmet } from './refuse-before-encoding.ts'
import { whileEncoding } from './shares-of-progress.ts'

export interface EncodingDependencies extends Probing {
  engine: Engine
  /** Null: this service encodes nothing again. */
  encodingTurns: EncodingTurns | null
  /** How long encoding one file may take, in milliseconds; 0 for ever. */
  encodingTimeoutMs: number
  log: JobLog
}

interface Encoding {
  media: DownloadedMedia
  heard: HeardWarnings
  folder: string
  /** The file may have no more. */
  bytesMax: number
  signal: AbortSignal
}

/** A bound was hit, or encoding is switched off. Another attempt would hit it again. */
const LIMITS: ReadonlySet<FailureCode> = new Set([
  'cpu_limit_exceeded',
  'memory_limit_exceeded',
  'file_too_large',
  'disk_full',
  'transcode_limit',
])
/** What ffmpeg does not understand, and what it made and ffprobe does not. */
const FAILURES: ReadonlySet<FailureCode> = new Set(['postprocessing_failed', 'invalid_media'])

/** Those that follow a job must not take it for dead. */
const HEARTBEAT_MS = 5_000

/**
 * The media itself where nothing has to be encoded again, or may not be. Where encoding fails or takes too much, the media stays as it
 * is, and a warning says so; a strict request rejects with `transcode_limit`, and whoever compares the file with the request refuses
 * the rest. A later attempt keeps what was encoded of the same file.
 */
export async function makeUniversal(
  dependencies: EncodingDependencies,
  job: RunningJob,
  encoding: Encoding,
): Promise<DownloadedMedia> {
  const { media, heard, folder, signal } = encoding
  const { options } = job.envelope
  if (options.transcode !== true) return media
  const probe = probeOf(dependencies, folder, signal)
  const before = await verifyMedia({ path: media.path, expects: media.expects, ...probe })
  const { extension } = await nameMedia({ path: media.path, named: media.extension }, before)
  const facts = factsOfFile({ facts: media.facts, probed: before, extension })
  const parts = partsToEncode(facts, before)
  if (parts === null) return media
  // What is refused for something else is not encoded before.
  refuseWrongPeriods(media, before)
  refuseWhatStaysUnmet(options, facts, parts)
  try {
    // Waiting and encoding have bounds of their own, and may take longer than fetching may.
    const path = await job.withoutClock(() => encodedInTurn(dependencies, job, encoding, parts))
    const after = await checkEncoded(path, before, encoding.bytesMax, probe)
    for (const code of codesOf(parts, before, after)) heard.add(code)
    return { ...media, path, extension: 'mp4' }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof JobFailure)) throw error
    // The file is there without it, and the folder goes with the job.
    await removeEncoded(folder).catch(() => undefined)
    if (LIMITS.has(error.code)) {
      if (options.strict === true) throw new JobFailure('transcode_limit', { cause: error })
      heard.add('transcode_limit')
    } else if (FAILURES.has(error.code)) heard.add('transcode_failed')
    else throw error
    dependencies.log.warn({ jobId: job.id, err: error }, 'the file is not encoded again, and stays as it is')
    return media
  }
}

/** What is said of a file that was encoded. */
const codesOf = (parts: PartsToEncode, before: ProbedMedia, after: ProbedMedia): WarningCode[] => [
  ...(after.streams.length < before.streams.length ? (['streams_left_out'] as const) : []),
  ...(parts.video ? (['video_transcoded'] as const) : []),
  ...(parts.audio ? (['audio_transcoded'] as const) : []),
]

/** The path of the encoded file. */
async function encodedInTurn(
  { engine, encodingTurns, encodingTimeoutMs, log }: EncodingDependencies,
  { id }: RunningJob,
  { media, heard, folder, bytesMax, signal }: Encoding,
  parts: PartsToEncode,
): Promise<string> {
  if (encodingTurns === null)
    throw new JobFailure('transcode_limit', { cause: new Error('TRANSCODE_CONCURRENCY is 0.') })
  const beat = () => heard.goesOn('processing')
  const onProgress = (progress: JobProgress) => heard.goesOn('processing', whileEncoding(progress))
  beat()
  const beating = setInterval(beat, HEARTBEAT_MS)
  try {
    return await encodingTurns.take(signal, async () => {
      log.info({ jobId: id, ...parts }, 'encoding begins')
      const clock = clockOf(encodingTimeoutMs)
      try {
        const context = { jobId: id, folder, egress: NOWHERE, signal: AbortSignal.any([signal, clock.signal]) }
        const request = { path: media.path, ...parts, ...(Number.isFinite(bytesMax) && { bytesMax }) }
        const { path } = await engine.transcode(request, { ...context, onProgress })
        return path
      } catch (error) {
        // It had its time, on a machine that has no more processor for it.
        throw clock.signal.aborted ? new JobFailure('cpu_limit_exceeded', { cause: error }) : error
      } finally {
        clock.stop()
      }
    })
  } finally {
    clearInterval(beating)
  }
}

/** What was written when a bound ended encoding, which others need the space of. Nothing of the group is left by then. */
async function removeEncoded(folder: string): Promise<void> {
  const written = (await readdir(folder)).filter((name) => name.startsWith('universal.'))
  await Promise.all(written.map((name) => rm(join(folder, name), { force: true })))
}

/** Encoding asks nobody. */
const NOWHERE = { proxyUrl: 'http://127.0.0.1:9', blocked: () => false, exceeded: () => false }

/** Timers of Node hold 31 bits; a longer one would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1

function clockOf(timeoutMs: number): { signal: AbortSignal; stop(): void } {
  const end = new AbortController()
  const timer =
    timeoutMs > 0 ? setTimeout(() => end.abort(new Stop('timeout')), Math.min(timeoutMs, TIMER_MAX_MS)) : undefined
  return { signal: end.signal, stop: () => clearTimeout(timer) }
}

/** ffmpeg ends well also where it could not read all of a file. */
async function checkEncoded(
  path: string,
  before: ProbedMedia,
  bytesMax: number,
  probe: ReturnType<typeof probeOf>,
): Promise<ProbedMedia> {
  const after = await verifyMedia({ path, expects: { video: true, audio: before.hasAudio }, ...probe })
  const [announced, measured] = [before.durationSeconds, after.durationSeconds]
  if (announced !== null && measured !== null && lengthDiffers({ announced, measured }))
    throw new JobFailure('postprocessing_failed', { cause: new Error('What was encoded is not as long as it was.') })
  if ((await stat(path)).size > bytesMax) throw new JobFailure('file_too_large')
  return after
}
