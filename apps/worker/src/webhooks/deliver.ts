/** One attempt to deliver one event: sign, post, check the answer, write it down, say when to try again. */
import type { SecretKeys } from '@video-scraper/boot'
import type { Delivery, DeliveryStatus } from '@video-scraper/contracts'
import { type SafeFetch, SafeFetchError, type SafeFetchReply } from '@video-scraper/egress'
import type { JobLog, JobSnapshot } from '@video-scraper/queue'
import type { DeliveryAttemptRecord, DeliveryLog, DeliveryRecord, WebhookRegistry } from '@video-scraper/store'
import { eventText, type PublicPaths } from '@video-scraper/views'
import { callbackSecret, retryWaitMs, secretsInUse, signedHeaders } from '@video-scraper/webhooks'
import { createTargetSlots } from './target-slots.ts'

const ATTEMPTS_SHOWN = 10
const GONE = 410

interface DeliverDependencies {
  find(id: string): Promise<JobSnapshot | null>
  paths: PublicPaths
  registry: WebhookRegistry
  deliveries: DeliveryLog
  secretKeys: SecretKeys
  fetch: SafeFetch
  /** The waits between attempts, in milliseconds. */
  waitsMs: readonly number[]
  userAgent: string
  log: JobLog
  /** Hears of each attempt. */
  onAttempt?: ((outcome: 'delivered' | 'failed') => void) | undefined
  now(): number
}

/** The task of `startOutboxConsumers`. */
export function deliver(dependencies: DeliverDependencies) {
  const slots = createTargetSlots()
  return async (delivery: Delivery, signal: AbortSignal): Promise<number | null> => {
    const record = await dependencies.deliveries.find(delivery.deliveryId)
    if (record?.status !== 'pending' || record.round !== delivery.round) return null
    // A worker that died left it to the next one, which must not come before the receiver asked for it.
    const earlyMs = (record.nextAttemptAt ?? 0) - dependencies.now()
    if (earlyMs > 0) return earlyMs
    const receiver = await receiverOf(dependencies, delivery)
    if (receiver === null) return null
    if (receiver.status !== 'active') return put(dependencies, record, settledAs[receiver.status])

    const place = slots.take(new URL(receiver.url).host, record.id)
    if ('waitMs' in place) return place.waitMs
    try {
      return await attempt(dependencies, delivery, record, receiver, signal)
    } finally {
      place.free()
    }
  }
}

/** Null: the record of the job is gone. */
async function textOf(
  { find, paths, now }: DeliverDependencies,
  { text }: Delivery,
  { event, subjectId }: DeliveryRecord,
) {
  if (text !== null || event === 'test' || subjectId === null) return text
  const job = await find(subjectId)
  return job === null ? null : eventText(event, job, { paths, now: now() })
}

/** Paused: the client may replay it. Ended: nothing is sent again. */
const settledAs = { paused: 'skipped', ended: 'failed' } as const satisfies Record<string, DeliveryStatus>

interface Receiver {
  url: string
  status: 'active' | 'paused' | 'ended'
  /** None: the keys that they come from are gone. */
  secrets: string[]
}

/** Null: the registration was deleted, and its log with it. */
async function receiverOf(
  { registry, secretKeys, now }: DeliverDependencies,
  { target }: Delivery,
): Promise<Receiver | null> {
  if ('callbackUrl' in target) {
    const secret = callbackSecret(secretKeys, target.secretKeyId, target.jobId)
    return { url: target.callbackUrl, status: 'active', secrets: secret === null ? [] : [secret] }
  }
  const webhook = await registry.find(target.webhookId)
  if (webhook === null) return null
  const { id, callbackUrl: url, status, secret } = webhook
  return { url, status, secrets: secretsInUse(secretKeys, id, secret, now()) }
}

async function attempt(
  dependencies: DeliverDependencies,
  delivery: Delivery,
  record: DeliveryRecord,
  receiver: Receiver,
  signal: AbortSignal,
): Promise<number | null> {
  const { log, now } = dependencies
  const text = await textOf(dependencies, delivery, record)
  const startedAt = now()
  const outcome =
    text === null
      ? jobIsGone
      : await post(dependencies, { id: record.id, webhookId: record.webhookId, text }, receiver, signal)
  // The worker ends: nothing is known of this attempt, and another one follows.
  if (outcome === null) return 0
  const { reply, error } = outcome
  const made: DeliveryAttemptRecord = {
    at: startedAt,
    latencyMs: now() - startedAt,
    responseStatus: reply?.status ?? null,
    responseBody: reply ? reply.body.toString('utf8') : null,
    error,
  }
  const next: DeliveryRecord = {
    ...record,
    attempts: record.attempts + 1,
    failedInARow: error === null ? 0 : record.failedInARow + 1,
    lastAttempts: [made, ...record.lastAttempts].slice(0, ATTEMPTS_SHOWN),
  }
  const fields = {
    deliveryId: record.id,
    webhookId: record.webhookId,
    event: record.event,
    status: made.responseStatus,
  }
  dependencies.onAttempt?.(error === null ? 'delivered' : 'failed')
  if (error === null) {
    log.info({ ...fields, attempts: next.attempts }, 'webhook delivered')
    if ('webhookId' in record.target) await dependencies.registry.change(record.webhookId, { deliveredAt: now() })
    return put(dependencies, next, 'delivered')
  }
  log.warn({ ...fields, reason: error, attempts: next.attempts }, 'webhook not delivered')
  return afterFailure(dependencies, next, outcome)
}

async function afterFailure(
  dependencies: DeliverDependencies,
  record: DeliveryRecord,
  outcome: Outcome,
): Promise<number | null> {
  const { now } = dependencies
  const { reply } = outcome
  const gone = reply?.status === GONE
  if (outcome === jobIsGone) return put(dependencies, record, 'failed')
  const waitMs = gone ? null : nextWaitMs(dependencies, record, reply)
  if (waitMs !== null) {
    // Replayed meanwhile: that round has a job of its own in the queue.
    return (await dependencies.deliveries.write({ ...record, nextAttemptAt: now() + waitMs })) ? waitMs : null
  }
  if (gone) await endSending(dependencies, record, { status: 'ended', reason: 'gone' })
  else if (await failsLastingly(dependencies, record))
    await endSending(dependencies, record, { status: 'paused', reason: 'failing' })
  return put(dependencies, record, 'failed')
}

/** A test is for somebody who looks at the log now, so it is not repeated. */
function nextWaitMs(
  { waitsMs, now }: DeliverDependencies,
  record: DeliveryRecord,
  reply: SafeFetchReply | null,
): number | null {
  return retryWaitMs({
    waitsMs: record.event === 'test' ? [] : waitsMs,
    failedAttempts: record.failedInARow,
    retryAfter: reply?.headers['retry-after'],
    now: now(),
    random: Math.random(),
  })
}

/** A receiver that took others meanwhile has a problem with this one alone. */
async function failsLastingly(
  { registry }: DeliverDependencies,
  { target, event, createdAt }: DeliveryRecord,
): Promise<boolean> {
  if (!('webhookId' in target) || event === 'test') return false
  const webhook = await registry.find(target.webhookId)
  return (webhook?.deliveredAt ?? 0) < createdAt
}

async function endSending(
  { registry, log, now }: DeliverDependencies,
  { target }: DeliveryRecord,
  end: { status: 'ended' | 'paused'; reason: 'gone' | 'failing' },
): Promise<void> {
  if (!('webhookId' in target)) return
  await registry.change(target.webhookId, { ...end, statusAt: now() })
  log.warn({ webhookId: target.webhookId, ...end }, 'webhook is not sent to any more')
}

async function put(dependencies: DeliverDependencies, record: DeliveryRecord, status: DeliveryStatus): Promise<null> {
  await dependencies.deliveries.write({ ...record, status, nextAttemptAt: null })
  return null
}

interface Outcome {
  reply: SafeFetchReply | null
  /** A sentence for the client, or null when it was delivered. */
  error: string | null
}

/** Nothing that the receiver could have done otherwise. */
const jobIsGone: Outcome = {
  reply: null,
  error: 'The record of the job is gone, and with it what there was to send.',
}

/** Null when the worker ends meanwhile. */
async function post(
  { fetch, userAgent, now }: DeliverDependencies,
  { id, webhookId, text }: { id: string; webhookId: string; text: string },
  { url, secrets }: Receiver,
  signal: AbortSignal,
): Promise<Outcome | null> {
  if (secrets.length === 0) {
    return { reply: null, error: 'The key of this secret is no longer among SECRET_KEYS. Rotate the secret.' }
  }
  const headers = signedHeaders({ id, timestamp: Math.floor(now() / 1000), text }, secrets)
  try {
    const reply = await fetch(url, {
      method: 'POST',
      headers: { ...headers, 'content-type': 'application/json', 'user-agent': userAgent },
      body: text,
      signal,
      requester: { owner: webhookId, job: id },
    })
    return { reply, error: problemWith(reply.status) }
  } catch (error) {
    if (signal.aborted) return null
    return { reply: null, error: error instanceof SafeFetchError ? error.message : 'The request could not be sent.' }
  }
}

function problemWith(status: number): string | null {
  if (status >= 200 && status < 300) return null
  if (status >= 300 && status < 400) return 'Redirects are not followed.'
  return `The receiver answered ${status}.`
}
