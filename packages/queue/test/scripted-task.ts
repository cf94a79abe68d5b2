/** Tasks that do as they are notified and remember what was asked of them. */
import type { FileEntry, JobProgress, VideoInfo } from '@video-scraper/contracts'
import type { RunningJob, Task } from '@video-scraper/queue'

export const videoInfo = (title = 'A video'): VideoInfo => ({
  title,
  uploader: null,
  duration: 1,
  thumbnail: null,
  webpage_url: null,
  formats: [],
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
})

const fileEntry = (jobId: string): FileEntry => ({
  filename: `${jobId}.mp4`,
  jobId,
  owner: 'anonymous',
  title: null,
  sourceUrl: 'http://example.com/video',
  mediaType: 'video/mp4',
  durationSeconds: null,
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  createdAt: 1,
  expiresAt: null,
})

export const progress = (fraction: number): JobProgress => ({
  fraction,
  phase: 'downloading',
  downloadedBytes: null,
  totalBytes: null,
  bytesPerSecond: null,
  etaSeconds: null,
  heartbeatAt: 1,
})

/** Something that happens once, when it is asked to. */
export function gate(): { open(): void; opened: Promise<void> } {
  let open: () => void = () => undefined
  const opened = new Promise<void>((resolve) => {
    open = resolve
  })
  return { open, opened }
}

/** Resolves when `work` does, or rejects with the signal's reason, as a task that stops its processes would. */
export function unlessStopped<T>(signal: AbortSignal, work: Promise<T>): Promise<T> {
  signal.throwIfAborted()
  const stopped = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })
  return Promise.race([work, stopped])
}

type Prepare = (job: RunningJob, signal: AbortSignal) => Promise<unknown>
type Publish = (job: RunningJob) => Promise<unknown>

interface Script {
  prepare?: Prepare
  publish?: Publish
}

export interface ScriptedTask {
  info: Task<'info', null>
  download: Task<'download', null>
  /** Ids in the order of their calls. */
  readonly prepared: string[]
  readonly published: string[]
  readonly discarded: string[]
  /** How many copies of one job were ever at work at the same time. */
  readonly mostAtOnce: number
}

export function scriptedTask({ prepare, publish }: Script = {}): ScriptedTask {
  const prepared: string[] = []
  const published: string[] = []
  const discarded: string[] = []
  const atWork = new Map<string, number>()
  let mostAtOnce = 0
  const change = (id: string, by: number) => {
    const now = (atWork.get(id) ?? 0) + by
    atWork.set(id, now)
    mostAtOnce = Math.max(mostAtOnce, now)
  }
  const acts = {
    async prepare(job: RunningJob, signal: AbortSignal) {
      prepared.push(job.id)
      change(job.id, 1)
      try {
        await prepare?.(job, signal)
        return null
      } finally {
        change(job.id, -1)
      }
    },
    async discard(id: string) {
      discarded.push(id)
    },
  }
  const publishing = async (job: RunningJob) => {
    published.push(job.id)
    await publish?.(job)
  }
  return {
    info: { ...acts, publish: async (job) => publishing(job).then(() => videoInfo()) },
    download: { ...acts, publish: async (job) => publishing(job).then(() => fileEntry(job.id)) },
    prepared,
    published,
    discarded,
    get mostAtOnce() {
      return mostAtOnce
    },
  }
}
