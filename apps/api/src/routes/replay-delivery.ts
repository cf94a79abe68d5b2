/** POST /api/video-scraper/webhooks/{webhook_id}/deliveries/{delivery_id}/replay: send it once more. */

import { eventText } from '@video-scraper/views'
import { Type } from 'typebox'
import type { Route } from '../dependencies.ts'
import { RequestError } from '../errors.ts'
import { ignoreBodies } from '../ignore-bodies.ts'
import { ownDelivery, ownWebhook } from '../own-webhook.ts'
import { answer, errors, ref } from '../schema-reference.ts'
import { webhookExamples } from '../webhook-examples.ts'

export const replayDelivery: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const { webhooks, jobs, paths, now } = dependencies
  const schema = {
    operationId: 'replayDelivery',
    summary: 'Send a delivery again',
    description:
      'Sends the event again under the same `webhook-id`, with all its attempts. The body says what the job says now, as long as its record is kept.',
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
        'delivery_pending',
        'payload_too_large',
        'too_many_requests',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Params: { webhook_id: string; delivery_id: string } }>(
    paths.at('/api/video-scraper/webhooks/:webhook_id/deliveries/:delivery_id/replay'),
    { schema, onRequest: app.limitRate },
    async (request, reply) => {
      const delivery = await ownDelivery(dependencies, request, request.params)
      if (delivery.status === 'pending') throw new RequestError('delivery_pending')
      const { id, target, event, subjectId } = delivery
      if ('webhookId' in target && (await ownWebhook(dependencies, request, target.webhookId)).status !== 'active') {
        throw new RequestError('webhook_not_active')
      }
      const job = subjectId === null ? null : await jobs.find(subjectId)
      if (job === null || event === 'test') {
        throw new RequestError('not_found', { message: 'The record of the job is gone, so there is nothing to send.' })
      }
      await webhooks.deliveries.write({ ...delivery, status: 'pending', failedInARow: 0, nextAttemptAt: now() })
      // The number of attempts so far tells this round from those before.
      const round = delivery.attempts + 1
      await jobs.deliver({ deliveryId: id, target, text: eventText(event, job, { paths, now: now() }) }, round)
      reply.code(202)
      return { delivery_id: id, status: 'pending' }
    },
  )
}
