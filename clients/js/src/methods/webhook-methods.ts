/** Webhooks, and what was sent to them. */
import type { OperationOptions } from '../calls.ts'
import type * as Api from '../generated/schemas.ts'
import { eachItem, type Page } from '../pages.ts'
import type { Query } from './arguments.ts'
import { dataOf } from './call-methods.ts'
import { CookieMethods } from './cookie-methods.ts'

export class WebhookMethods extends CookieMethods {
  /** `registerWebhook`: the secret is in this answer alone. */
  registerWebhook(body: Api.RegisterWebhookBody, options?: OperationOptions): Promise<Api.RegisteredWebhookReply> {
    return dataOf(this, 'registerWebhook', { body }, options)
  }

  /** `listWebhooks` */
  async listWebhooks(options?: OperationOptions): Promise<readonly Api.WebhookReply[]> {
    return (await dataOf(this, 'listWebhooks', {}, options)).webhooks
  }

  /** `getWebhook` */
  getWebhook(id: string, options?: OperationOptions): Promise<Api.WebhookReply> {
    return dataOf(this, 'getWebhook', { path: { webhook_id: id } }, options)
  }

  /** `changeWebhook` */
  changeWebhook(id: string, body: Api.ChangeWebhookBody, options?: OperationOptions): Promise<Api.WebhookReply> {
    return dataOf(this, 'changeWebhook', { path: { webhook_id: id }, body }, options)
  }

  /** `deleteWebhook` */
  async deleteWebhook(id: string, options?: OperationOptions): Promise<void> {
    await dataOf(this, 'deleteWebhook', { path: { webhook_id: id } }, options)
  }

  /** `testWebhook`: sends an event of the type `test`, once. */
  testWebhook(id: string, options?: OperationOptions): Promise<Api.DeliveryAccepted> {
    return dataOf(this, 'testWebhook', { path: { webhook_id: id } }, options)
  }

  /** `rotateWebhookSecret`: for 24 hours events are signed with the new secret and with the one before. */
  rotateWebhookSecret(id: string, options?: OperationOptions): Promise<Api.RotatedSecretReply> {
    return dataOf(this, 'rotateWebhookSecret', { path: { webhook_id: id } }, options)
  }

  /** `listDeliveries`: one page. */
  async listDeliveries(id: string, query: Query<'listDeliveries'> = {}, options?: OperationOptions) {
    const page = await dataOf(this, 'listDeliveries', { path: { webhook_id: id }, query }, options)
    return { items: page.deliveries, nextCursor: page.next_cursor } satisfies Page<Api.DeliveryReply>
  }

  /** What was sent to the webhook, newest first. */
  deliveries(id: string, query: Query<'listDeliveries'> = {}, options?: OperationOptions) {
    return eachItem((cursor) => this.listDeliveries(id, { ...query, ...(cursor && { cursor }) }, options))
  }

  /** `replayDeliveries`: all that was skipped, has failed or is pending. */
  replayDeliveries(id: string, body: Api.ReplayDeliveriesBody, options?: OperationOptions) {
    return dataOf(this, 'replayDeliveries', { path: { webhook_id: id }, body }, options)
  }

  /** `replayDelivery` */
  replayDelivery(id: string, deliveryId: string, options?: OperationOptions): Promise<Api.DeliveryAccepted> {
    return dataOf(this, 'replayDelivery', { path: { webhook_id: id, delivery_id: deliveryId } }, options)
  }
}
