/** Has a fetched file encoded again where it is not what all players play and the request allows that. */
import type { FailureCode, WarningCode } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { nameMedia, type ProbedMedia, verifyMedia } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import type { DownloadedMedia } from '@video-scraper/ytdlp'
import { factsOfFile } from '../compare-with-request.ts'
import { probeOf } from '../tasks/check-media.ts'
import { refuseWrongPeriods } from '../tasks/compare-lengths.ts'
import { type Encoding, type EncodingDependencies, encodeInTurn } from './encode-in-turn.ts'
import { removeEncoded } from './encoded-file.ts'
import { type PartsToEncode, partsToEncode } from './parts-to-encode.ts'
import { refuseWhatStaysUnmet } from './refuse-before-encoding.ts'

/** A bound was hit, or encoding is switched off. Another attempt would hit it again. */
const LIMITS: ReadonlySet<FailureCode> = new Set([
  'cpu_limit_exceeded',
  'memory_limit_exceeded',
  'file_too_large',
  'disk_full',
  'quota_exceeded',
  'transcode_limit',
])
/** What ffmpeg does not understand, and what it made and ffprobe does not. */
const FAILURES: ReadonlySet<FailureCode> = new Set(['postprocessing_failed', 'invalid_media'])

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
    const encoded = await job.withoutClock(() => encodeInTurn(dependencies, job, encoding, { parts, before }))
    for (const code of codesOf(parts, before, encoded.probed)) heard.add(code)
    return { ...media, path: encoded.path, extension: 'mp4' }
  } catch (error) {
    signal.throwIfAborted()
    if (!(error instanceof JobFailure)) throw error
    // Also where it was refused before its turn, and an earlier attempt had encoded it.
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
