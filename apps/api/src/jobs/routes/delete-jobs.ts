/** POST /api/video-scraper/jobs/delete: remove every own job that a selection names, with all that it left. */
import { type DeletedJobs, JobSelection } from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import type { Route } from '../../dependencies.ts'
import { strictBody } from '../../http/strict-body.ts'
import { SELECTION_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, ref, requestBody } from '../../openapi/schema-reference.ts'
import { removeJob } from '../remove-job.ts'
import { doToSelected } from '../selected-jobs.ts'

export const deleteJobs: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'deleteJobs',
    summary: 'Remove several jobs',
    description:
      'Removes the own jobs that have ended and for which all conditions hold, as `DELETE /job/{job_id}` does each. Repeat it with `next_cursor` until that is null.',
    tags: ['jobs'],
    ...requestBody('JobSelection', examples.jobSelections.delete),
    response: {
      200: answer(ref('DeletedJobs'), {
        description: 'What became of each job that was selected.',
        examples: { deleted: examples.deletedJobs },
      }),
      ...errors('invalid_request', 'payload_too_large', 'unsupported_media_type', 'service_unavailable'),
    },
  }
  app.post(
    dependencies.paths.api('/jobs/delete'),
    { schema, validatorCompiler: strictBody(JobSelection), config: { requestCost: SELECTION_COST } },
    async (request): Promise<DeletedJobs> => {
      const { done, refused, next } = await doToSelected(dependencies, request, {
        suits: ({ state }) => isFinal(state),
        act: (job) => removeJob(dependencies, job, request.log),
      })
      return { deleted: done, refused, next_cursor: next }
    },
  )
}
