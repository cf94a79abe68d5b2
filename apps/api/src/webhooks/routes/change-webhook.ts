/** PATCH /api/video-scraper/webhooks/{webhook_id}: another address, other events, pause or go on. */
import { ChangeWebhookBody } from '@video-scraper/contracts'
import type { WebhookChange } from '@video-scraper/store'
import { webhookView } from '@video-scraper/views'
import type { Route } from '../../dependencies.ts'
import { strictBody } from '../../http/strict-body.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, IdParameter, ref, requestBody } from '../../openapi/schema-reference.ts'
import { callbackUrlOf, ownWebhook, webhookNotFound } from '../own-webhook.ts'

export const changeWebhook: Route = async (app, dependencies) => {
  const { webhooks, paths, now } = dependencies
  const schema = {
    operationId: 'changeWebhook',
    summary: 'Change webhook',
    description:
      'Changes what is given. `"status": "active"` goes on after a pause, whatever its reason; events of the meantime are in the log of deliveries, `skipped`, and can be replayed.',
    tags: ['webhooks'],
    params: IdParameter('webhook_id', 'The `webhook_id` of the registration.'),
    ...requestBody('ChangeWebhookBody', webhookExamples.requests.change),
    response: {
      200: answer(ref('WebhookReply'), {
        description: 'The registration as it is now.',
        examples: { active: webhookExamples.active },
      }),
      ...errors('invalid_request', 'not_found', 'payload_too_large', 'unsupported_media_type', 'service_unavailable'),
    },
  }
  app.patch<{ Params: { webhook_id: string }; Body: ChangeWebhookBody }>(
    paths.api('/webhooks/:webhook_id'),
    { schema, validatorCompiler: strictBody(ChangeWebhookBody) },
    async (request) => {
      const { id } = await ownWebhook(dependencies, request, request.params.webhook_id)
      if (!(await webhooks.registry.change(id, changeIn(request.body, now())))) throw webhookNotFound()
      return webhookView(await ownWebhook(dependencies, request, id))
    },
  )
}

const changeIn = ({ callback_url: url, events, status }: ChangeWebhookBody, now: number): WebhookChange => ({
  ...(url === undefined ? {} : { callbackUrl: callbackUrlOf(url) }),
  ...(events === undefined ? {} : { events: [...new Set(events)] }),
  ...(status === undefined ? {} : { status, reason: status === 'paused' ? 'requested' : null, statusAt: now }),
})
