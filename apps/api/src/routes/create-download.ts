/** POST /api/video-scraper/download: accept the wish for a file, and answer at once. */
import { BatchDownloadRequest, SingleDownloadRequest } from '@video-scraper/contracts'
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

export const createDownload: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'createDownload',
    summary: 'Download a video',
    description: `Starts a download. Ask \`GET /status/{download_id}\` until its status is not \`in_progress\` any more, or let \`Prefer: wait\` hold the answer until then; then fetch \`download_url\`. ${BATCH_NOTE}`,
    tags: ['downloads'],
    headers: CreateHeaders,
    ...requestBody('DownloadRequest', examples.downloadRequests),
    response: {
      200: answer(ref('Download'), {
        description: 'With `Prefer: wait`: the download has ended, well or badly.',
        examples: { completed: examples.download.completed, failed: examples.download.failed },
        headers: CREATE_ENDED_HEADERS,
      }),
      202: acceptedAnswer(ref('DownloadAcceptance'), examples.downloadAccepted, {
        examples: { batch: { jobs: [examples.downloadAccepted, REFUSED_URL] } },
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
        'too_many_downloads',
        'too_many_waiting_jobs',
        'service_unavailable',
        'queue_full',
      ),
    },
  }
  app.post(
    dependencies.paths.at('/api/video-scraper/download'),
    {
      schema,
      bodyLimit: CREATE_BYTES_MAX,
      validatorCompiler: oneOrSeveral(SingleDownloadRequest, BatchDownloadRequest),
      onRequest: limitFirstTimes(app, dependencies),
    },
    (request, reply) => createJobs(dependencies, request, reply, 'download'),
  )
}
