/** Verifies the media of a download, compares it with what was asked for and announced, and says everything about it. */
import type { FileEntry, JobEnvelope } from '@video-scraper/contracts'
import { canonicalSourceUrl, JobFailure, lengthDiffers } from '@video-scraper/core'
import { type DigestFollower, fileNameFor, nameMedia, type ProbedMedia, verifyMedia } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import type { DownloadedMedia } from '@video-scraper/ytdlp'
import { compareWithRequest } from '../compare-with-request.ts'
import { keptFor } from '../kept-for.ts'
import type { HeardWarnings } from '../kept-warnings.ts'
import { answersOf } from '../reuse-or-fetch.ts'
import { type Probing, probeOf } from './check-media.ts'

interface DescribingDependencies extends Probing {
  /** 0 for no limit. */
  maxFileBytes: number
  /** 0 for ever. */
  retentionMs: number
  reuseFiles: boolean
}

interface FetchedMedia {
  media: DownloadedMedia
  heard: HeardWarnings
  digest: DigestFollower
  folder: string
  signal: AbortSignal
}

/** Verifies what was fetched and says everything that will ever be said of the file. */
export async function describeMedia(
  dependencies: DescribingDependencies,
  { id, envelope }: RunningJob,
  { media, heard, digest, folder, signal }: FetchedMedia,
): Promise<FileEntry> {
  const { retentionMs, reuseFiles } = dependencies
  const { path, expects, announces } = media
  const [{ sha256, sizeBytes }, probed] = await bothOf(
    digest.finish(path, signal),
    verifyMedia({ path, expects, ...probeOf(dependencies, folder, signal) }),
  )
  if (sizeBytes > bytesMaxOf(dependencies, envelope)) throw new JobFailure('file_too_large')
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

/** What the media may have at most, in bytes. */
export const bytesMaxOf = (
  { maxFileBytes }: Pick<DescribingDependencies, 'maxFileBytes'>,
  { options }: Pick<JobEnvelope, 'options'>,
): number => Math.min(maxFileBytes || Number.POSITIVE_INFINITY, options.max_filesize ?? Number.POSITIVE_INFINITY)

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
