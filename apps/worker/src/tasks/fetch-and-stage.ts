/** Fetches the files of a download, has the media encoded again where that is asked for, verifies all of them, and stages them. */
import type { FailureCode, FileEntry, FileRole, WarningCode } from '@video-scraper/contracts'
import { failureOf } from '@video-scraper/core'
import { followDigest, type Library, type Staged } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import type { DiskReservation } from '../disk-reservation.ts'
import type { SourceWay } from '../exits/source-access.ts'
import { rememberedFor } from '../extraction-cache.ts'
import type { HeardWarnings } from '../kept-warnings.ts'
import { hearWarnings } from '../kept-warnings.ts'
import type { ReuseCheck } from '../reuse-or-fetch.ts'
import type { EncodingDependencies } from '../transcoding/encode-in-turn.ts'
import { makeUniversal } from '../transcoding/make-universal.ts'
import { AFTER_ENCODING } from '../transcoding/shares-of-progress.ts'
import { checkMedia, probeOf } from './check-media.ts'
import { bytesMaxOf, describeMedia } from './describe-media.ts'
import { describeOthers } from './describe-others.ts'
import { type FetchDependencies, fetchMedia } from './fetch-media.ts'

export interface FetchAndStageDependencies extends FetchDependencies, EncodingDependencies {
  library: Pick<Library, 'stage'>
  /** 0 for no limit. */
  maxFileBytes: number
  /** 0 for ever. */
  retentionMs: number
  /** Whether a file that is there already answers a download of the same. */
  reuseFiles: boolean
}

export interface Fetched {
  /** The media first. */
  staged: Staged[]
}

export interface Fetching {
  folder: string
  reservation: DiskReservation
  way: SourceWay
  check: ReuseCheck
}

export async function fetchAndStage(
  dependencies: FetchAndStageDependencies,
  job: RunningJob,
  { folder, reservation, way, check }: Fetching,
): Promise<Fetched> {
  const { library, maxFileBytes } = dependencies
  const { signal } = check
  const { extraction, warnings: earlier, onStale } = await rememberedFor(dependencies, job)
  const digest = followDigest({ folder })
  try {
    const heard = hearWarnings(job.report, earlier)
    const stale = () => {
      heard.forgetEarlier()
      onStale()
    }
    const found = await way.run(trafficOf(maxFileBytes), (admission) =>
      fetchMedia(dependencies, job, { folder, reservation, admission, check, heard, extraction, onStale: stale }),
    )
    if (found.restarted) digest.taint()
    const bytesMax = bytesMaxOf(dependencies, job.envelope)
    const encoding = { media: found, heard, folder, reservation, bytesMax, signal }
    const media = await makeUniversal(dependencies, job, encoding)
    if (job.envelope.options.transcode === true) heard.goesOn('finalizing', AFTER_ENCODING)
    const described = await describeMedia(dependencies, job, { media, heard, digest, folder, signal })
    const others = await describeOthers(media.others, described, {
      folder,
      signal,
      checkMedia: (path) => checkMedia(path, probeOf(dependencies, folder, signal), { maxFileBytes }),
      onBroken: ({ role }) => heard.add(MISSING[role]),
    })
    const entry = withOthers(described, others, heard)
    const files = [{ folder, path: media.path, entry }, ...others]
    await reservation.settle(files.reduce((sum, file) => sum + file.entry.sizeBytes, 0))
    return { staged: await library.stage(files, signal) }
  } catch (error) {
    // An address may end in a page that says 200. The next attempt asks the source, and so does every other job.
    if (!signal.aborted && MISLED.has(failureOf(error).code)) onStale()
    throw error
  } finally {
    await digest.stop()
  }
}

/** What is said of bytes that are not what the extraction said they are. */
const MISLED: ReadonlySet<FailureCode> = new Set(['invalid_media', 'postprocessing_failed'])

/**
 * What a file of this size may cost on the wire: pages, manifests, headers, containers and ranges that are asked for
 * twice. The size itself is checked by the runner and once more at the end. Nothing for a size of 0, which is no limit.
 */
const trafficOf = (fileBytes: number) => (fileBytes > 0 ? { maxBytes: fileBytes * 1.1 + 128 * 1024 * 1024 } : {})

/** What could not be had is known when all files have been looked at. */
function withOthers(media: FileEntry, others: readonly Staged[], heard: HeardWarnings): FileEntry {
  const warnings = heard.codes()
  return {
    ...media,
    ...(others.length > 0 && { otherFiles: others.map(({ entry }) => entry.filename) }),
    ...(warnings.length > 0 && { warnings }),
  }
}

/** What is said where a file of this role is not what it should be. */
const MISSING = {
  media: 'stream_missing',
  clip: 'clips_missing',
  chapter: 'clips_missing',
  subtitle: 'subtitles_missing',
  transcript: 'subtitles_missing',
  thumbnail: 'thumbnail_missing',
  info: 'metadata_incomplete',
} as const satisfies Record<FileRole, WarningCode>
