/** POST /api/video-scraper/webhooks/{webhook_id}/rotate-secret: a new secret, with the old one valid for a while. */
import { nextSecret, webhookSecret } from '@video-scraper/webhooks'
import type { Route } from '../../dependencies.ts'
import { ignoreBodies } from '../../http/ignore-bodies.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, IdParameter, ref } from '../../openapi/schema-reference.ts'
import { ownWebhook, webhookNotFound } from '../own-webhook.ts'

/** Long enough to bring a new secret to every receiver. */
const BOTH_VALID_MS = 24 * 3_600_000

export const rotateWebhookSecret: Route = async (app, dependencies) => {
  ignoreBodies(app)
  const { webhooks, secretKeys, paths, now } = dependencies
  const schema = {
    operationId: 'rotateWebhookSecret',
    summary: 'Replace the secret of a webhook',
    description:
      'For 24 hours everything is signed with the new secret and with the one before; then with the new one alone.',
    tags: ['webhooks'],
    params: IdParameter('webhook_id', 'The `webhook_id` of the registration.'),
    response: {
      200: answer(ref('RotatedSecretReply'), {
        description: 'The new secret. It is shown in this answer alone.',
        examples: { rotated: webhookExamples.rotated },
      }),
      ...errors('invalid_request', 'not_found', 'payload_too_large', 'too_many_requests', 'service_unavailable'),
    },
  }
  app.post<{ Params: { webhook_id: string } }>(
    paths.api('/webhooks/:webhook_id/rotate-secret'),
    { schema, onRequest: app.limitRate },
    async (request) => {
      const webhook = await ownWebhook(dependencies, request, request.params.webhook_id)
      const validUntil = now() + BOTH_VALID_MS
      const secret = nextSecret(secretKeys, webhook.secret, validUntil)
      if (!(await webhooks.registry.change(webhook.id, { secret }))) throw webhookNotFound()
      return {
        webhook_id: webhook.id,
        secret: webhookSecret(secretKeys, webhook.id, secret),
        previous_secret_valid_until: new Date(validUntil).toISOString(),
      }
    },
  )
}
