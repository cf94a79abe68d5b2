/** Cookie sets at rest: what may be shown of each, and beside it the sealed cookies, which nothing here can read. */
import type { CookieVerdict } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'
import { answersOf } from './transaction.ts'

/** Nobody has changed or used any set of the owner for so long: then they go, for a session is not kept for ever. */
const LIFETIME_MS = 180 * 86_400_000

/** Times are epoch milliseconds. */
export interface CookieSetRecord {
  owner: string
  name: string
  /** Another one each time that a client stores cookies under this name: a job that began with those before changes nothing of these. */
  id: string
  /** How often it has been written since: no two writings look the same. */
  revision: number
  /** Registrable domains and addresses, sorted. */
  domains: string[]
  count: number
  /** Null: none of the cookies says when it expires. */
  earliestExpiry: number | null
  /** When the last of them expires; null: never, as far as they say. */
  lastExpiry: number | null
  verdict: CookieVerdict
  createdAt: number
  changedAt: number
  lastUsedAt: number | null
}

export interface StoredCookieSet {
  readonly record: CookieSetRecord
  readonly sealed: string
  /** The record as it lies there, which a change names. */
  readonly seen: string
}

export interface CookieSetStore {
  find(owner: string, name: string): Promise<StoredCookieSet | null>
  /** By name. */
  list(owner: string): Promise<CookieSetRecord[]>
  /** Replaces what is there under its name. False: the owner has `max` sets already. */
  put(record: CookieSetRecord, sealed: string, max: number): Promise<boolean>
  /** False: it has been changed since it was read, or deleted. `sealed`: null where it stays. */
  change(stored: StoredCookieSet, record: CookieSetRecord, sealed: string | null): Promise<boolean>
  /** False: there is none. */
  remove(owner: string, name: string): Promise<boolean>
  /** Everybody who has sets. One after the other, as there may be many. */
  owners(): AsyncIterable<string>
}

export function createCookieSetStore(redis: Redis): CookieSetStore {
  const write = bindScript<number>(redis, script('write-cookie-set'))
  const put = async (record: CookieSetRecord, { seen, max, sealed }: { seen: string; max: number; sealed: string }) => {
    const { owner, name } = record
    const touched = [keys.cookieSets(owner), keys.cookieJars(owner), keys.cookieOwners]
    return (await write(touched, [owner, name, seen, max, LIFETIME_MS, JSON.stringify(record), sealed])) === 1
  }
  const list: CookieSetStore['list'] = async (owner) => {
    const records = (await redis.hvals(keys.cookieSets(owner))).map((text) => JSON.parse(text) as CookieSetRecord)
    return records.toSorted((one, other) => (one.name < other.name ? -1 : 1))
  }
  return {
    list,

    async find(owner, name) {
      const reading = redis.multi().hget(keys.cookieSets(owner), name).hget(keys.cookieJars(owner), name)
      const [seen, sealed] = (await answersOf(reading.exec())) as (string | null)[]
      return seen && sealed ? { record: JSON.parse(seen) as CookieSetRecord, sealed, seen } : null
    },

    put: (record, sealed, max) => put(record, { seen: '', max, sealed }),

    change: ({ seen }, record, sealed) => put(record, { seen, max: 0, sealed: sealed ?? '' }),

    async remove(owner, name) {
      const removing = redis.multi().hdel(keys.cookieSets(owner), name).hdel(keys.cookieJars(owner), name)
      const [removed] = await answersOf(removing.exec())
      return removed === 1
    },

    async *owners() {
      for await (const owners of redis.sscanStream(keys.cookieOwners) as AsyncIterable<string[]>) {
        for (const owner of owners) {
          if ((await redis.exists(keys.cookieSets(owner))) === 1) yield owner
          else await redis.srem(keys.cookieOwners, owner)
        }
      }
    },
  }
}
