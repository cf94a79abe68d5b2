/** GET /api/video-scraper/status/{download_id}: how a download is doing, and where its file is. */

import { jobView } from '@video-scraper/views'
import { OTHER_KIND, PREFERENCE_APPLIED, WaitHeaders } from '../create-schema.ts'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { removedOf } from '../own-file.ts'
import { ownJob } from '../own-job.ts'
import { answer, errors, IdParameter, ref } from '../schema-reference.ts'
import { waitForEnd } from '../wait-for-end.ts'

export const getDownload: Route = async (app, { jobs, files, paths, now }) => {
  const schema = {
    operationId: 'getDownload',
    summary: 'Check download status',
    description: 'A failed download is still a 200: the failure is in `error`, `code` and `retryable`.',
    tags: ['downloads'],
    params: IdParameter('download_id', 'The `download_id` of POST /download.'),
    headers: WaitHeaders,
    response: {
      200: answer(ref('Download'), {
        description: 'The download.',
        examples: examples.download,
        headers: PREFERENCE_APPLIED,
      }),
      308: OTHER_KIND,
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { download_id: string } }>(
    paths.at('/api/video-scraper/status/:download_id'),
    { schema },
    async (request, reply) => {
      const job = await ownJob(jobs, request, request.params.download_id)
      if (job.kind !== 'download') return reply.redirect(paths.absolute(paths.infoJob(job.id)), 308)
      const waited = (await waitForEnd(jobs, request, reply, job)) ?? job
      return jobView(waited, { paths, now: now(), removed: await removedOf(files, waited, now()) })
    },
  )
}
