/** POST /api/video-scraper/keys/{key_id}/rotate: a new secret for the same key. */

import { issuedKeyView } from '@video-scraper/views'
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { GRACE_SECONDS_DEFAULT, GRACE_SECONDS_MAX } from '../key-ring.ts'

export const rotateKey: Route = async (app, { keyRing, paths, now }) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'rotateKey',
    summary: 'Rotate API key',
    description:
      'Gives the key a new secret, which is shown this once. The one before is accepted for `grace_seconds` more. Owner, rights, limits, jobs and files stay.',
    tags: ['keys'],
    params: IdParameter('key_id', 'The `id` of a key.'),
    querystring: Type.Object({
      grace_seconds: Type.Optional(
        Type.Integer({
          minimum: 0,
          maximum: GRACE_SECONDS_MAX,
          default: GRACE_SECONDS_DEFAULT,
          description: 'How long the secret before is still accepted; 0: not at all.',
        }),
      ),
    }),
    response: {
      200: answer(ref('IssuedKey'), { description: 'The key anew.', examples: { rotated: examples.rotatedKey } }),
      ...errors('invalid_request', 'not_found', 'key_revoked', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.post<{ Params: { key_id: string }; Querystring: { grace_seconds: number } }>(
    paths.api('/keys/:key_id/rotate'),
    { schema },
    async (request) => {
      const { key_id: id } = request.params
      const fresh = await keyRing.rotate(id, request.query.grace_seconds * 1000)
      request.log.info({ keyId: id, by: request.apiKey?.id }, 'API key rotated')
      return issuedKeyView(fresh, now())
    },
  )
}
