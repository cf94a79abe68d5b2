/** POST /api/video-scraper/webhooks/register: be notified when jobs end. */
import { randomBytes } from 'node:crypto'
import { type RegisteredWebhookReply, RegisterWebhookBody } from '@video-scraper/contracts'
import type { WebhookRecord } from '@video-scraper/store'
import { webhookView } from '@video-scraper/views'
import { firstSecret, webhookSecret } from '@video-scraper/webhooks'
import { clientOf } from '../../auth/client.ts'
import type { Route } from '../../dependencies.ts'
import { RequestError } from '../../http/errors.ts'
import { strictBody } from '../../http/strict-body.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, ref, requestBody } from '../../openapi/schema-reference.ts'
import { callbackUrlOf } from '../own-webhook.ts'

/** Each of them is looked at when a job ends. */
const WEBHOOKS_PER_OWNER = 20

export const registerWebhook: Route = async (app, { webhooks, secretKeys, paths, now }) => {
  const schema = {
    operationId: 'registerWebhook',
    summary: 'Register a webhook',
    description:
      'Every job of yours that ends from now on is posted to `callback_url`, signed with `secret` as Standard Webhooks 1.0 says. The secret is shown in this answer alone.',
    tags: ['webhooks'],
    ...requestBody('RegisterWebhookBody', webhookExamples.requests.register),
    response: {
      201: answer(ref<RegisteredWebhookReply>('RegisteredWebhookReply'), {
        description: 'The webhook was registered.',
        examples: { registered: webhookExamples.registered },
        headers: { Location: { description: 'The registration.', type: 'string' } },
      }),
      ...errors(
        'invalid_request',
        'too_many_webhooks',
        'payload_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Body: RegisterWebhookBody }>(
    paths.api('/webhooks/register'),
    { schema, validatorCompiler: strictBody(RegisterWebhookBody), onRequest: app.limitRate },
    async (request, reply) => {
      const webhook: WebhookRecord = {
        id: `wh_${randomBytes(16).toString('hex')}`,
        owner: clientOf(request).owner,
        callbackUrl: callbackUrlOf(request.body.callback_url),
        events: [...new Set(request.body.events)],
        createdAt: now(),
        secret: firstSecret(secretKeys),
        status: 'active',
        reason: null,
        statusAt: null,
        deliveredAt: null,
      }
      if (!(await webhooks.registry.add(webhook, WEBHOOKS_PER_OWNER))) throw new RequestError('too_many_webhooks')
      reply.code(201).header('location', paths.absolute(paths.webhook(webhook.id)))
      return { ...webhookView(webhook), secret: webhookSecret(secretKeys, webhook.id, webhook.secret) }
    },
  )
}
