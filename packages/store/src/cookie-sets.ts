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

/** What may be shown of a set, without its cookies. */
export interface SeenCookieSet {
  readonly record: CookieSetRecord
  /** The record as it lies there, which a change names. */
  readonly seen: string
}

interface StoredCookieSet extends SeenCookieSet {
  readonly sealed: string
}

interface CookieSetChange {
  readonly record: CookieSetRecord
  /** Null where it stays. */
  readonly sealed: string | null
  /** Whether the sets of the owner are kept longer for it. */
  readonly renews: boolean
}

export interface CookieSetStore {
  find(owner: string, name: string): Promise<StoredCookieSet | null>
  /** The same without the sealed cookies, which may be half a megabyte. */
  findRecord(owner: string, name: string): Promise<SeenCookieSet | null>
  /** By name. */
  list(owner: string): Promise<CookieSetRecord[]>
  /** Replaces what is there under its name. False: the owner has `max` sets already. */
  put(record: CookieSetRecord, sealed: string, max: number): Promise<boolean>
  /** False: it has been changed since it was read, or deleted. */
  change(seen: SeenCookieSet, change: CookieSetChange): Promise<boolean>
  /** False: there is none. */
  remove(owner: string, name: string): Promise<boolean>
  /** Everybody who has sets. One after the other, as there may be many. */
  owners(): AsyncIterable<string>
}

export function createCookieSetStore(redis: Redis): CookieSetStore {
  const write = bindScript<number>(redis, script('write-cookie-set'))
  const forget = bindScript<number>(redis, script('forget-cookie-owner'))
  const put = async ({ record, sealed, renews }: CookieSetChange, { seen, max }: { seen: string; max: number }) => {
    const { owner, name } = record
    const touched = [keys.cookieSets(owner), keys.cookieJars(owner), keys.cookieOwners]
    const lifetime = renews ? LIFETIME_MS : 0
    return (await write(touched, [owner, name, seen, max, lifetime, JSON.stringify(record), sealed ?? ''])) === 1
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

    async findRecord(owner, name) {
      const seen = await redis.hget(keys.cookieSets(owner), name)
      return seen === null ? null : { record: JSON.parse(seen) as CookieSetRecord, seen }
    },

    put: (record, sealed, max) => put({ record, sealed, renews: true }, { seen: '', max }),

    change: ({ seen }, change) => put(change, { seen, max: 0 }),

    async remove(owner, name) {
      const removing = redis.multi().hdel(keys.cookieSets(owner), name).hdel(keys.cookieJars(owner), name)
      const [removed] = await answersOf(removing.exec())
      return removed === 1
    },

    async *owners() {
      for await (const owners of redis.sscanStream(keys.cookieOwners) as AsyncIterable<string[]>) {
        for (const owner of owners) {
          if ((await forget([keys.cookieSets(owner), keys.cookieOwners], [owner])) === 0) yield owner
        }
      }
    },
  }
}
