/** GET /api/video-scraper/keys/{key_id}: one API key. */

import { apiKeyView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'

export const getKey: Route = async (app, { keyRing, paths, now }) => {
  const schema = {
    operationId: 'getKey',
    summary: 'Show API key',
    description: 'What the key may do, until when, and when it was last used. Its secret is stored nowhere.',
    tags: ['keys'],
    params: IdParameter('key_id', 'The `id` of a key.'),
    response: {
      200: answer(ref('ApiKey'), { description: 'The key.', examples: { key: examples.apiKey } }),
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { key_id: string } }>(paths.api('/keys/:key_id'), { schema }, async (request) =>
    apiKeyView(await keyRing.find(request.params.key_id), now()),
  )
}
