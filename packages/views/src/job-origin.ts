/** What every view of a job says about where it came from and how it is going. */
import type { JobSnapshot } from '@video-scraper/queue'
import { timesOf } from './times.ts'

export const jobOrigin = (job: JobSnapshot) => ({
  url: job.envelope.url,
  attempts: job.attemptsEnded + (job.state === 'running' ? 1 : 0),
  ...(job.envelope.retryOf === null ? {} : { retry_of: job.envelope.retryOf }),
  ...timesOf(job),
})

/** What is going on: the worker's phase while it runs, `queued` whenever nobody has the job. */
export const phaseOf = ({ state, progress }: JobSnapshot) =>
  state === 'running' ? (progress?.phase ?? 'extracting') : 'queued'
