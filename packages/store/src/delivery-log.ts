/** What became of each event for each receiver. The worker writes it, clients read it. */
import type { DeliveredEvent, DeliveryStatus, DeliveryTarget } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst } from './newest-first.ts'

const DAY_MS = 24 * 3_600_000
const KEPT_PER_WEBHOOK = 1000

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

// Written once: a repetition must not put a delivery that has ended among the pending ones again. Of those that the list
// has no room for, one that is under way stays, and lapses by itself.
const BEGIN = `
if not redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3], 'NX') then return 0 end
redis.call('ZADD', KEYS[2], ARGV[4], ARGV[1])
redis.call('PEXPIRE', KEYS[2], ARGV[3])
if ARGV[5] == 'pending' then
  redis.call('SADD', KEYS[3], ARGV[1])
  redis.call('PEXPIRE', KEYS[3], ARGV[3])
end
for _, old in ipairs(redis.call('ZRANGE', KEYS[2], 0, -1 - tonumber(ARGV[6]))) do
  redis.call('ZREM', KEYS[2], old)
  if redis.call('SISMEMBER', KEYS[3], old) == 0 then redis.call('DEL', ARGV[7] .. old) end
end
return 1
`

// A replay and the end of an attempt meet: whoever read the record first must not undo what the other one wrote. With `seen`
// the record must still be exactly that; without, it must not be of a later round.
const REPLACE = `
local id, text, lifetimeMs, status, round, seen = unpack(ARGV)
local stored = redis.call('GET', KEYS[1])
if seen ~= '' and stored ~= seen then return 0 end
if stored and cjson.decode(stored).round > tonumber(round) then return 0 end
redis.call('SET', KEYS[1], text, 'PX', lifetimeMs)
if status == 'pending' then
  redis.call('SADD', KEYS[2], id)
  redis.call('PEXPIRE', KEYS[2], lifetimeMs)
else
  redis.call('SREM', KEYS[2], id)
end
return 1
`

export function createDeliveryLog(redis: Redis): DeliveryLog {
  async function replace(record: DeliveryRecord, seen = ''): Promise<boolean> {
    const { id, webhookId, status, round } = record
    const touched = [keys.delivery(id), keys.deliveriesPending(webhookId)]
    const values = [id, JSON.stringify(record), lifetimeMs(record), status, round, seen]
    return (await redis.eval(REPLACE, 2, ...touched, ...values)) === 1
  }

  return {
    async begin(record) {
      const { id, webhookId, createdAt, status } = record
      const touched = [keys.delivery(id), keys.deliveries(webhookId), keys.deliveriesPending(webhookId)]
      const text = JSON.stringify(record)
      const rest = [createdAt, status, KEPT_PER_WEBHOOK, keys.delivery('')]
      return (await redis.eval(BEGIN, 3, ...touched, id, text, lifetimeMs(record), ...rest)) === 1
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
