/** GET /api/video-scraper/webhooks/{webhook_id}: one registration. */
import { webhookView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { ownWebhook } from '../own-webhook.ts'

export const getWebhook: Route = async (app, dependencies) => {
  const schema = {
    operationId: 'getWebhook',
    summary: 'Get webhook',
    tags: ['webhooks'],
    description: 'One registration, without its secret. `status_reason` says why it is not active.',
    params: IdParameter('webhook_id', 'The `webhook_id` of the registration.'),
    response: {
      200: answer(ref('WebhookReply'), {
        description: 'The registration.',
        examples: { active: webhookExamples.active, paused: webhookExamples.paused },
      }),
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { webhook_id: string } }>(
    dependencies.paths.api('/webhooks/:webhook_id'),
    { schema },
    async (request) => webhookView(await ownWebhook(dependencies, request, request.params.webhook_id)),
  )
}
