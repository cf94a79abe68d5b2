/** Registrations of webhooks and their deliveries, in public. */
import type { DeliveryReply, WebhookReply } from '@video-scraper/contracts'
import type { DeliveryAttemptRecord, DeliveryRecord, WebhookRecord } from '@video-scraper/store'
import { instant, instantOrNull } from './times.ts'

export const webhookView = (webhook: WebhookRecord): WebhookReply => ({
  webhook_id: webhook.id,
  callback_url: webhook.callbackUrl,
  events: webhook.events,
  created_at: instant(webhook.createdAt),
  status: webhook.status,
  ...(webhook.reason === null ? {} : { status_reason: webhook.reason }),
  status_since: instantOrNull(webhook.statusAt),
  last_delivered_at: instantOrNull(webhook.deliveredAt),
})

export const deliveryView = (delivery: DeliveryRecord): DeliveryReply => ({
  delivery_id: delivery.id,
  event: delivery.event,
  subject_id: delivery.subjectId,
  status: delivery.status,
  created_at: instant(delivery.createdAt),
  attempts: delivery.attempts,
  next_attempt_at: instantOrNull(delivery.nextAttemptAt),
  last_attempts: delivery.lastAttempts.map(attemptView),
})

const attemptView = (attempt: DeliveryAttemptRecord): DeliveryReply['last_attempts'][number] => ({
  at: instant(attempt.at),
  latency_ms: attempt.latencyMs,
  response_status: attempt.responseStatus,
  response_body: attempt.responseBody,
  error: attempt.error,
})
