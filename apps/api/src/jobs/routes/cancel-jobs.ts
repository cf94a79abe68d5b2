/** POST /api/video-scraper/jobs/cancel: stop every own job that a selection names. */
import { type CancelledJobs, JobSelection } from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import type { Route } from '../../dependencies.ts'
import { strictBody } from '../../http/strict-body.ts'
import { SELECTION_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, ref, requestBody } from '../../openapi/schema-reference.ts'
import { cancelOwn } from '../cancel-own.ts'
import { doToSelected } from '../selected-jobs.ts'

export const cancelJobs: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'cancelJobs',
    summary: 'Cancel several jobs',
    description:
      'Cancels the own jobs that have not ended and for which all conditions hold, as `POST /job/{job_id}/cancel` does each. Repeat it with `next_cursor` until that is null.',
    tags: ['jobs'],
    ...requestBody('JobSelection', examples.jobSelections.cancel),
    response: {
      200: answer(ref('CancelledJobs'), {
        description: 'What became of each job that was selected.',
        examples: { cancelled: examples.cancelledJobs },
      }),
      ...errors('invalid_request', 'payload_too_large', 'unsupported_media_type', 'service_unavailable'),
    },
  }
  app.post(
    dependencies.paths.api('/jobs/cancel'),
    { schema, validatorCompiler: strictBody(JobSelection), config: { requestCost: SELECTION_COST } },
    async (request): Promise<CancelledJobs> => {
      const { done, refused, next } = await doToSelected(dependencies, request, {
        suits: ({ state }) => !isFinal(state),
        act: (job) => cancelOwn(dependencies, job, request.log),
      })
      return { cancelled: done, refused, next_cursor: next }
    },
  )
}
