/** Everything that tells of ends, on a real Redis, with jobs that do what a test says and a receiver that answers so. */
import { randomBytes } from 'node:crypto'
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import { parseSecretKeys, type SecretKeys } from '@video-scraper/boot'
import type { VideoInfo, WebhookEvent } from '@video-scraper/contracts'
import { createTargetPolicy, parseEgressAllow } from '@video-scraper/egress'
import {
  createJobQueue,
  createOutbox,
  type JobQueue,
  type Outbox,
  startConsumer,
  type Task,
} from '@video-scraper/queue'
import {
  connectRedis,
  createDeliveryLog,
  createWebhookRegistry,
  type DeliveryLog,
  isReady,
  type WebhookRecord,
  type WebhookRegistry,
} from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  startWebhookReceiver,
  type WebhookReceiver,
} from '@video-scraper/testkit'
import { publicPaths } from '@video-scraper/views'
import { firstSecret } from '@video-scraper/webhooks'
import { startWebhooks } from '../src/webhooks/webhooks.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export const videoInfo = { title: 'A video', formats: [] } as unknown as VideoInfo

interface WorkerOptions {
  waitsMs?: number[]
  /** What the info jobs do. Default: they succeed. */
  act?: () => Promise<VideoInfo>
  /** Whether the consumer records ends. Default true. */
  recordsEnds?: boolean
}

export interface WebhookRig {
  readonly redis: ReturnType<typeof connectRedis>
  readonly receiver: WebhookReceiver
  readonly registry: WebhookRegistry
  readonly deliveries: DeliveryLog
  readonly outbox: Outbox
  readonly jobs: JobQueue
  readonly secretKeys: SecretKeys
  register(change?: Partial<WebhookRecord>): Promise<WebhookRecord>
  /** Starts deliveries, and a consumer of info jobs. Both end with the test. */
  work(options?: WorkerOptions): Promise<{ close(): Promise<void> }>
  submit(change?: Partial<Parameters<JobQueue['submit']>[0]>): Promise<string>
}

export function useWebhooks(): WebhookRig {
  let server: DisposableRedis
  let redis: ReturnType<typeof connectRedis>
  let gatewayRedis: ReturnType<typeof connectRedis>
  let receiver: WebhookReceiver
  let jobs: JobQueue
  let outbox: Outbox
  const secretKeys = parseSecretKeys(`k1:${randomBytes(32).toString('base64')}`, 'the test')
  const endings: (() => Promise<unknown>)[] = []

  beforeAll(async () => {
    server = await startRedis()
  })
  beforeEach(async () => {
    redis = connectRedis(server.url, 'worker', () => undefined)
    gatewayRedis = connectRedis(server.url, 'gateway', () => undefined)
    await eventually(() => isReady(redis) && isReady(gatewayRedis))
    await redis.flushall()
    receiver = await startWebhookReceiver()
    outbox = createOutbox(redis, () => undefined)
    const limits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 }
    jobs = createJobQueue(gatewayRedis, { limits, onError: () => undefined })
  })
  afterEach(async () => {
    for (const end of endings.splice(0)) await end()
    await Promise.all([outbox.close(), jobs.close(), receiver.stop()])
    redis.disconnect()
    gatewayRedis.disconnect()
  })
  afterAll(() => server.stop())

  return {
    get redis() {
      return redis
    },
    get receiver() {
      return receiver
    },
    get registry() {
      return createWebhookRegistry(redis)
    },
    get deliveries() {
      return createDeliveryLog(redis)
    },
    get outbox() {
      return outbox
    },
    get jobs() {
      return jobs
    },
    secretKeys,
    async register(change = {}) {
      const events: WebhookEvent[] = ['job_complete', 'job_failed', 'job_cancelled']
      const record: WebhookRecord = {
        id: `wh_${randomBytes(16).toString('hex')}`,
        owner: 'anonymous',
        callbackUrl: receiver.url,
        events,
        createdAt: Date.now(),
        secret: firstSecret(secretKeys),
        status: 'active',
        reason: null,
        statusAt: null,
        deliveredAt: null,
        ...change,
      }
      await createWebhookRegistry(redis).add(record, 100)
      return record
    },
    async work({ waitsMs = [20, 40, 80], act = async () => videoInfo, recordsEnds = true } = {}) {
      const task: Task<'info', VideoInfo> = {
        prepare: act,
        publish: async (_job, info) => info,
        discard: async () => undefined,
      }
      const webhooks = startWebhooks(redis, {
        outbox,
        policy: createTargetPolicy({ allow: parseEgressAllow(`${receiver.target},${receiver.alias}`) }),
        upstream: null,
        secretKeys,
        paths: publicPaths('', ''),
        concurrency: 16,
        waitsMs,
        log: silent,
      })
      const { recordEnd } = outbox
      const consumer = await startConsumer(redis, 'info', task, {
        concurrency: 4,
        timeoutMs: 0,
        log: silent,
        ...(recordsEnds && { recordEnd }),
      })
      let closed: Promise<unknown> | null = null
      const close = async () => {
        closed ??= Promise.all([consumer.close(), webhooks.close()])
        await closed
      }
      endings.push(close)
      return { close }
    },
    async submit(change = {}) {
      const submission = await jobs.submit({
        kind: 'info',
        owner: 'anonymous',
        limitSubject: '192.0.2.1',
        url: 'http://example.com/video',
        options: {},
        requestId: 'request-1',
        retryOf: null,
        ...change,
      })
      if (!submission.accepted) throw new Error(`refused: ${submission.refusal}`)
      return submission.id
    },
  }
}
