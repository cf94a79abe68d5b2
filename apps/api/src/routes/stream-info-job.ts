/** GET /api/video-scraper/job/{job_id}/events: an info job, told as it goes. */
import type { Route } from '../dependencies.ts'
import { jobNotFound } from '../errors.ts'
import { examples } from '../examples.ts'
import { ownJob } from '../own-job.ts'
import { IdParameter } from '../schema-reference.ts'
import { createJobStreams } from '../stream-job.ts'
import { STREAM_NOTE, StreamHeaders, streamAnswers } from '../stream-schema.ts'

export const streamInfoJob: Route = async (app, dependencies) => {
  const { jobs, paths } = dependencies
  const stream = createJobStreams(dependencies)
  const schema = {
    operationId: 'streamInfoJob',
    summary: 'Follow a job',
    description: STREAM_NOTE,
    tags: ['info'],
    params: IdParameter('job_id', 'The `job_id` of POST /info.'),
    headers: StreamHeaders,
    response: streamAnswers('InfoJob', examples.info.failed),
  }
  app.get<{ Params: { job_id: string } }>(
    paths.at('/api/video-scraper/job/:job_id/events'),
    { schema, exposeHeadRoute: false },
    async (request, reply) => {
      const job = await ownJob(jobs, request, request.params.job_id)
      if (job.kind !== 'info') throw jobNotFound()
      return stream(request, reply, job)
    },
  )
}
