/** Removes a job that has ended with all that it left: first its files, then its record (decision record 0054). */
import { filesOf } from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import type { FastifyBaseLogger } from 'fastify'
import type { RouteDependencies } from './dependencies.ts'
import { RequestError } from './errors.ts'
import { removeFile } from './remove-file.ts'

/** A worker comes to a cancelled job within moments, where there is one. */
const RETRY_AFTER_SECONDS = '2'

/**
 * Whose job it is was judged before. Throws 409 `job_not_finished` for a job that goes on, and for one that was cancelled and is
 * still being stopped. Every step may be repeated: what is left by a crash is found by the next request for the same job.
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
const BEING_STOPPED = 'The job was cancelled and is still being stopped. Repeat this as Retry-After says.'

/** Those that are still there and that this job made. A file of an earlier download, with which it was answered, is that one's. */
async function ownFilesOf({ files }: RouteDependencies, job: JobSnapshot) {
  if (job.kind !== 'download' || job.result === null) return []
  const made = filesOf(job.result).filter(({ jobId }) => jobId === job.id)
  const listed = await files.findAll(made.map(({ filename }) => filename))
  return [...listed.values()].filter(({ owner }) => owner === job.envelope.owner)
}
