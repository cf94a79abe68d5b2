/** GET /api/video-scraper/jobs: own jobs and downloads, newest first. */

import { jobSummaryView } from '@video-scraper/views'
import { type Static, Type } from 'typebox'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { invalidCursor } from '../../http/errors.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'
import { JobSearchQuery, jobSearch, metadataPair } from '../job-search.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 200

const Query = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT, description: 'Jobs per page.' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next_cursor` of the page before.' })),
  ...JobSearchQuery,
})
type Query = Static<typeof Query>

export const listJobs: Route = async (app, { jobs, paths }) => {
  const path = paths.api('/jobs')
  const schema = {
    operationId: 'listJobs',
    summary: 'List jobs',
    description:
      'Own jobs of both kinds, newest first. Stable while jobs are added. Conditions may stand together; all of them must hold.',
    tags: ['jobs'],
    querystring: Query,
    response: {
      200: answer(ref('JobList'), {
        description: 'A page of jobs.',
        examples: { page: examples.jobs },
        headers: { Link: { description: 'RFC 8288: `rel="next"`, when there is a next page.', type: 'string' } },
      }),
      ...errors('invalid_request', 'service_unavailable'),
    },
  }
  app.get<{ Querystring: Query }>(path, { schema, config: { requestCost: LIST_COST } }, async (request, reply) => {
    const { limit = LIMIT_DEFAULT, cursor, ...filters } = request.query
    const search = jobSearch({ ...filters, metadata: metadataPair(filters.metadata) })
    const page = await jobs.list(clientOf(request).owner, limit, cursor, search)
    if (page === null) throw invalidCursor()
    if (page.next !== null) {
      const next = new URLSearchParams({ ...filters, limit: String(limit), cursor: page.next })
      reply.header('link', `<${paths.absolute(`${path}?${next}`)}>; rel="next"`)
    }
    return { jobs: page.jobs.map((job) => jobSummaryView(job, paths)), next_cursor: page.next }
  })
}
