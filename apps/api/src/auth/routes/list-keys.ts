/** GET /api/video-scraper/keys: all API keys, newest first. */

import { apiKeyView } from '@video-scraper/views'
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { invalidCursor } from '../../http/errors.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 200

export const listKeys: Route = async (app, { keyRing, paths, now }) => {
  const schema = {
    operationId: 'listKeys',
    summary: 'List API keys',
    description: 'All keys without their secrets, newest first, expired and revoked ones included.',
    tags: ['keys'],
    querystring: Type.Object({
      limit: Type.Optional(
        Type.Integer({ minimum: 1, maximum: LIMIT_MAX, default: LIMIT_DEFAULT, description: 'Keys per page.' }),
      ),
      cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next_cursor` of the page before.' })),
    }),
    response: {
      200: answer(ref('KeyList'), { description: 'A page of keys.', examples: { page: examples.keys } }),
      ...errors('invalid_request', 'service_unavailable'),
    },
  }
  app.get<{ Querystring: { limit: number; cursor?: string } }>(
    paths.api('/keys'),
    { schema, config: { requestCost: LIST_COST } },
    async (request) => {
      const { limit, cursor } = request.query
      const page = await keyRing.list(limit, cursor)
      if (page === null) throw invalidCursor()
      return { keys: page.keys.map((key) => apiKeyView(key, now())), next_cursor: page.next }
    },
  )
}
