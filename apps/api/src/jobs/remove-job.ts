/** Removes a job that has ended with all that it left: first its files, then its record (decision record 0053). */
import { isFinal } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import { filesOfJob } from '@video-scraper/views'
import type { FastifyBaseLogger } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'
import { removeFile } from '../files/remove-file.ts'
import { RequestError } from '../http/errors.ts'

/** A worker comes to a job that was ended early within moments, where there is one. */
const RETRY_AFTER_SECONDS = '2'

/**
 * Whose job it is was checked before. Throws 409 `job_not_finished` for a job that goes on, and for one that was cancelled, or whose
 * time was over, and that is still being stopped. Every step may be repeated: what is left by a crash is found by the next request for the same job.
 */
export async function removeJob(
  dependencies: RouteDependencies,
  job: JobSnapshot,
  log: FastifyBaseLogger,
): Promise<void> {
  const { id, kind, envelope } = job
  if (!isFinal(job.state)) throw new RequestError('job_not_finished', { message: NOT_ENDED })
  for (const file of await ownFilesOf(dependencies, job)) await removeFile(dependencies, file, log)
  const answer = await dependencies.jobs.remove(job)
  if (answer === 'unended')
    throw new RequestError('job_not_finished', {
      message: BEING_STOPPED,
      headers: { 'retry-after': RETRY_AFTER_SECONDS },
    })
  log.info({ jobId: id, kind, owner: envelope.owner }, 'job removed')
}

const NOT_ENDED = 'The job has not ended yet. Cancel it first, or wait until it has ended.'
const BEING_STOPPED = 'The job has been ended and is still being stopped. Repeat this as Retry-After says.'

/**
 * Those that are still there and that this job made. A file of an earlier download, with which it was answered, is that one's.
 * The job is read once more, since a job out of a list does not have all its files.
 */
async function ownFilesOf({ files, jobs }: RouteDependencies, { id, envelope }: JobSnapshot) {
  const job = await jobs.find(id)
  const made = job === null ? [] : filesOfJob(job).filter(({ jobId }) => jobId === id)
  if (made.length === 0) return []
  const listed = await files.findAll(made.map(({ filename }) => filename))
  return [...listed.values()].filter(({ owner }) => owner === envelope.owner)
}
