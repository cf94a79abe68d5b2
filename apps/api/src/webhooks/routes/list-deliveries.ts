/** GET /api/video-scraper/webhooks/{webhook_id}/deliveries: what became of what was sent. */
import { deliveryView } from '@video-scraper/views'
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { invalidCursor } from '../../http/errors.ts'
import { LIST_COST } from '../../limits/request-cost.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { ownDeliveriesId } from '../own-webhook.ts'

const LIMIT_DEFAULT = 50
const LIMIT_MAX = 200

export const listDeliveries: Route = async (app, dependencies) => {
  const { webhooks, paths } = dependencies
  const schema = {
    operationId: 'listDeliveries',
    summary: 'List deliveries',
    description:
      'Newest first, with the last attempts of each: status, latency and the first bytes of the answer. The newest 1000 are kept, for a week.',
    tags: ['webhooks'],
    params: IdParameter('webhook_id', 'A `webhook_id`, or the id of a job that was given a `callback_url`.'),
    querystring: Type.Object({
      limit: Type.Optional(
        Type.Integer({
          minimum: 1,
          maximum: LIMIT_MAX,
          default: LIMIT_DEFAULT,
          description: 'Deliveries per page.',
        }),
      ),
      cursor: Type.Optional(Type.String({ maxLength: 400, description: '`next_cursor` of the page before.' })),
    }),
    response: {
      200: answer(ref('DeliveryList'), { description: 'A page.', examples: { page: webhookExamples.deliveries } }),
      ...errors('invalid_request', 'not_found', 'service_unavailable'),
    },
  }
  app.get<{ Params: { webhook_id: string }; Querystring: { limit: number; cursor?: string } }>(
    paths.api('/webhooks/:webhook_id/deliveries'),
    { schema, config: { requestCost: LIST_COST } },
    async (request) => {
      const { limit, cursor } = request.query
      const id = await ownDeliveriesId(dependencies, request, request.params.webhook_id)
      const page = await webhooks.deliveries.list(id, limit, cursor)
      if (page === null) throw invalidCursor()
      return { deliveries: page.records.map(deliveryView), next_cursor: page.next }
    },
  )
}
