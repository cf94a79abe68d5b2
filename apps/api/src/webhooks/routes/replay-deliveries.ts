/** POST /api/video-scraper/webhooks/{webhook_id}/deliveries/replay: send all that ended in one way once more. */
import { ReplayDeliveriesBody } from '@video-scraper/contracts'
import { DELIVERIES_KEPT, type DeliveryRecord } from '@video-scraper/store'
import type { Route } from '../../dependencies.ts'
import { invalidCursor } from '../../http/errors.ts'
import { strictBody } from '../../http/strict-body.ts'
import { webhookExamples } from '../../openapi/examples/webhook-examples.ts'
import { answer, errors, IdParameter, ref, requestBody } from '../../openapi/schema-reference.ts'
import { activeLogId } from '../own-webhook.ts'
import { replayAll } from '../replay.ts'

export const replayDeliveries: Route = async (app, dependencies) => {
  const { webhooks, paths } = dependencies
  const schema = {
    operationId: 'replayDeliveries',
    summary: 'Send deliveries again',
    description:
      'After a pause or an outage: sends again the deliveries that the log says were `skipped` or have `failed`, the oldest first. With `pending`, deliveries that wait for their next attempt are sent at once. Deliveries whose job is no longer known, and those of tests, are not sent again.',
    tags: ['webhooks'],
    params: IdParameter('webhook_id', 'A `webhook_id`, or the id of a job that was given a `callback_url`.'),
    ...requestBody('ReplayDeliveriesBody', webhookExamples.requests.replay),
    response: {
      202: answer(ref('DeliveriesAccepted'), {
        description: 'They are on their way.',
        examples: { accepted: webhookExamples.deliveriesAccepted },
      }),
      ...errors(
        'invalid_request',
        'not_found',
        'webhook_not_active',
        'payload_too_large',
        'unsupported_media_type',
        'too_many_requests',
        'service_unavailable',
      ),
    },
  }
  app.post<{ Params: { webhook_id: string }; Body: ReplayDeliveriesBody }>(
    paths.api('/webhooks/:webhook_id/deliveries/replay'),
    { schema, validatorCompiler: strictBody(ReplayDeliveriesBody), onRequest: app.limitRate },
    async (request, reply) => {
      const id = await activeLogId(dependencies, request, request.params.webhook_id)
      const page = await webhooks.deliveries.list(id, DELIVERIES_KEPT)
      // Only a cursor can be wrong, and none is given.
      if (page === null) throw invalidCursor()
      const wanted = ({ status }: DeliveryRecord) => status === request.body.status
      const count = await replayAll(dependencies, page.records.filter(wanted).reverse())
      reply.code(202)
      return { count, status: 'pending' }
    },
  )
}
