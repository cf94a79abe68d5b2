/** Downloads: answer from the library where the same file lies there; else fetch, verify, stage, then publish. */
import { hash } from 'node:crypto'
import { join } from 'node:path'
import type { FileEntry, JobProgress } from '@video-scraper/contracts'
import { canonicalSourceUrl, JobFailure, lengthDiffers } from '@video-scraper/core'
import type { EgressProxy } from '@video-scraper/egress'
import {
  type DigestFollower,
  fileNameFor,
  followDigest,
  type Library,
  mediaTypeOf,
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

export const downloadVideo = (rooms: DownloadRooms): Task<'download', Staged | Known> => ({
  async prepare(job, signal) {
    const folder = await rooms.folders.open(job.id)
    // An earlier attempt that died after staging has nothing left to fetch.
    const staged = await rooms.library.readStaged(folder)
    if (staged !== null) return staged
    const subject = { jobId: job.id, owner: job.envelope.owner, folder }
    const prepared = await unlessKnown(rooms, job, signal, (look) =>
      withRoom(rooms, subject, look.signal, (room, stop) =>
        fetchAndStage(rooms, job, { folder, room, look: { ...look, signal: stop } }),
      ),
    )
    if ('known' in prepared) tellKept(job.report, prepared.known)
    return prepared
  },
  async publish(_job, prepared) {
    // Nothing of the earlier file is touched: it may be removed this very moment, and must not come back.
    if ('known' in prepared) return prepared.known
    try {
      const entry = await rooms.library.publish(prepared)
      await rooms.files.add(entry)
      return entry
    } catch (error) {
      // An attempt that died after publishing; its file has been removed since, and is not to come back. The download did
      // complete, and says that the file has expired: the index does not know it.
      if (error instanceof RemovedSince) return prepared.entry
      throw error
    }
  },
  async discard(id) {
    await rooms.library.unstage(rooms.folders.pathOf(id)).catch(() => undefined)
    await rooms.folders.remove(id)
  },
})

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
  try {
    const { extraction, warnings: earlier, onStale } = await rememberedFor(rooms, job)
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
      { url: envelope.url, formatId: envelope.formatId, onIdentity: identified, extraction, onStale: stale },
      { jobId: id, folder, egress: admission, signal, room, onSize: room.expect, onProgress },
    )
    await settled()
    if (media.restarted) digest.taint()
    const found = { ...media, identity: media.identity === null ? null : identity }
    const entry = await describeFile(rooms, job, { media: found, heard, digest, folder, signal })
    await room.settle(entry.sizeBytes)
    return await library.stage({ folder, path: media.path, entry }, signal)
  } finally {
    admission.revoke()
    await digest.stop()
  }
}

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
  { ffmpegLocation, maxFileBytes, retentionMs, reuseFiles }: DownloadRooms,
  { id, envelope }: RunningJob,
  { media, heard, digest, folder, signal }: Fetched,
): Promise<FileEntry> {
  const ffprobe = join(ffmpegLocation, 'ffprobe')
  const { path, expects } = media
  const [{ sha256, sizeBytes }, probed] = await bothOf(
    digest.finish(path, signal),
    verifyMedia({ path, ffprobe, folder, expects, signal }),
  )
  if (maxFileBytes > 0 && sizeBytes > maxFileBytes) throw new JobFailure('file_too_large')
  const lengths = lengthsOf(media, probed)
  if (lengths !== null && media.periods > 1) throw joinedWrongly()
  if (lengths !== null) heard.measured(lengths)
  const warnings = heard.codes()
  const createdAt = Date.now()
  return {
    filename: fileNameFor({ title: media.title, jobId: id, extension: media.extension }),
    jobId: id,
    owner: envelope.owner,
    title: media.title,
    // The source names it, and a client will make a link of it.
    sourceUrl: canonicalSourceUrl(media.webpageUrl ?? '') ?? envelope.url,
    mediaType: mediaTypeOf(media.extension),
    durationSeconds: lengths?.measured ?? media.durationSeconds ?? probed.durationSeconds,
    sizeBytes,
    sha256,
    createdAt,
    expiresAt: retentionMs === 0 ? null : createdAt + retentionMs,
    ...(reuseFiles && { answers: answersOf(envelope, media.identity) }),
    ...(media.direct && { direct: true }),
    ...(lengths !== null && { announcedSeconds: lengths.announced }),
    ...(warnings.length > 0 && { warnings }),
  }
}

/** Null where the file is as long as was announced, or nothing was. */
function lengthsOf({ durationSeconds: announced }: DownloadedMedia, { durationSeconds: measured }: ProbedMedia) {
  return announced !== null && measured !== null && lengthDiffers({ announced, measured })
    ? { announced, measured }
    : null
}

/** Periods whose times begin anew lie over each other, and only the last one would be seen. */
const joinedWrongly = () =>
  new JobFailure('postprocessing_failed', { cause: new Error('The periods of the manifest could not be joined.') })

/** Waits for both, also when one fails: the attempt must not end while a process of its own still runs. */
async function bothOf<A, B>(one: Promise<A>, other: Promise<B>): Promise<[A, B]> {
  await Promise.allSettled([one, other])
  return Promise.all([one, other])
}
