/** GET /api/video-scraper/webhooks: own registrations. */
import { webhookView } from '@video-scraper/views'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'

export const listWebhooks: Route = async (app, { webhooks, paths }) => {
  const schema = {
    operationId: 'listWebhooks',
    summary: 'List webhooks',
    description: 'Own registrations, newest first; there are at most 20.',
    tags: ['webhooks'],
    response: {
      200: answer(ref('WebhookList'), { description: 'All of them.', examples: { all: webhookExamples.list } }),
      ...errors('service_unavailable'),
    },
  }
  app.get(paths.api('/webhooks'), { schema, config: { requestCost: LIST_COST } }, async (request) => ({
    webhooks: (await webhooks.registry.list(clientOf(request).owner)).map(webhookView),
  }))
}
