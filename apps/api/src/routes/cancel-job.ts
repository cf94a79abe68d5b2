/** POST /api/video-scraper/job/{job_id}/cancel: stop a job of either kind. */
import type { CancelReply } from '@video-scraper/contracts'
import type { VerdictAnswer } from '@video-scraper/queue'
import type { Route } from '../dependencies.ts'
import { jobNotFound, RequestError } from '../errors.ts'
import { examples } from '../examples.ts'
import { ignoreBodies } from '../ignore-bodies.ts'
import { ownJob } from '../own-job.ts'
import { answer, errors, IdParameter, ref } from '../schema-reference.ts'

/** What each verdict means for whoever asked to cancel. */
const outcomes = {
  cancelled: (id) => ({ job_id: id, status: 'cancelled', message: 'Job cancelled successfully' }),
  committed: () => {
    throw new RequestError('job_being_published')
  },
  finished: () => {
    throw new RequestError('job_already_finished')
  },
  missing: () => {
    throw jobNotFound()
  },
} as const satisfies Record<VerdictAnswer, (id: string) => CancelReply>

export const cancelJob: Route = async (app, { jobs, paths }) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'cancelJob',
    summary: 'Cancel job',
    description:
      'Takes a `job_id` or a `download_id`. The answer does not wait until every process is gone; that takes a few seconds. Cancelling twice is fine.',
    tags: ['jobs'],
    params: IdParameter('job_id', 'A `job_id` or a `download_id`.'),
    response: {
      200: answer(ref('CancelReply'), {
        description: 'It will not complete any more.',
        examples: { cancelled: examples.cancelled },
      }),
      ...errors(
        'invalid_request',
        'not_found',
        'job_already_finished',
        'job_being_published',
        'payload_too_large',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Params: { job_id: string } }>(
    paths.at('/api/video-scraper/job/:job_id/cancel'),
    { schema },
    async (request) => {
      const job = await ownJob(jobs, request, request.params.job_id)
      const verdict = await jobs.cancel(job)
      const changed = verdict === 'cancelled'
      request.log[changed ? 'info' : 'debug'](
        { jobId: job.id, kind: job.kind, owner: job.envelope.owner, verdict },
        'cancel requested',
      )
      return outcomes[verdict](job.id)
    },
  )
}
