/** An info job as `GET /job/{job_id}` shows it. */
import type { InfoStatusReply, JobState } from '@video-scraper/contracts'
import type { InfoSnapshot } from '@video-scraper/queue'
import { failureView } from './failure-view.ts'
import { jobOrigin, phaseOf } from './job-origin.ts'
import { infoMessages, infoStatus } from './status-words.ts'

type Part = Partial<InfoStatusReply>

const underWay = (job: InfoSnapshot): Part => ({
  progress: job.progress?.fraction ?? 0,
  message: infoMessages[phaseOf(job)],
})

const parts = {
  queued: underWay,
  running: underWay,
  completed: ({ result }) => (result ? { video_info: result } : {}),
  failed: ({ failure }) => failureView('info', failure),
  cancelled: () => ({ message: 'Job cancelled' }),
} as const satisfies Record<JobState, (job: InfoSnapshot) => Part>

export const infoView = (job: InfoSnapshot): InfoStatusReply => ({
  job_id: job.id,
  status: infoStatus[job.state],
  ...parts[job.state](job),
  ...jobOrigin(job),
})
