/** PATCH /api/video-scraper/keys/{key_id}: another name, other rights or limits for the same key. */
import { UpdateKeyBody } from '@video-scraper/contracts'
import { apiKeyView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { strictBody } from '../../http/strict-body.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, IdParameter, ref, requestBody } from '../../openapi/schema-reference.ts'

export const updateKey: Route = async (app, { keyRing, paths, now }) => {
  const schema = {
    operationId: 'updateKey',
    summary: 'Change API key',
    description: 'What is absent stays as it is. Other gateways know of the change within a second.',
    tags: ['keys'],
    params: IdParameter('key_id', 'The `id` of a key.'),
    ...requestBody('UpdateKeyBody', examples.keyRequests.update),
    response: {
      200: answer(ref('ApiKey'), { description: 'The key as it is now.', examples: { key: examples.apiKey } }),
      ...errors(
        'invalid_request',
        'not_found',
        'key_revoked',
        'payload_too_large',
        'unsupported_media_type',
        'service_unavailable',
      ),
    },
  }
  app.patch<{ Params: { key_id: string }; Body: UpdateKeyBody }>(
    paths.api('/keys/:key_id'),
    { schema, validatorCompiler: strictBody(UpdateKeyBody) },
    async (request) => {
      const { key_id: id } = request.params
      const updated = await keyRing.update(id, request.body)
      request.log.info({ keyId: id, fields: Object.keys(request.body), by: request.apiKey?.id }, 'API key changed')
      return apiKeyView(updated, now())
    },
  )
}
