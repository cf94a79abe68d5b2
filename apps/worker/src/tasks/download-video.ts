/** Downloads: answer from the library where the same file lies there; else fetch, verify, stage, then publish. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { FailureCode, FileEntry, FileRole, JobProgress, WarningCode } from '@video-scraper/contracts'
import { canonicalSourceUrl, failureOf, JobFailure, lengthDiffers } from '@video-scraper/core'
import type { Admission } from '@video-scraper/egress'
import {
  type DigestFollower,
  fileNameFor,
  followDigest,
  type Library,
  nameMedia,
  type ProbedMedia,
  type Staged,
  verifyMedia,
} from '@video-scraper/library'
import type { RunningJob, Task } from '@video-scraper/queue'
import type { ExtractionStore, FileIndex } from '@video-scraper/store'
import type { DownloadedMedia, Engine } from '@video-scraper/ytdlp'
import { compareWithRequest } from '../compare-with-request.ts'
import type { DiskReservation } from '../disk-reservation.ts'
import type { SourceAccess } from '../exits/source-access.ts'
import { rememberedFor } from '../extraction-cache.ts'
import { bringBack, type CookieDependencies, withCookies } from '../job-cookies.ts'
import { keptFor } from '../kept-for.ts'
import { type HeardWarnings, hearWarnings, tellKept } from '../kept-warnings.ts'
import { dependenciesFor } from '../private-dependencies.ts'
import { answersOf, type Known, type ReuseCheck, reuseOrFetch } from '../reuse-or-fetch.ts'
import type { StorageBudget } from '../storage-budget.ts'
import type { WorkFolders } from '../work-folders.ts'
import { unlessBusy } from './busy-folder.ts'
import { checkMedia } from './check-media.ts'
import { describeOthers } from './describe-others.ts'
import { publishFiles, resultOf } from './publish-files.ts'
import { discardStaged, readyToPublish } from './staged-files.ts'
import { withReservation } from './with-reservation.ts'

export interface DownloadDependencies extends CookieDependencies {
  engine: Engine
  source: SourceAccess
  folders: WorkFolders
  library: Library
  files: FileIndex
  budget: StorageBudget
  /** The folder of the ffmpeg shim. */
  ffmpegLocation: string
  /** 0 for no limit. */
  maxFileBytes: number
  /** What the check of a finished file may take; 0 for no limit. */
  memoryBytes: number
  /** 0 for ever. */
  retentionMs: number
  /** Whether a file that is there already answers a download of the same. */
  reuseFiles: boolean
  /** How long what is known of a direct link is believed, in milliseconds. */
  trustedMs: number
  /** Null: nothing is remembered. */
  extractions: ExtractionStore | null
}

/** The files lie in the library already: an earlier attempt published them, and did not live to index them. The media first. */
interface Published {
  published: FileEntry[]
}

interface Fetched {
  /** The media first. */
  staged: Staged[]
}

export type PreparedDownload = Fetched | Known | Published

export const downloadVideo = (allDependencies: DownloadDependencies): Task<'download', PreparedDownload> => ({
  async prepare(job, signal) {
    const home = await allDependencies.folders.open(job.id)
    const ready = await readyToPublish(allDependencies, job, home)
    if (ready !== null) return ready
    const way = await allDependencies.source.wayOf(job)
    const dependencies = dependenciesFor(allDependencies, job.envelope, way)
    const prepared = await reuseOrFetch(dependencies, job, signal, (check) =>
      unlessBusy(home, async (folder) => {
        // Where there is no space, the folder goes with all that an attempt before this one left in it.
        await bringBack(dependencies, job, folder)
        return withReservation(
          dependencies,
          { jobId: job.id, owner: job.envelope.owner, folder },
          check.signal,
          (reservation, stop) =>
            way.run(trafficOf(dependencies.maxFileBytes), (admission) =>
              fetchAndStage(dependencies, job, { folder, reservation, admission, check: { ...check, signal: stop } }),
            ),
        )
      }),
    )
    if ('known' in prepared) tellKept(job.report, prepared.known[0])
    return prepared
  },
  publicationOf(prepared) {
    if ('published' in prepared) return prepared.published[0]?.filename ?? ''
    return 'staged' in prepared ? (prepared.staged[0]?.entry.filename ?? '') : ''
  },
  async publish(job, prepared) {
    // Nothing of the earlier files is touched: they may be removed this very moment, and must not come back.
    if ('known' in prepared) return resultOf(prepared.known)
    if ('published' in prepared) {
      await allDependencies.files.add(...prepared.published)
      return resultOf(prepared.published)
    }
    try {
      return await publishFiles(allDependencies, prepared.staged)
    } catch (error) {
      // The library's own word: these bytes are not the ones that were verified. They can never be published, so they go,
      // and the next attempt fetches others. Everything else that fails here is repeated with them.
      if (error instanceof JobFailure) await discardStaged(allDependencies, job.id)
      throw error
    }
  },
  discard: (id) => discardStaged(allDependencies, id),
})

interface Fetching {
  folder: string
  reservation: DiskReservation
  admission: Admission
  check: ReuseCheck
}

async function fetchAndStage(
  dependencies: DownloadDependencies,
  job: RunningJob,
  { folder, reservation, admission, check: { signal, onIdentity, settled } }: Fetching,
): Promise<Fetched> {
  const { engine, library, maxFileBytes } = dependencies
  const { id, envelope, report } = job
  const digest = followDigest({ folder })
  const { extraction, warnings: earlier, onStale } = await rememberedFor(dependencies, job)
  try {
    const heard = hearWarnings(report, earlier)
    const onProgress = (progress: JobProgress) => {
      reservation.grew(progress.downloadedBytes ?? 0)
      heard.report(progress)
    }
    const stale = () => {
      heard.forgetEarlier()
      onStale()
    }
    let identity: string | null = null
    const identified = (reported: string) => {
      // Who was warned of something else was given something else.
      identity = hash('sha256', JSON.stringify([reported, heard.codes().toSorted()]))
      onIdentity(identity)
    }
    const request = { url: envelope.url, options: envelope.options, onIdentity: identified, extraction, onStale: stale }
    const context = {
      jobId: id,
      folder,
      egress: admission,
      signal,
      reservation,
      onSize: reservation.expect,
      onProgress,
    }
    const media = await withCookies(dependencies, job, {
      folder,
      warnings: heard.codes,
      run: (cookies) => engine.download({ ...request, cookies }, context),
    })
    await settled()
    if (media.restarted) digest.taint()
    const found = { ...media, identity: media.identity === null ? null : identity }
    const described = await describeMedia(dependencies, job, { media: found, heard, digest, folder, signal })
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

interface FetchedMedia {
  media: DownloadedMedia
  heard: HeardWarnings
  digest: DigestFollower
  folder: string
  signal: AbortSignal
}

/** Verifies what was fetched and says everything that will ever be said of the file. */
async function describeMedia(
  dependencies: DownloadDependencies,
  { id, envelope }: RunningJob,
  { media, heard, digest, folder, signal }: FetchedMedia,
): Promise<FileEntry> {
  const { maxFileBytes, retentionMs, reuseFiles } = dependencies
  const { path, expects, announces } = media
  const [{ sha256, sizeBytes }, probed] = await bothOf(
    digest.finish(path, signal),
    verifyMedia({ path, expects, ...probeOf(dependencies, folder, signal) }),
  )
  const bytesMax = Math.min(
    maxFileBytes || Number.POSITIVE_INFINITY,
    envelope.options.max_filesize ?? Number.POSITIVE_INFINITY,
  )
  if (sizeBytes > bytesMax) throw new JobFailure('file_too_large')
  const { extension, mediaType } = await nameMedia({ path, named: media.extension }, probed)
  compareWithRequest(envelope.options, { facts: media.facts, probed, extension }, heard)
  const lengths = compareLengths(media, probed, heard)
  if (lacks(announces, probed)) heard.add('stream_missing')
  const createdAt = Date.now()
  const keptMs = keptFor(envelope, retentionMs)
  const ytdlpVersion = heard.ytdlpVersion()
  return {
    filename: fileNameFor({ title: media.title, jobId: id, extension }),
    jobId: id,
    owner: envelope.owner,
    title: media.title,
    // The source names it, and a client will make a link of it.
    sourceUrl: canonicalSourceUrl(media.webpageUrl ?? '') ?? envelope.url,
    mediaType,
    ...lengths,
    sizeBytes,
    sha256,
    createdAt,
    expiresAt: keptMs === 0 ? null : createdAt + keptMs,
    ...(reuseFiles && { answers: answersOf(envelope, media.identity) }),
    ...(media.direct && { direct: true }),
    ...(ytdlpVersion !== undefined && { ytdlpVersion }),
  }
}

/** How files of a job are looked into. */
const probeOf = (
  { engine, ffmpegLocation, memoryBytes }: DownloadDependencies,
  folder: string,
  signal: AbortSignal,
) => ({
  ffprobe: join(ffmpegLocation, 'ffprobe'),
  folder,
  signal,
  memoryBytes,
  watch: engine.watch,
})

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

/**
 * The length of the file, and the announced one where it differs, which is a warning. Throws where periods whose times begin
 * anew lie over each other, since only the last one would be seen.
 */
function compareLengths(
  { durationSeconds: announced, periods }: DownloadedMedia,
  { durationSeconds: measured }: ProbedMedia,
  heard: HeardWarnings,
): Pick<FileEntry, 'durationSeconds' | 'announcedSeconds'> {
  if (announced === null || measured === null || !lengthDiffers({ announced, measured }))
    return { durationSeconds: announced ?? measured }
  if (periods > 1) throw joinedWrongly()
  heard.measured({ announced, measured })
  return { durationSeconds: measured, announcedSeconds: announced }
}

const lacks = (announced: DownloadedMedia['announces'], found: ProbedMedia): boolean =>
  (announced.video === true && !found.hasVideo) || (announced.audio === true && !found.hasAudio)

const joinedWrongly = () =>
  new JobFailure('postprocessing_failed', { cause: new Error('The periods of the manifest could not be joined.') })

/** Waits for both, also when one fails: the attempt must not end while a process of its own still runs. */
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}
