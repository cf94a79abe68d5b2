/** What became of each event for each receiver. The worker writes it, clients read it. */
import type { DeliveredEvent, DeliveryStatus, DeliveryTarget } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst } from './newest-first.ts'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'

const DAY_MS = 24 * 3_600_000
/** Of one registration, or of one job's callback. */
export const DELIVERIES_KEPT = 1000

/** The log of a job's callback is only found while the job's record is kept, and there may be one for every job. */
const lifetimeMs = ({ target }: DeliveryRecord): number => ('webhookId' in target ? 7 * DAY_MS : DAY_MS)

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
  /** How often it was asked for again; only what was queued for this round is sent. */
  round: number
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
  /**
   * Replaces what is known; a delivery that is no longer pending gives its place among the pending ones free. False: a later
   * round was begun meanwhile, and nothing was written.
   */
  write(record: DeliveryRecord): Promise<boolean>
  /** Begins the next round, to be sent at once, and returns it; null where nothing is known of the delivery any more. */
  beginRound(id: string, now: number): Promise<DeliveryRecord | null>
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
  const beginDelivery = bindScript<number>(redis, script('begin-delivery'))
  const replaceDelivery = bindScript<number>(redis, script('replace-delivery'))

  async function replace(record: DeliveryRecord, seen = ''): Promise<boolean> {
    const { id, webhookId, status, round } = record
    const touched = [keys.delivery(id), keys.deliveriesPending(webhookId)]
    const values = [id, JSON.stringify(record), lifetimeMs(record), status, round, seen]
    return (await replaceDelivery(touched, values)) === 1
  }

  return {
    async begin(record) {
      const { id, webhookId, createdAt, status } = record
      const touched = [keys.delivery(id), keys.deliveries(webhookId), keys.deliveriesPending(webhookId)]
      const text = JSON.stringify(record)
      const rest = [createdAt, status, DELIVERIES_KEPT, keys.delivery('')]
      return (await beginDelivery(touched, [id, text, lifetimeMs(record), ...rest])) === 1
    },

    find: async (id) => parse(await redis.get(keys.delivery(id))),

    write: (record) => replace(record),

    async beginRound(id, now) {
      for (;;) {
        const seen = await redis.get(keys.delivery(id))
        const record = parse(seen)
        if (seen === null || record === null) return null
        const round = record.round + 1
        const next: DeliveryRecord = { ...record, status: 'pending', round, failedInARow: 0, nextAttemptAt: now }
        // An attempt ended in between: it is part of the record from now on.
        if (await replace(next, seen)) return next
      }
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
