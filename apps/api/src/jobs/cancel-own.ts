/** Cancels a job of whoever asks, and says in the log what came of it. */
import type { JobSnapshot, VerdictAnswer } from '@video-scraper/queue'
import type { FastifyBaseLogger } from 'fastify'
import type { RouteDependencies } from '../dependencies.ts'
import { jobNotFound, RequestError } from '../http/errors.ts'

/** What each verdict means for whoever asked to cancel; null: it is cancelled. */
const refusals = {
  cancelled: null,
  // Its time was over first.
  expired: () => new RequestError('job_already_finished'),
  committed: () => new RequestError('job_being_published'),
  finished: () => new RequestError('job_already_finished'),
  missing: jobNotFound,
} as const satisfies Record<VerdictAnswer, (() => RequestError) | null>

/** Whose job it is was checked before. Resolves when it will not complete any more; twice is fine. */
export async function cancelOwn(
  { jobs }: Pick<RouteDependencies, 'jobs'>,
  job: JobSnapshot,
  log: FastifyBaseLogger,
): Promise<void> {
  const verdict = await jobs.cancel(job)
  const { id, kind, envelope } = job
  log[verdict === 'cancelled' ? 'info' : 'debug'](
    { jobId: id, kind, owner: envelope.owner, verdict },
    'cancel requested',
  )
  const refusal = refusals[verdict]
  if (refusal !== null) throw refusal()
}
