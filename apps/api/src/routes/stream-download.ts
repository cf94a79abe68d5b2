/** GET /api/video-scraper/status/{download_id}/events: a download, told as it goes. */
import type { Route } from '../dependencies.ts'
import { jobNotFound } from '../errors.ts'
import { examples } from '../examples.ts'
import { ownJob } from '../own-job.ts'
import { IdParameter } from '../schema-reference.ts'
import { createJobStreams } from '../stream-job.ts'
import { STREAM_NOTE, StreamHeaders, streamAnswers } from '../stream-schema.ts'

export const streamDownload: Route = async (app, dependencies) => {
  const { jobs, paths } = dependencies
  const stream = createJobStreams(dependencies)
  const schema = {
    operationId: 'streamDownload',
    summary: 'Follow a download',
    description: STREAM_NOTE,
    tags: ['downloads'],
    params: IdParameter('download_id', 'The `download_id` of POST /download.'),
    headers: StreamHeaders,
    response: streamAnswers('Download', examples.download.failed),
  }
  app.get<{ Params: { download_id: string } }>(
    paths.at('/api/video-scraper/status/:download_id/events'),
    { schema, exposeHeadRoute: false },
    async (request, reply) => {
      const job = await ownJob(jobs, request, request.params.download_id)
      if (job.kind !== 'download') throw jobNotFound()
      return stream(request, reply, job)
    },
  )
}
