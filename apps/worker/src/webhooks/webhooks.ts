/** Puts the telling of ends together: who takes entries, who delivers, who finds what nobody recorded. */
import type { SecretKeys } from '@video-scraper/boot'
import { createSafeFetch, type TargetPolicy, type UpstreamProxy } from '@video-scraper/egress'
import { createJobFinder, type JobLog, type Outbox, startOutboxConsumers } from '@video-scraper/queue'
import { createDeliveryLog, createWebhookRegistry } from '@video-scraper/store'
import type { PublicPaths } from '@video-scraper/views'
import type { Redis } from 'ioredis'
import { deliver } from './deliver.ts'
import { fanOut } from './fan-out.ts'

const TIMEOUT_MS = 15_000
/** What is kept of a receiver's answer. */
const ANSWER_BYTES_MAX = 256
const USER_AGENT = 'video-scraper-webhooks/1'

interface WebhookOptions {
  outbox: Outbox
  policy: TargetPolicy
  /** Null: receivers are connected to directly. */
  upstream: UpstreamProxy | null
  /** Authorities (PEM) that the certificates of receivers may come from; not given: those that come with Node. */
  certificateAuthorities?: readonly string[] | undefined
  secretKeys: SecretKeys
  paths: PublicPaths
  /** Deliveries at once. */
  concurrency: number
  /** The waits between attempts, in milliseconds. */
  waitsMs: readonly number[]
  log: JobLog
  /** Hears of each attempt to deliver. */
  onAttempt?: (outcome: 'delivered' | 'failed') => void
}

/** Starts delivering. `redis` stays the caller's. */
export function startWebhooks(redis: Redis, options: WebhookOptions): { close(): Promise<void> } {
  const { outbox, policy, upstream, certificateAuthorities, secretKeys, paths, concurrency, waitsMs, log, onAttempt } =
    options
  const registry = createWebhookRegistry(redis)
  const deliveries = createDeliveryLog(redis)
  const now = Date.now
  const find = createJobFinder(redis)
  const fetch = createSafeFetch({
    policy,
    upstream,
    timeoutMs: TIMEOUT_MS,
    maxBytes: ANSWER_BYTES_MAX,
    ...(certificateAuthorities && { certificateAuthorities }),
  })
  return startOutboxConsumers(
    redis,
    {
      fanOut: fanOut({ find, registry, deliveries, outbox, paths, now }),
      deliver: deliver({
        find,
        paths,
        registry,
        deliveries,
        secretKeys,
        fetch,
        waitsMs,
        userAgent: USER_AGENT,
        log,
        onAttempt,
        now,
      }),
    },
    { concurrency, log },
  )
}
