/** DELETE /api/video-scraper/job/{job_id}: removes a job of either kind with all that it left. */
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { removeJob } from '../remove-job.ts'
import { requireOwnedJob } from '../require-owned-job.ts'

export const deleteJob: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const { jobs, paths } = dependencies
  const schema = {
    operationId: 'deleteJob',
    summary: 'Remove job',
    description:
      'Takes a `job_id` or a `download_id`. Removes a job that has ended for good: its status, its line in the list, its files with their links. A file of an earlier download with which it was answered (`cached`) stays, and a later download that was answered with its file says `expired: true` from now on. A webhook that has not been sent yet may be left out. A job that has not ended is 409: cancel it first. A second time is 404.',
    tags: ['jobs'],
    params: IdParameter('job_id', 'A `job_id` or a `download_id`.'),
    response: {
      204: { description: 'The job is gone.', type: 'null' },
      ...errors('invalid_request', 'not_found', 'job_not_finished', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.delete<{ Params: { job_id: string } }>(paths.api('/job/:job_id'), { schema }, async (request, reply) => {
    await removeJob(dependencies, await requireOwnedJob(jobs, request, request.params.job_id), request.log)
    return reply.code(204).send()
  })
}
