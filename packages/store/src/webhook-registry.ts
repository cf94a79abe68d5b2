/** Who wants to be notified: the registrations of webhooks. Their secrets are not here; they are derived from `SECRET_KEYS`. */
import type { WebhookEvent, WebhookReason, WebhookStatus } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'
import { answersOf } from './transaction.ts'

/** Which secret signs: the key that it is derived from, and how often it has been replaced. */
export interface WebhookSecret {
  keyId: string
  version: number
  /** The one before, as long as it is still used beside. `validUntil` in epoch milliseconds. */
  previous: { keyId: string; version: number; validUntil: number } | null
}

/** Times are epoch milliseconds. */
export interface WebhookRecord {
  id: string
  owner: string
  callbackUrl: string
  events: WebhookEvent[]
  createdAt: number
  secret: WebhookSecret
  status: WebhookStatus
  reason: WebhookReason | null
  statusAt: number | null
  /** When its receiver last took a delivery. */
  deliveredAt: number | null
}

export type WebhookChange = Partial<
  Pick<WebhookRecord, 'callbackUrl' | 'events' | 'secret' | 'status' | 'reason' | 'statusAt' | 'deliveredAt'>
>

export interface WebhookRegistry {
  /** False: the owner has `max` of them already. */
  add(record: WebhookRecord, max: number): Promise<boolean>
  find(id: string): Promise<WebhookRecord | null>
  /** Newest first. */
  list(owner: string): Promise<WebhookRecord[]>
  /** Writes only what is given. False: there is no such registration, and none is made. */
  change(id: string, change: WebhookChange): Promise<boolean>
  /** With its log. */
  remove(owner: string, id: string): Promise<void>
}

export function createWebhookRegistry(redis: Redis): WebhookRegistry {
  const addWebhook = bindScript<number>(redis, script('add-webhook'))
  const changeWebhook = bindScript<number>(redis, script('change-webhook'))
  const find = async (id: string) => recordOf(await redis.hgetall(keys.webhook(id)))
  return {
    find,

    async add(record, max) {
      const touched = [keys.webhook(record.id), keys.webhooks(record.owner)]
      return (await addWebhook(touched, [max, record.id, record.createdAt, ...fieldsOf(record)])) === 1
    },

    async list(owner) {
      const ids = await redis.zrevrange(keys.webhooks(owner), 0, -1)
      return (await Promise.all(ids.map(find))).filter((record) => record !== null)
    },

    async change(id, change) {
      return (await changeWebhook([keys.webhook(id)], fieldsOf(change))) === 1
    },

    async remove(owner, id) {
      const log = await redis.zrevrange(keys.deliveries(id), 0, -1)
      const gone = [keys.webhook(id), keys.deliveries(id), keys.deliveriesPending(id), ...log.map(keys.delivery)]
      await answersOf(redis.multi().zrem(keys.webhooks(owner), id).del(gone).exec())
    },
  }
}

/** Each value as JSON, in a field of its own: a change of one does not undo another's that comes at the same time. */
const fieldsOf = (record: object): string[] =>
  Object.entries(record).flatMap(([name, value]) => [name, JSON.stringify(value)])

function recordOf(fields: Record<string, string>): WebhookRecord | null {
  const values = Object.entries(fields).map(([name, text]) => [name, JSON.parse(text)])
  if (values.length === 0) return null
  return Object.fromEntries(values) as WebhookRecord
}
