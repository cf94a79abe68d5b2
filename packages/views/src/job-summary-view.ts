/** A job of any kind as a line of the list of jobs. */
import { type JobSummary, kinds, statusForms } from '@video-scraper/contracts'
import type { JobSnapshot } from '@video-scraper/queue'
import { failureView } from './failure-view.ts'
import { filesOfJob } from './files-of-job.ts'
import { metadataOf, parentOf } from './job-origin.ts'
import type { PublicPaths } from './public-paths.ts'
import { timesOf } from './times.ts'

/** The same word as in the status of the job itself. */
export const statusWordOf = ({ kind, state }: Pick<JobSnapshot, 'kind' | 'state'>) =>
  statusForms[kinds[kind].form].words[state]

export const jobSummaryView = (job: JobSnapshot, paths: PublicPaths): JobSummary => ({
  id: job.id,
  kind: job.kind,
  status: statusWordOf(job),
  progress: job.state === 'completed' ? 1 : (job.progress?.fraction ?? 0),
  url: job.envelope.url,
  status_url: paths.status(job.kind, job.id),
  ...failureOf(job),
  ...fileOf(job, paths),
  ...(job.envelope.retryOf === null ? {} : { retry_of: job.envelope.retryOf }),
  ...parentOf(job),
  ...metadataOf(job),
  ...timesOf(job),
})

function failureOf(job: JobSnapshot) {
  if (job.state !== 'failed') return {}
  const { error, code } = failureView(job)
  return { error, code }
}

function fileOf(job: JobSnapshot, paths: PublicPaths) {
  const [file] = filesOfJob(job)
  return file === undefined ? {} : { filename: file.filename, download_url: paths.file(file.filename) }
}
