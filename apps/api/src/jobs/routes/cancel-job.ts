/** POST /api/video-scraper/job/{job_id}/cancel: stop a job of either kind. */
import type { CancelReply } from '@video-scraper/contracts'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { cancelOwn } from '../cancel-own.ts'
import { requireOwnedJob } from '../require-owned-job.ts'

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
    paths.api('/job/:job_id/cancel'),
    { schema },
    async (request): Promise<CancelReply> => {
      const job = await requireOwnedJob(jobs, request, request.params.job_id)
      await cancelOwn({ jobs }, job, request.log)
      return { job_id: job.id, status: 'cancelled', message: 'Job cancelled successfully' }
    },
  )
}
