/** A worker without yt-dlp: the real consumer, with tasks that do what a test says. */

import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileEntry, InfoResult, VideoInfo } from '@video-scraper/contracts'
import { fileNameFor } from '@video-scraper/library'
import { type RunningJob, startConsumer } from '@video-scraper/queue'
import { temporaryFolder } from '@video-scraper/testkit'
import type { ApiRig } from './api-rig.ts'

type Act = (job: RunningJob, signal: AbortSignal) => Promise<unknown>

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export const videoInfo: VideoInfo = {
  title: 'Never Gonna Give You Up',
  uploader: 'Rick Astley',
  duration: 212,
  thumbnail: 'https://i.ytimg.com/vi/dQw4w9WgXcQ/maxresdefault.jpg',
  webpage_url: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
  formats: [
    {
      format_id: '22',
      format_note: '720p',
      ext: 'mp4',
      filesize: 19321772,
      filesize_approx: null,
      protocol: 'https',
      vcodec: null,
      acodec: null,
      width: null,
      height: null,
      fps: null,
      tbr: null,
      language: null,
      dynamic_range: null,
      audio_channels: null,
    },
  ],
  id: null,
  description: null,
  extractor: null,
  upload_date: null,
  view_count: null,
  age_limit: null,
  live_status: null,
  playlist_count: null,
  channel: null,
  channel_id: null,
  channel_url: null,
  chapters: [],
  subtitles: [],
  automatic_captions: [],
  thumbnails: [],
  best: [],
}

export async function startWorker(
  rig: ApiRig,
  {
    prepare = async () => undefined,
    content = Buffer.from('a small video'),
    info: reported = videoInfo,
    known = null,
    publish,
  }: {
    prepare?: Act
    content?: Buffer
    info?: InfoResult
    known?: FileEntry | null
    publish?: () => Promise<FileEntry>
  } = {},
): Promise<void> {
  const redis = await rig.workerConnection()
  const acts = {
    async prepare(job: RunningJob, signal: AbortSignal) {
      signal.throwIfAborted()
      const stopped = new Promise<never>((_, reject) => {
        signal.addEventListener('abort', () => reject(signal.reason), { once: true })
      })
      await Promise.race([prepare(job, signal), stopped])
      return null
    },
    discard: async () => undefined,
  }
  const options = { concurrency: 2, timeoutMs: 0, log: silent }
  const info = await startConsumer(redis, 'info', { ...acts, publish: async () => reported }, options)
  rig.afterwards(() => info.close())
  const publishContent = async ({ id, envelope: { owner } }: RunningJob) =>
    known ?? publishFile(rig, { jobId: id, owner, content })
  const downloads = await startConsumer(redis, 'download', { ...acts, publish: publish ?? publishContent }, options)
  rig.afterwards(() => downloads.close())
}

/** Publishes a real file in the library and the index, as a worker does. */
export async function publishFile(
  rig: ApiRig,
  { content = Buffer.from('a small video'), ...change }: Partial<FileEntry> & { jobId: string; content?: Buffer },
): Promise<FileEntry> {
  const folder = await temporaryFolder()
  try {
    const title = change.title ?? 'Never Gonna Give You Up'
    const entry: FileEntry = {
      filename: fileNameFor({ title, jobId: change.jobId, extension: 'mp4' }),
      owner: 'anonymous',
      title,
      sourceUrl: 'https://www.youtube.com/watch?v=dQw4w9WgXcQ',
      mediaType: 'video/mp4',
      durationSeconds: 212,
      sizeBytes: content.length,
      sha256: createHash('sha256').update(content).digest('hex'),
      createdAt: Date.now(),
      expiresAt: Date.now() + 3_600_000,
      ...change,
    }
    const path = join(folder.path, 'media.mp4')
    await writeFile(path, content)
    const published = await rig.library.publish({ folder: folder.path, path, entry })
    await rig.files.add(published)
    return published
  } finally {
    await folder.remove()
  }
}

/** A download id that no other test has. */
export const downloadId = (digit: string): string => `download_${digit.repeat(32).slice(0, 32)}`
