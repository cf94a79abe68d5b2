/** GET /api/video-scraper/events/{job_id}: the events of a job of any kind, for whoever has a link to them. */
import { nameOf, statusReplies } from '@video-scraper/contracts'
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { jobNotFound } from '../../http/errors.ts'
import { statusExamples } from '../../openapi/examples/kind-examples.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { checkEventToken } from '../event-link.ts'
import { createJobStreams } from '../stream-job.ts'
import { STREAM_NOTE, StreamHeaders, streamAnswers } from '../stream-schema.ts'

const everyStatus = Object.values(statusReplies).map(nameOf)

export const streamByLink: Route = async (app, dependencies) => {
  const { jobs, paths, secretKeys, now } = dependencies
  const stream = createJobStreams(dependencies)
  const schema = {
    operationId: 'streamByLink',
    summary: 'Follow a job by a link',
    description: `What \`POST /job/{job_id}/events/link\` leads to; it needs no key. ${STREAM_NOTE}`,
    tags: ['jobs'],
    params: IdParameter('job_id', 'A `job_id` or a `download_id`.'),
    querystring: Type.Object({ token: Type.String({ description: 'As it stands in the link.' }) }),
    headers: StreamHeaders,
    response: {
      ...streamAnswers(everyStatus.join(' or '), statusExamples('download').failed),
      ...errors('link_invalid', 'link_expired'),
    },
  }
  app.get<{ Params: { job_id: string }; Querystring: { token: string } }>(
    paths.api('/events/:job_id'),
    { schema, exposeHeadRoute: false },
    async (request, reply) => {
      const { job_id: id } = request.params
      // Before the job is looked for: without a good link nobody learns whether there is one.
      checkEventToken(secretKeys, id, request.query.token, now())
      const job = await jobs.find(id)
      if (job === null) throw jobNotFound()
      return stream(request, reply, job)
    },
  )
}
