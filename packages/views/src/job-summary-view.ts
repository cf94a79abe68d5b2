/** A job of either kind as a line of the list of jobs. */
import type { JobKind, JobSummary } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { failureView } from './failure-view.ts'
import { metadataOf } from './job-origin.ts'
import type { PublicPaths } from './public-paths.ts'
import { downloadStatus, infoStatus } from './status-words.ts'
import { timesOf } from './times.ts'

const words = { info: infoStatus, download: downloadStatus } as const satisfies Record<JobKind, object>

/** The same word as in the status of the job itself. */
export const statusWordOf = ({ kind, state }: Pick<JobSnapshot, 'kind' | 'state'>) => words[kind][state]

export const jobSummaryView = (job: JobSnapshot, paths: PublicPaths): JobSummary => ({
  id: job.id,
  kind: job.kind,
  status: statusWordOf(job),
  progress: job.state === 'completed' ? 1 : (job.progress?.fraction ?? 0),
  url: job.envelope.url,
  status_url: job.kind === 'info' ? paths.infoJob(job.id) : paths.download(job.id),
  ...failureOf(job),
  ...fileOf(job, paths),
  ...(job.envelope.retryOf === null ? {} : { retry_of: job.envelope.retryOf }),
  ...metadataOf(job),
  ...timesOf(job),
})

function failureOf({ state, kind, failure }: JobSnapshot) {
  if (state !== 'failed') return {}
  const { error, code } = failureView(kind, failure)
  return { error, code }
}

const fileOf = (job: JobSnapshot, paths: PublicPaths) =>
  job.kind === 'download' && job.result !== null
    ? { filename: job.result.filename, download_url: paths.file(job.result.filename) }
    : {}
