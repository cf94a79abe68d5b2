/** GET /api/video-scraper/job/{job_id}: how an info job is doing, and what it found. */

import { jobView } from '@video-scraper/views'
import { OTHER_KIND, PREFERENCE_APPLIED, WaitHeaders } from '../create-schema.ts'
import type { Route } from '../dependencies.ts'
import { examples } from '../examples.ts'
import { ownJob } from '../own-job.ts'
import { answer, errors, IdParameter, ref } from '../schema-reference.ts'
import { waitForEnd } from '../wait-for-end.ts'

export const getInfoJob: Route = async (app, { jobs, paths, now }) => {
  const schema = {
    operationId: 'getInfoJob',
    summary: 'Check job status',
    description: 'A failed job is still a 200: the failure is in `error`, `code` and `retryable`.',
    tags: ['info'],
    params: IdParameter('job_id', 'The `job_id` of POST /info.'),
    headers: WaitHeaders,
    response: {
      200: answer(ref('InfoJob'), {
        description: 'The job.',
        examples: examples.info,
        headers: PREFERENCE_APPLIED,
      }),
      308: OTHER_KIND,
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { job_id: string } }>(
    paths.at('/api/video-scraper/job/:job_id'),
    { schema },
    async (request, reply) => {
      const job = await ownJob(jobs, request, request.params.job_id)
      if (job.kind !== 'info') return reply.redirect(paths.absolute(paths.download(job.id)), 308)
      const waited = await waitForEnd(jobs, request, reply, job)
      return jobView(waited ?? job, { paths, now: now() })
    },
  )
}
