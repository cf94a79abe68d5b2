/** DELETE /api/video-scraper/webhooks/{webhook_id}: nothing is sent any more. */
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { errors, IdParameter } from '../../openapi/schema-reference.ts'
import { ownWebhook } from '../own-webhook.ts'

export const deleteWebhook: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'deleteWebhook',
    summary: 'Delete webhook',
    description: 'Removes the registration and its log. Deliveries that are under way are given up.',
    tags: ['webhooks'],
    params: IdParameter('webhook_id', 'The `webhook_id` of the registration.'),
    response: {
      204: Type.Null({ description: 'It is gone.' }),
      ...errors('invalid_request', 'not_found', 'payload_too_large', 'service_unavailable'),
    },
  }
  app.delete<{ Params: { webhook_id: string } }>(
    dependencies.paths.api('/webhooks/:webhook_id'),
    { schema },
    async (request, reply) => {
      const { id, owner } = await ownWebhook(dependencies, request, request.params.webhook_id)
      await dependencies.webhooks.registry.remove(owner, id)
      return reply.code(204).send()
    },
  )
}
