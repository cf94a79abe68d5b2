/** GET /api/video-scraper/status/{download_id}: how a download is doing, and where its file is. */

import { downloadView } from '@video-scraper/views'
import type { Route } from '../dependencies.ts'
import { jobNotFound } from '../errors.ts'
import { examples } from '../examples.ts'
import { isOver } from '../own-file.ts'
import { ownJob } from '../own-job.ts'
import { answer, errors, IdParameter, ref } from '../schema-reference.ts'

export const getDownload: Route = async (app, { jobs, files, paths, now }) => {
  const schema = {
    operationId: 'getDownload',
    summary: 'Check download status',
    description: 'A failed download is still a 200: the failure is in `error`, `code` and `retryable`.',
    tags: ['downloads'],
    params: IdParameter('download_id', 'The `download_id` of POST /download.'),
    response: {
      200: answer(ref('DownloadStatusReply'), { description: 'The download.', examples: examples.download }),
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { download_id: string } }>(
    paths.at('/api/video-scraper/status/:download_id'),
    { schema },
    async (request) => {
      const job = await ownJob(jobs, request, request.params.download_id)
      if (job.kind !== 'download') throw jobNotFound()
      const listed = job.result === null ? null : await files.find(job.result.filename)
      return downloadView(job, { paths, now: now(), removed: listed === null || isOver(listed, now()) })
    },
  )
}
