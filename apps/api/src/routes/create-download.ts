/** POST /api/video-scraper/download: accept the wish for a file, and answer at once. */
import { CreateDownloadBody } from '@video-scraper/contracts'
import { acceptJob } from '../accept-job.ts'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { acceptedAnswer, errors, ref } from '../schema-reference.ts'
import { strictBody } from '../strict-body.ts'

export const createDownload: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'createDownload',
    summary: 'Download a video',
    description:
      'Starts a download. Ask `GET /status/{download_id}` until its status is not `in_progress` any more, then fetch `download_url`.',
    tags: ['downloads'],
    body: ref('CreateDownloadBody'),
    response: {
      202: acceptedAnswer(ref('DownloadAccepted'), examples.downloadAccepted),
      ...errors(
        'invalid_request',
        'invalid_url',
        'payload_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'too_many_downloads',
        'too_many_waiting_jobs',
        'service_unavailable',
        'queue_full',
      ),
    },
  }
  app.post<{ Body: CreateDownloadBody }>(
    dependencies.paths.at('/api/video-scraper/download'),
    { schema, validatorCompiler: strictBody(CreateDownloadBody), onRequest: app.limitRate },
    (request, reply) => {
      const { url, format_id: formatId = null, fresh = false, callback_url: callbackUrl = null } = request.body
      const wish = { kind: 'download', url, formatId, retryOf: null, fresh, callbackUrl } as const
      return acceptJob(dependencies, request, reply, wish)
    },
  )
}
