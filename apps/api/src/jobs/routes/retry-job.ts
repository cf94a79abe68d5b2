/** POST /api/video-scraper/job/{job_id}/retry: the same job request again, as a new job. */

import type { Route } from '../../dependencies.ts'
import { RequestError } from '../../http/errors.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { acceptedAnswer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { acceptJob } from '../accept-job.ts'
import { requireOwnedJob } from '../require-owned-job.ts'
import { resealDestination } from '../sealed-destination.ts'

export const retryJob: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const { jobs, paths } = dependencies
  const schema = {
    operationId: 'retryJob',
    summary: 'Retry job',
    description:
      'Makes a new job with the request of one that failed or was cancelled. The old one stays as it is; the new one names it in `retry_of`. The answer is that of POST /info or POST /download.',
    tags: ['jobs'],
    params: IdParameter('job_id', 'A `job_id` or a `download_id`.'),
    response: {
      202: acceptedAnswer(ref('RetryAcceptance'), {
        ...examples.downloadAccepted,
        retry_of: 'download_f9e8d7c6b5a493827160f5e4d3c2b1a0',
      }),
      ...errors(
        'invalid_request',
        'unknown_cookies',
        'cookies_of_other_site',
        'unknown_country',
        'not_found',
        'job_already_finished',
        'job_not_finished',
        'payload_too_large',
        'too_many_requests',
        'too_many_downloads',
        'too_many_waiting_jobs',
        'service_unavailable',
        'queue_full',
      ),
    },
  }
  app.post<{ Params: { job_id: string } }>(
    paths.api('/job/:job_id/retry'),
    { schema, onRequest: app.limitRate },
    async (request, reply) => {
      const { id, kind, state, envelope } = await requireOwnedJob(jobs, request, request.params.job_id)
      if (state === 'completed') throw new RequestError('job_already_finished', { message: 'The job has completed.' })
      if (state === 'queued' || state === 'running') throw new RequestError('job_not_finished')
      const { url, options, fresh = false, callback, metadata = null } = envelope
      const callbackUrl = callback?.url ?? null
      return acceptJob(dependencies, request, reply, {
        kind,
        url,
        options,
        retryOf: id,
        fresh,
        callbackUrl,
        metadata,
        destination: resealDestination(envelope, dependencies.secretKeys),
      })
    },
  )
}
