/** GET /api/video-scraper/job/{job_id}/entries: what a playlist has made of each entry of its list. */
import { kinds } from '@video-scraper/contracts'
import { playlistEntriesView } from '@video-scraper/views'
import { type Static, Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { invalidCursor, jobNotFound } from '../../http/errors.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { requireOwnedJob } from '../require-owned-job.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 200
/** The number of the first entry of a page. */
const CURSOR = /^\d{1,4}$/

const Query = Type.Object({
  limit: Type.Optional(
    Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT, description: 'Entries per page.' }),
  ),
  cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next_cursor` of the page before.' })),
})

export const listEntries: Route = async (app, { jobs, paths }) => {
  const schema = {
    operationId: 'listEntries',
    summary: 'List the entries of a playlist',
    description:
      'In the order in which they were chosen, each with its job as it is now. There are none until the list has been read. The status of the playlist counts them.',
    tags: [kinds.playlist.operation.tag],
    params: IdParameter('job_id', 'The `job_id` of POST /playlist.'),
    querystring: Query,
    response: {
      200: answer(ref('PlaylistEntries'), {
        description: 'A page of entries.',
        examples: { page: examples.playlistEntries },
        headers: { Link: { description: 'RFC 8288: `rel="next"`, when there is a next page.', type: 'string' } },
      }),
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { job_id: string }; Querystring: Static<typeof Query> }>(
    paths.api('/job/:job_id/entries'),
    { schema, config: { requestCost: LIST_COST } },
    async (request, reply) => {
      const job = await requireOwnedJob(jobs, request, request.params.job_id)
      if (job.kind !== 'playlist') throw jobNotFound()
      const { limit = LIMIT_DEFAULT, cursor = '0' } = request.query
      if (!CURSOR.test(cursor)) throw invalidCursor()
      const page = playlistEntriesView(await jobs.entries(job, { from: Number(cursor), limit }), paths)
      if (page.next_cursor !== null) {
        const next = new URLSearchParams({ limit: String(limit), cursor: page.next_cursor })
        reply.header('link', `<${paths.absolute(`${paths.entries(job.id)}?${next}`)}>; rel="next"`)
      }
      return page
    },
  )
}
