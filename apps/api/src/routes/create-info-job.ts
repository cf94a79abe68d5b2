/** POST /api/video-scraper/info: accept the wish to know what a video is, and answer at once. */
import { CreateInfoBody } from '@video-scraper/contracts'
import { acceptJob } from '../accept-job.ts'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { acceptedAnswer, errors, ref } from '../schema-reference.ts'
import { strictBody } from '../strict-body.ts'

export const createInfoJob: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'createInfoJob',
    summary: 'Extract video information',
    description: 'Starts an info job. Ask `GET /job/{job_id}` until its status is not `processing` any more.',
    tags: ['info'],
    body: ref('CreateInfoBody'),
    response: {
      202: acceptedAnswer(ref('InfoAccepted'), examples.infoAccepted),
      ...errors(
        'invalid_request',
        'invalid_url',
        'payload_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'too_many_waiting_jobs',
        'service_unavailable',
        'queue_full',
      ),
    },
  }
  app.post<{ Body: CreateInfoBody }>(
    dependencies.paths.at('/api/video-scraper/info'),
    { schema, validatorCompiler: strictBody(CreateInfoBody), onRequest: app.limitRate },
    (request, reply) => {
      const { url, fresh = false, callback_url: callbackUrl = null } = request.body
      const wish = { kind: 'info', url, formatId: null, retryOf: null, fresh, callbackUrl } as const
      return acceptJob(dependencies, request, reply, wish)
    },
  )
}
