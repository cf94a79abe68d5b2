/** Finds a registration, or one of its deliveries, for whoever asks; and checks what a registration may say. */
import { canonicalSourceUrl } from '@video-scraper/core'
import type { DeliveryRecord, WebhookRecord } from '@video-scraper/store'
import type { FastifyRequest } from 'fastify'
import { clientOf } from '../auth/client.ts'
import type { RouteDependencies } from '../dependencies.ts'
import { RequestError } from '../http/errors.ts'

/** Throws the same 404 for what never was and what belongs to somebody else. */
export async function ownWebhook(
  { webhooks }: RouteDependencies,
  request: FastifyRequest,
  id: string,
): Promise<WebhookRecord> {
  const webhook = await webhooks.registry.find(id)
  if (webhook?.owner !== clientOf(request).owner) throw webhookNotFound()
  return webhook
}

/**
 * The id of a log of deliveries: of a registration, or of a job that was given a callback. Throws the 404 of a
 * registration otherwise.
 */
export async function ownDeliveriesId(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  id: string,
): Promise<string> {
  const job = await dependencies.jobs.find(id)
  if (job === null) return (await ownWebhook(dependencies, request, id)).id
  if (job.envelope.owner !== clientOf(request).owner || !job.envelope.callback) throw webhookNotFound()
  return id
}

/** As `ownDeliveriesId`; throws 409 as well when nothing is sent for the registration now. */
export async function activeLogId(
  dependencies: RouteDependencies,
  request: FastifyRequest,
  id: string,
): Promise<string> {
  const logId = await ownDeliveriesId(dependencies, request, id)
  const webhook = await dependencies.webhooks.registry.find(logId)
  if (webhook !== null && webhook.status !== 'active') throw new RequestError('webhook_not_active')
  return logId
}

/** Throws 404 for a delivery that is none of this log. */
export async function ownDelivery(
  dependencies: RouteDependencies,
  webhookId: string,
  deliveryId: string,
): Promise<DeliveryRecord> {
  const delivery = await dependencies.webhooks.deliveries.find(deliveryId)
  if (delivery?.webhookId !== webhookId) {
    throw new RequestError('not_found', { message: 'There is no delivery with this id. They are kept for a week.' })
  }
  return delivery
}

/** The canonical spelling. Throws 400 for an address that no request could be sent to; hosts are checked when it is sent. */
export function callbackUrlOf(text: string): string {
  const url = canonicalSourceUrl(text)
  if (url !== null) return url
  throw new RequestError('invalid_request', {
    message:
      'The callback_url must be an absolute http or https address of at most 4096 characters, without credentials.',
    details: [{ field: '/callback_url', message: 'must be an absolute http or https address' }],
  })
}

export const webhookNotFound = () => new RequestError('not_found', { message: 'There is no webhook with this id.' })
