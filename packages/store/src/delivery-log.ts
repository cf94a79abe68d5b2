/** What became of each event for each receiver. The worker writes it, clients read it. */
import type { DeliveredEvent, DeliveryStatus, DeliveryTarget } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst } from './newest-first.ts'
import { answersOf } from './transaction.ts'

const LIFETIME_MS = 7 * 24 * 3_600_000
const KEPT_PER_WEBHOOK = 1000

/** Times are epoch milliseconds. */
export interface DeliveryAttemptRecord {
  at: number
  latencyMs: number
  responseStatus: number | null
  responseBody: string | null
  error: string | null
}

export interface DeliveryRecord {
  id: string
  /** The registration, or the job whose callback it is. */
  webhookId: string
  event: DeliveredEvent
  /** The job that the event is about; null for a test. */
  subjectId: string | null
  target: DeliveryTarget
  status: DeliveryStatus
  createdAt: number
  attempts: number
  /** How many attempts the current try has behind it: a replay begins anew. */
  failedInARow: number
  nextAttemptAt: number | null
  /** The last ten, newest first. */
  lastAttempts: DeliveryAttemptRecord[]
}

export interface DeliveryLog {
  /** Writes a delivery that is new. False: it was there already, and stays as it is. */
  begin(record: DeliveryRecord): Promise<boolean>
  find(id: string): Promise<DeliveryRecord | null>
  /** Replaces what is known; a delivery that is no longer pending gives its place among the pending ones free. */
  write(record: DeliveryRecord): Promise<void>
  /** How many deliveries of a registration are under way. */
  pending(webhookId: string): Promise<number>
  /** Newest first. Null when `cursor` is not one of ours. */
  list(
    webhookId: string,
    limit: number,
    cursor?: string,
  ): Promise<{ records: DeliveryRecord[]; next: string | null } | null>
}

export function createDeliveryLog(redis: Redis): DeliveryLog {
  return {
    async begin(record) {
      const { id, webhookId, createdAt, status } = record
      const list = keys.deliveries(webhookId)
      const pending = keys.deliveriesPending(webhookId)
      // The lists first: what is in a list without a record is passed over, a record outside of it would be lost.
      const batch = redis
        .multi()
        .zadd(list, createdAt, id)
        .zremrangebyrank(list, 0, -KEPT_PER_WEBHOOK - 1)
      batch.pexpire(list, LIFETIME_MS)
      if (status === 'pending') batch.sadd(pending, id).pexpire(pending, LIFETIME_MS)
      batch.set(keys.delivery(id), JSON.stringify(record), 'PX', LIFETIME_MS, 'NX')
      return (await answersOf(batch.exec())).at(-1) === 'OK'
    },

    find: async (id) => parse(await redis.get(keys.delivery(id))),

    async write(record) {
      const batch = redis.multi().set(keys.delivery(record.id), JSON.stringify(record), 'PX', LIFETIME_MS)
      const pending = keys.deliveriesPending(record.webhookId)
      if (record.status === 'pending') batch.sadd(pending, record.id).pexpire(pending, LIFETIME_MS)
      else batch.srem(pending, record.id)
      await answersOf(batch.exec())
    },

    pending: (webhookId) => redis.scard(keys.deliveriesPending(webhookId)),

    async list(webhookId, limit, cursor) {
      const page = await newestFirst(redis, keys.deliveries(webhookId), limit, cursor)
      if (page === null) return null
      const texts = page.members.length > 0 ? await redis.mget(page.members.map(keys.delivery)) : []
      return { records: texts.map(parse).filter((record) => record !== null), next: page.next }
    },
  }
}

const parse = (text: string | null): DeliveryRecord | null =>
  text === null ? null : (JSON.parse(text) as DeliveryRecord)
