/** POST /api/video-scraper/webhooks/{webhook_id}/test: one delivery that says nothing but that it works. */
import { randomBytes } from 'node:crypto'
import type { Route } from '../../dependencies.ts'
import { RequestError } from '../../http/errors.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { ownWebhook } from '../own-webhook.ts'

export const testWebhook: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const { webhooks, jobs, paths, now } = dependencies
  const schema = {
    operationId: 'testWebhook',
    summary: 'Send a test delivery',
    description: 'Posts an event of the type `test`, once. The log of deliveries says what the receiver answered.',
    tags: ['webhooks'],
    params: IdParameter('webhook_id', 'The `webhook_id` of the registration.'),
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
  app.post<{ Params: { webhook_id: string } }>(
    paths.api('/webhooks/:webhook_id/test'),
    { schema, onRequest: app.limitRate },
    async (request, reply) => {
      const webhook = await ownWebhook(dependencies, request, request.params.webhook_id)
      if (webhook.status !== 'active') throw new RequestError('webhook_not_active')
      const id = `msg_${randomBytes(16).toString('hex')}`
      const target = { webhookId: webhook.id }
      await webhooks.deliveries.begin({
        id,
        webhookId: webhook.id,
        event: 'test',
        subjectId: null,
        target,
        status: 'pending',
        createdAt: now(),
        attempts: 0,
        round: 0,
        failedInARow: 0,
        nextAttemptAt: now(),
        lastAttempts: [],
      })
      await jobs.deliver({ deliveryId: id, target, round: 0, text: testText(webhook.id, now()) })
      reply.code(202)
      return { delivery_id: id, status: 'pending' }
    },
  )
}

const testText = (webhookId: string, now: number): string =>
  JSON.stringify({
    type: 'test',
    timestamp: new Date(now).toISOString(),
    sequence: 1,
    data: { webhook_id: webhookId, message: 'This is a test. Nothing has happened.' },
  })
