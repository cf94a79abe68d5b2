/** Downloads: answer from the library where the same file lies there; else fetch, verify, stage, then publish. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { FailureCode, FileEntry, JobProgress } from '@video-scraper/contracts'
import { canonicalSourceUrl, failureOf, JobFailure, lengthDiffers } from '@video-scraper/core'
import type { EgressProxy } from '@video-scraper/egress'
import {
  type DigestFollower,
  fileNameFor,
  followDigest,
  type Library,
  nameMedia,
  type ProbedMedia,
  RemovedSince,
  type Staged,
  verifyMedia,
} from '@video-scraper/library'
import type { JobLog, RunningJob, Task } from '@video-scraper/queue'
import type { ExtractionStore, FileIndex } from '@video-scraper/store'
import type { DownloadedMedia, Engine } from '@video-scraper/ytdlp'
import { type HeardWarnings, hearWarnings, tellKept } from '../kept-warnings.ts'
import { answersOf, type Known, type Look, unlessKnown } from '../known-file.ts'
import { rememberedFor } from '../memory.ts'
import type { StorageBudget } from '../storage-budget.ts'
import type { StorageRoom } from '../storage-room.ts'
import type { WorkFolders } from '../work-folders.ts'
import { apartIn, unlessBusy } from './busy-folder.ts'
import { withRoom } from './with-room.ts'

interface DownloadRooms {
  engine: Engine
  egress: EgressProxy
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
  log: JobLog
}

/** The file lies in the library already: an earlier attempt published it, and did not live to index it. */
interface Published {
  published: FileEntry
}

export const downloadVideo = (rooms: DownloadRooms): Task<'download', Staged | Known | Published> => ({
  async prepare(job, signal) {
    const home = await rooms.folders.open(job.id)
    const ready = await readyToPublish(rooms, job, home)
    if (ready !== null) return ready
    const prepared = await unlessKnown(rooms, job, signal, (look) =>
      unlessBusy(home, (folder) =>
        withRoom(rooms, { jobId: job.id, owner: job.envelope.owner, folder }, look.signal, (room, stop) =>
          fetchAndStage(rooms, job, { folder, room, look: { ...look, signal: stop } }),
        ),
      ),
    )
    if ('known' in prepared) tellKept(job.report, prepared.known)
    return prepared
  },
  publicationOf(prepared) {
    if ('published' in prepared) return prepared.published.filename
    return 'entry' in prepared ? prepared.entry.filename : ''
  },
  async publish(job, prepared) {
    // Nothing of the earlier file is touched: it may be removed this very moment, and must not come back.
    if ('known' in prepared) return prepared.known
    if ('published' in prepared) {
      await rooms.files.add(prepared.published)
      return prepared.published
    }
    try {
      const entry = await rooms.library.publish(prepared)
      await rooms.files.add(entry)
      return entry
    } catch (error) {
      // An attempt that died after publishing; its file has been removed since, and is not to come back. The download did
      // complete, and says that the file has expired: the index does not know it.
      if (error instanceof RemovedSince) return prepared.entry
      // The library's own word: these bytes are not the ones that were verified. They can never be published, so they go,
      // and the next attempt fetches others. Everything else that fails here is repeated with them.
      if (error instanceof JobFailure) await discard(rooms, job.id)
      throw error
    }
  },
  discard: (id) => discard(rooms, id),
})

async function discard({ library, folders }: DownloadRooms, id: string): Promise<void> {
  const folder = folders.pathOf(id)
  for (const each of [folder, apartIn(folder)]) await library.unstage(each).catch(() => undefined)
  await folders.remove(id)
}

/**
 * An earlier attempt that died after staging has nothing left to fetch. Where its work folder lies on another machine, the
 * job's record names the file, which may have been published.
 */
async function readyToPublish(
  { library }: DownloadRooms,
  { id, committed }: RunningJob,
  folder: string,
): Promise<Staged | Published | null> {
  const staged = (await library.readStaged(folder)) ?? (await library.readStaged(apartIn(folder)))
  if (staged !== null || !committed) return staged
  const published = await library.describe(committed)
  return published?.jobId === id ? { published } : null
}

async function fetchAndStage(
  rooms: DownloadRooms,
  job: RunningJob,
  { folder, room, look: { signal, onIdentity, settled } }: { folder: string; room: StorageRoom; look: Look },
): Promise<Staged> {
  const { engine, egress, library, maxFileBytes } = rooms
  const { id, envelope, report } = job
  const admission = egress.admit(id, {
    owner: envelope.limitSubject,
    ...(maxFileBytes > 0 && { maxBytes: trafficOf(maxFileBytes) }),
  })
  const digest = followDigest({ folder })
  const { extraction, warnings: earlier, onStale } = await rememberedFor(rooms, job)
  try {
    const heard = hearWarnings(report, earlier)
    const onProgress = (progress: JobProgress) => {
      room.grew(progress.downloadedBytes ?? 0)
      heard.report(progress)
    }
    const stale = () => {
      heard.forgetEarlier()
      onStale()
    }
    let identity: string | null = null
    const identified = (told: string) => {
      // Who was warned of something else was given something else.
      identity = hash('sha256', JSON.stringify([told, heard.codes().toSorted()]))
      onIdentity(identity)
    }
    const media = await engine.download(
      { url: envelope.url, options: envelope.options, onIdentity: identified, extraction, onStale: stale },
      { jobId: id, folder, egress: admission, signal, room, onSize: room.expect, onProgress },
    )
    await settled()
    if (media.restarted) digest.taint()
    const found = { ...media, identity: media.identity === null ? null : identity }
    const entry = await describeFile(rooms, job, { media: found, heard, digest, folder, signal })
    await room.settle(entry.sizeBytes)
    return await library.stage({ folder, path: media.path, entry }, signal)
  } catch (error) {
    // An address may end in a page that says 200. The next attempt asks the source, and so does every other job.
    if (!signal.aborted && MISLED.has(failureOf(error).code)) onStale()
    throw error
  } finally {
    admission.revoke()
    await digest.stop()
  }
}

/** What is said of bytes that are not what the extraction said they are. */
const MISLED: ReadonlySet<FailureCode> = new Set(['invalid_media', 'postprocessing_failed'])

/**
 * What a file of this size may cost on the wire: pages, manifests, headers, containers and ranges that are asked for
 * twice. The size itself is judged by the runner and once more at the end.
 */
const trafficOf = (fileBytes: number) => fileBytes * 1.1 + 128 * 1024 * 1024

interface Fetched {
  media: DownloadedMedia
  heard: HeardWarnings
  digest: DigestFollower
  folder: string
  signal: AbortSignal
}

/** Verifies what was fetched and says everything that will ever be said of the file. */
async function describeFile(
  { engine, ffmpegLocation, maxFileBytes, memoryBytes, retentionMs, reuseFiles }: DownloadRooms,
  { id, envelope }: RunningJob,
  { media, heard, digest, folder, signal }: Fetched,
): Promise<FileEntry> {
  const ffprobe = join(ffmpegLocation, 'ffprobe')
  const { path, expects, announces } = media
  const [{ sha256, sizeBytes }, probed] = await bothOf(
    digest.finish(path, signal),
    verifyMedia({ path, ffprobe, folder, expects, signal, memoryBytes, watch: engine.watch }),
  )
  if (maxFileBytes > 0 && sizeBytes > maxFileBytes) throw new JobFailure('file_too_large')
  const lengths = compareLengths(media, probed, heard)
  const { extension, mediaType } = await nameMedia({ path, named: media.extension }, probed)
  if (lacks(announces, probed)) heard.add('stream_missing')
  const warnings = heard.codes()
  const createdAt = Date.now()
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
    expiresAt: retentionMs === 0 ? null : createdAt + retentionMs,
    ...(reuseFiles && { answers: answersOf(envelope, media.identity) }),
    ...(media.direct && { direct: true }),
    ...(warnings.length > 0 && { warnings }),
  }
}

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
