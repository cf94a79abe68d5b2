/** POST /api/video-scraper/jobs/delete: remove every own job that a selection names, with all that it left. */
import { type DeletedJobs, JobSelection } from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { removeJob } from '../remove-job.ts'
import { SELECTION_COST } from '../request-cost.ts'
import { answer, errors, ref, requestBody } from '../schema-reference.ts'
import { doToSelected } from '../selected-jobs.ts'
import { strictBody } from '../strict-body.ts'

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
    dependencies.paths.at('/api/video-scraper/jobs/delete'),
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
