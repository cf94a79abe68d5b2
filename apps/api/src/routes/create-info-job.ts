/** POST /api/video-scraper/info: accept the wish to know what a video is, and answer at once. */
import { BatchInfoRequest, SingleInfoRequest } from '@video-scraper/contracts'
import { createJobs, limitFirstTimes } from '../create-jobs.ts'
import {
  BATCH_NOTE,
  CREATE_BYTES_MAX,
  CREATE_ENDED_HEADERS,
  CREATE_REPLY_HEADERS,
  CreateHeaders,
  oneOrSeveral,
  REFUSED_URL,
} from '../create-schema.ts'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { acceptedAnswer, answer, errors, ref, requestBody } from '../schema-reference.ts'

export const createInfoJob: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'createInfoJob',
    summary: 'Extract video information',
    description: `Starts an info job. Ask \`GET /job/{job_id}\` until its status is not \`processing\` any more, or let \`Prefer: wait\` hold the answer until then. ${BATCH_NOTE}`,
    tags: ['info'],
    headers: CreateHeaders,
    ...requestBody('InfoRequest', examples.requests),
    response: {
      200: answer(ref('InfoJob'), {
        description: 'With `Prefer: wait`: the job has ended, well or badly.',
        examples: { completed: examples.info.completed, failed: examples.info.failed },
        headers: CREATE_ENDED_HEADERS,
      }),
      202: acceptedAnswer(ref('InfoAcceptance'), examples.infoAccepted, {
        examples: { batch: { jobs: [examples.infoAccepted, REFUSED_URL] } },
        headers: CREATE_REPLY_HEADERS,
      }),
      ...errors(
        'invalid_request',
        'invalid_url',
        'request_in_progress',
        'payload_too_large',
        'unsupported_media_type',
        'idempotency_key_reused',
        'too_many_requests',
        'too_many_waiting_jobs',
        'service_unavailable',
        'queue_full',
      ),
    },
  }
  app.post(
    dependencies.paths.at('/api/video-scraper/info'),
    {
      schema,
      bodyLimit: CREATE_BYTES_MAX,
      validatorCompiler: oneOrSeveral(SingleInfoRequest, BatchInfoRequest),
      onRequest: limitFirstTimes(app, dependencies),
    },
    (request, reply) => createJobs(dependencies, request, reply, 'info'),
  )
}
