/** What an earlier build left in Redis and on disk, given to a Redis and a data folder of this test. */
import { readFileSync } from 'node:fs'
import { cp } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { connectRedis } from '@video-scraper/store'
import {
  eventually,
  type Stack,
  startStack,
  startVideoSite,
  startWebhookReceiver,
  type VideoSite,
  type WebhookReceiver,
} from '@video-scraper/testkit'

const FOLDER = fileURLToPath(new URL('../../upgrade/', import.meta.url))
const readJson = (name: string) => JSON.parse(readFileSync(join(FOLDER, name), 'utf8'))

type Body = Record<string, unknown>

/** What the earlier build answered about it (`e2e/upgrade/leave-behind.mjs`). */
interface Answered {
  readonly secretKeys: string
  readonly keys: Readonly<Record<'good' | 'revoked' | 'before' | 'rotated', { readonly key: string }>>
  /** By what was done with the job. */
  readonly jobs: Readonly<Record<string, string>>
  readonly statuses: Readonly<Record<string, Body>>
  readonly repeats: Readonly<Record<string, { path: string; sent: object; key: string; body: object }>>
  readonly lists: { readonly downloads: Body; readonly jobs: Body }
  readonly webhooks: Readonly<Record<string, Body>>
  readonly callbackSecret: string
}

const answered: Answered = readJson('left-behind/answers.json')
const { good, revoked, before, rotated } = answered.keys

export const leftBehind = {
  answered,
  jobs: answered.jobs,
  keys: { good: good.key, revoked: revoked.key, before: before.key, rotated: rotated.key },
}

export interface UpgradeScene {
  readonly stack: Stack
  readonly site: VideoSite
  readonly receiver: WebhookReceiver
  stop(): Promise<void>
}

/** No process of ours runs yet. Jobs name the site and the receiver, so both listen where they did then. */
export async function restoreLeftBehind(): Promise<UpgradeScene> {
  const { sitePort, receiverPort } = readJson('addresses.json')
  const parts: { stop(): Promise<void> }[] = []
  const started = async <Part extends { stop(): Promise<void> }>(part: Promise<Part>): Promise<Part> => {
    parts.unshift(await part)
    return part
  }
  const stop = async () => {
    for (const part of parts) await part.stop()
  }
  try {
    const site = await started(startVideoSite({ port: sitePort }))
    const receiver = await started(startWebhookReceiver({ port: receiverPort }))
    const stack = await started(
      startStack({
        settings: {
          AUTH: 'api-key',
          SECRET_KEYS: answered.secretKeys,
          EGRESS_ALLOW: `${site.host}:${site.port},${receiver.target}`,
          RETENTION_HOURS: String(100 * 365 * 24),
          WORK_RETENTION_HOURS: '0',
        },
      }),
    )
    await cp(join(FOLDER, 'left-behind/data'), stack.dataDir, { recursive: true })
    await restoreRedis(stack.redis.url)
    return { stack, site, receiver, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

type Connection = ReturnType<typeof connectRedis>

const writers: Readonly<Record<string, (redis: Connection, key: string, value: never) => Promise<unknown>>> = {
  string: (redis, key, value: string) => redis.set(key, value),
  hash: (redis, key, value: Record<string, string>) => redis.hset(key, value),
  list: (redis, key, value: string[]) => redis.rpush(key, ...value),
  set: (redis, key, value: string[]) => redis.sadd(key, ...value),
  zset: (redis, key, value: string[]) => redis.zadd(key, ...pairs(value).flatMap(([member, score]) => [score, member])),
  stream: async (redis, key, value: [string, string[]][]) => {
    for (const [id, fields] of value) await redis.xadd(key, id, ...fields)
  },
}

const pairs = (values: string[]): [string, string][] =>
  values.flatMap((value, at) => (at % 2 === 0 ? [[value, values[at + 1] ?? ''] as [string, string]] : []))

async function restoreRedis(url: string): Promise<void> {
  const redis = connectRedis(url, 'worker', () => undefined)
  try {
    await eventually(() => redis.status === 'ready')
    const contents = Object.entries<{ type: string; ttlMs?: number; value: never }>(readJson('left-behind/redis.json'))
    for (const [key, { type, ttlMs, value }] of contents) {
      await writers[type]?.(redis, key, value)
      if (ttlMs !== undefined) await redis.pexpire(key, ttlMs)
    }
  } finally {
    redis.disconnect()
  }
}
