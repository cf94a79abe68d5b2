/** Jobs that go on when a test says so: for those who watch them step by step. */
import type { JobProgress } from '@video-scraper/contracts'
import type { RunningJob } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import type { ApiRig, Gateway } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const routes = {
  info: { path: '/api/video-scraper/info', field: 'job_id', base: '/api/video-scraper/job' },
  download: { path: '/api/video-scraper/download', field: 'download_id', base: '/api/video-scraper/status' },
} as const
type Kind = keyof typeof routes
export const jobKinds = Object.keys(routes) as Kind[]

/** Asks for a job; `status` and `events` are the paths of what is asked next. */
export async function createJob(gateway: Gateway, kind: Kind): Promise<{ id: string; status: string; events: string }> {
  const { path, field, base } = routes[kind]
  const id = (await gateway.post(path, { url: 'https://example.com/video' })).json()[field]
  return { id, status: `${base}/${id}`, events: `${base}/${id}/events` }
}

/** `fraction` of a thousand bytes. */
export const progress = (fraction: number): JobProgress => ({
  fraction,
  phase: 'downloading',
  downloadedBytes: fraction * 1000,
  totalBytes: 1000,
  bytesPerSecond: null,
  etaSeconds: null,
  heartbeatAt: Date.now(),
})

/** A worker whose jobs go on when they are asked to; for one job at a time. */
export async function startGuidedWorker(
  rig: ApiRig,
): Promise<{ job: () => Promise<RunningJob>; finish: (error?: Error) => void }> {
  let running: RunningJob | null = null
  let finish: (error?: Error) => void = () => undefined
  await startWorker(rig, {
    prepare: (job) =>
      new Promise((resolve, reject) => {
        running = job
        finish = (error) => (error === undefined ? resolve(undefined) : reject(error))
      }),
  })
  return {
    job: () => eventually(() => running ?? false),
    finish: (error) => finish(error),
  }
}
