/** The operations of registrations of webhooks and of their deliveries. */
import type { Route } from '../dependencies.ts'
import { changeWebhook } from './routes/change-webhook.ts'
import { deleteWebhook } from './routes/delete-webhook.ts'
import { getWebhook } from './routes/get-webhook.ts'
import { listDeliveries } from './routes/list-deliveries.ts'
import { listWebhooks } from './routes/list-webhooks.ts'
import { registerWebhook } from './routes/register-webhook.ts'
import { replayDeliveries } from './routes/replay-deliveries.ts'
import { replayDelivery } from './routes/replay-delivery.ts'
import { rotateWebhookSecret } from './routes/rotate-webhook-secret.ts'
import { testWebhook } from './routes/test-webhook.ts'

export const webhookRoutes: readonly Route[] = [
  registerWebhook,
  listWebhooks,
  getWebhook,
  changeWebhook,
  deleteWebhook,
  testWebhook,
  rotateWebhookSecret,
  listDeliveries,
  replayDeliveries,
  replayDelivery,
]
