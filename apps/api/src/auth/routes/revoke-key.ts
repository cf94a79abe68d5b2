/** DELETE /api/video-scraper/keys/{key_id}: the key is refused from now on, for ever. */

import { apiKeyView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'

export const revokeKey: Route = async (app, { keyRing, paths, now }) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'revokeKey',
    summary: 'Revoke API key',
    description:
      'For ever; revoking twice is fine. This gateway refuses the key at once, others within a second. Its jobs go on, and its files stay until their time is over.',
    tags: ['keys'],
    params: IdParameter('key_id', 'The `id` of a key.'),
    response: {
      200: answer(ref('ApiKey'), { description: 'The key, revoked.', examples: { revoked: examples.revokedKey } }),
      ...errors('invalid_request', 'not_found', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.delete<{ Params: { key_id: string } }>(paths.api('/keys/:key_id'), { schema }, async (request) => {
    const { key_id: id } = request.params
    const revoked = await keyRing.revoke(id)
    request.log.info({ keyId: id, by: request.apiKey?.id }, 'API key revoked')
    return apiKeyView(revoked, now())
  })
}
