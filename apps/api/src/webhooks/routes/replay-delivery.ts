/** POST /api/video-scraper/webhooks/{webhook_id}/deliveries/{delivery_id}/replay: send it once more. */
import { Type } from 'typebox'
import type { Route } from '../../dependencies.ts'
import { RequestError } from '../../http/errors.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, ref } from '../../openapi/schema-reference.ts'
import { activeLogId, ownDelivery } from '../own-webhook.ts'
import { replay } from '../replay.ts'

export const replayDelivery: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const schema = {
    operationId: 'replayDelivery',
    summary: 'Send a delivery again',
    description:
      'Sends the event again under the same `webhook-id`, at once and with all its attempts, whatever became of it before. The body says what the job says now, as long as its record is kept.',
    tags: ['webhooks'],
    params: Type.Object({
      webhook_id: Type.String({ description: 'A `webhook_id`, or the id of a job that was given a `callback_url`.' }),
      delivery_id: Type.String({ description: 'The `delivery_id` from the log.' }),
    }),
    response: {
      202: answer(ref('DeliveryAccepted'), {
        description: 'It is on its way.',
        examples: { accepted: webhookExamples.deliveryAccepted },
      }),
      ...errors(
        'invalid_request',
        'not_found',
        'webhook_not_active',
        'payload_too_large',
        'too_many_requests',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Params: { webhook_id: string; delivery_id: string } }>(
    dependencies.paths.api('/webhooks/:webhook_id/deliveries/:delivery_id/replay'),
    { schema, onRequest: app.limitRate },
    async (request, reply) => {
      const { webhook_id, delivery_id } = request.params
      const delivery = await ownDelivery(
        dependencies,
        await activeLogId(dependencies, request, webhook_id),
        delivery_id,
      )
      if (!(await replay(dependencies, delivery))) {
        throw new RequestError('not_found', { message: 'The record of the job is gone, so there is nothing to send.' })
      }
      reply.code(202)
      return { delivery_id: delivery.id, status: 'pending' }
    },
  )
}
