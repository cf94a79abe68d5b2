/** A job that ended becomes deliveries: one for each registration that asked for such an event, and one for a callback. */
import { createHash } from 'node:crypto'
import {
  type DeliveryTarget,
  type FinalState,
  type JobEnvelope,
  kinds,
  type OutboxEntry,
  type WebhookEvent,
} from '@video-scraper/contracts'
import { isFinal } from '@video-scraper/core'
import type { JobSnapshot, Outbox } from '@video-scraper/queue'
import type { DeliveryLog, WebhookRecord, WebhookRegistry } from '@video-scraper/store'
import { eventText, type PublicPaths } from '@video-scraper/views'

/** More than this many deliveries of one registration under way, and it is paused: its receiver does not keep up. */
const PENDING_MAX = 1000
/** A job that has not ended yet, because its worker died before it could say so, is looked at again: soon, then seldom. */
const LOOK_AGAIN_FIRST_MS = 100
const LOOK_AGAIN_MAX_MS = 30_000

interface FanOutDependencies {
  find(id: string): Promise<JobSnapshot | null>
  registry: WebhookRegistry
  deliveries: DeliveryLog
  outbox: Outbox
  paths: PublicPaths
  now(): number
}

/** The task of `startOutboxConsumers`. */
export const fanOut =
  (dependencies: FanOutDependencies) =>
  async ({ jobId, announcedAt }: OutboxEntry): Promise<number | null> => {
    const job = await dependencies.find(jobId)
    // Its record is gone, and with it what there was to tell.
    if (job === null) return null
    if (!isFinal(job.state)) return lookAgainAfter(dependencies.now() - announcedAt)
    const event = kinds[job.kind].events[job.state as FinalState]
    const text = eventText(event, job, { paths: dependencies.paths, now: dependencies.now() })
    for (const webhook of await dependencies.registry.list(job.envelope.owner)) {
      if (webhook.events.includes(event) && webhook.status !== 'ended')
        await toRegistration(dependencies, webhook, event, job, text)
    }
    const { callback } = job.envelope
    if (callback) await begin(dependencies, { webhookId: jobId, event, jobId, target: targetOf(callback, jobId), text })
    await dependencies.outbox.markPublished(jobId, job.kind)
    return null
  }

const lookAgainAfter = (ageMs: number) => Math.min(Math.max(ageMs / 4, LOOK_AGAIN_FIRST_MS), LOOK_AGAIN_MAX_MS)

async function toRegistration(
  dependencies: FanOutDependencies,
  { id, status }: WebhookRecord,
  event: WebhookEvent,
  job: JobSnapshot,
  text: string,
): Promise<void> {
  const delivery = { webhookId: id, event, jobId: job.id, target: { webhookId: id }, text }
  if (status === 'active' && (await dependencies.deliveries.pending(id)) >= PENDING_MAX) {
    await dependencies.registry.change(id, { status: 'paused', reason: 'backlog', statusAt: dependencies.now() })
    return begin(dependencies, delivery, 'skipped')
  }
  return begin(dependencies, delivery, status === 'active' ? 'pending' : 'skipped')
}

interface NewDelivery {
  webhookId: string
  event: WebhookEvent
  jobId: string
  target: DeliveryTarget
  text: string
}

/** The id follows from whom and what, so that a repetition after a crash makes nothing twice. */
async function begin(
  { deliveries, outbox, now }: FanOutDependencies,
  { webhookId, event, jobId, target, text }: NewDelivery,
  status: 'pending' | 'skipped' = 'pending',
): Promise<void> {
  const id = deliveryIdOf(webhookId, jobId)
  const isNew = await deliveries.begin({
    id,
    webhookId,
    event,
    subjectId: jobId,
    target,
    status,
    createdAt: now(),
    attempts: 0,
    round: 0,
    failedInARow: 0,
    nextAttemptAt: status === 'pending' ? now() : null,
    lastAttempts: [],
  })
  const known = isNew ? status : (await deliveries.find(id))?.status
  // Also when it was begun before: a crash may have come between the log and the queue.
  if (known === 'pending') await outbox.deliver({ deliveryId: id, target, round: 0, text })
}

const deliveryIdOf = (webhookId: string, jobId: string) =>
  `msg_${createHash('sha256').update(`${webhookId} ${jobId}`).digest('hex').slice(0, 32)}`

const targetOf = (callback: NonNullable<JobEnvelope['callback']>, jobId: string): DeliveryTarget => ({
  callbackUrl: callback.url,
  secretKeyId: callback.secretKeyId,
  jobId,
})
