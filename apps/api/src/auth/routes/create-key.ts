/** POST /api/video-scraper/keys: a new API key, shown this once. */
import { CreateKeyBody } from '@video-scraper/contracts'
import { issuedKeyView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { strictBody } from '../../http/strict-body.ts'
import { examples } from '../../openapi/examples/job-examples.ts'
import { answer, errors, ref, requestBody } from '../../openapi/schema-reference.ts'

export const createKey: Route = async (app, { keyRing, paths, now }) => {
  const schema = {
    operationId: 'createKey',
    summary: 'Create API key',
    description: 'The answer holds the key itself, which is stored nowhere and never shown again.',
    tags: ['keys'],
    ...requestBody('CreateKeyBody', examples.keyRequests.create),
    response: {
      201: answer(ref('IssuedKey'), {
        description: 'The key was created.',
        examples: { created: examples.createdKey },
        headers: { Location: { description: 'Where the key is managed.', type: 'string' } },
      }),
      ...errors('invalid_request', 'payload_too_large', 'unsupported_media_type', 'service_unavailable'),
    },
  }
  app.post<{ Body: CreateKeyBody }>(
    paths.api('/keys'),
    { schema, validatorCompiler: strictBody(CreateKeyBody) },
    async (request, reply) => {
      const fresh = await keyRing.create(request.body)
      const { id, scopes } = fresh.record
      request.log.info({ keyId: id, scopes, by: request.apiKey?.id }, 'API key created')
      reply.code(201).header('location', paths.absolute(paths.key(id)))
      return issuedKeyView(fresh, now())
    },
  )
}
