/** API keys at rest: one record each, without any secret but its hash, and when each was last used. */
import type { KeyScope } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst } from './newest-first.ts'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'

/** Limits of one key; null is the default of the service, 0 is no limit. */
export interface OwnLimits {
  requestsPerMinute: number | null
  unfinishedDownloads: number | null
  storageBytes: number | null
}

/** Times are epoch milliseconds. */
export interface KeyRecord {
  id: string
  name: string
  scopes: KeyScope[]
  /** SHA-256 of the whole key, 64 hexadecimal digits. */
  hash: string
  /** The hash before the last rotation, and until when it counts. */
  previous: { hash: string; validUntil: number } | null
  /** Addresses and CIDRs; empty for anywhere. */
  allowedAddresses: string[]
  limits: OwnLimits
  createdAt: number
  /** Null: never. */
  expiresAt: number | null
  /** Null: it is not revoked. A revoked key's record stays, so that its id can be explained. */
  revokedAt: number | null
}

export interface KeyPage {
  records: KeyRecord[]
  /** Where the next page begins, or null when there is none. */
  next: string | null
}

export interface KeyStore {
  add(record: KeyRecord): Promise<void>
  find(id: string): Promise<KeyRecord | null>
  /** Newest first. Null when `cursor` is not one of ours. */
  list(limit: number, cursor?: string): Promise<KeyPage | null>
  /** Replaces a record by what `edit` makes of it; of two edits at once the second sees the first. Null: no such key. */
  change(id: string, edit: (record: KeyRecord) => KeyRecord): Promise<KeyRecord | null>
  noteUse(id: string, at: number): Promise<void>
  /** Null for a key that was never used. */
  lastUses(ids: string[]): Promise<(number | null)[]>
}

export function createKeyStore(redis: Redis): KeyStore {
  const replace = bindScript<number>(redis, script('replace-api-key'))
  return {
    async add(record) {
      const batch = redis.multi().set(keys.apiKey(record.id), JSON.stringify(record))
      const results = await batch.zadd(keys.apiKeys, record.createdAt, record.id).exec()
      const failed = results?.find(([error]) => error)?.[0]
      if (!results || failed) throw failed ?? new Error('The transaction was aborted.')
    },

    find: async (id) => parse(await redis.get(keys.apiKey(id))),

    async list(limit, cursor) {
      const page = await newestFirst(redis, keys.apiKeys, limit, cursor)
      if (page === null) return null
      const texts = page.members.length > 0 ? await redis.mget(page.members.map(keys.apiKey)) : []
      return { records: texts.map(parse).filter((record) => record !== null), next: page.next }
    },

    async change(id, edit) {
      for (;;) {
        const text = await redis.get(keys.apiKey(id))
        const record = parse(text)
        if (text === null || record === null) return null
        const changed = edit(record)
        if ((await replace([keys.apiKey(id)], [text, JSON.stringify(changed)])) === 1) return changed
      }
    },

    async noteUse(id, at) {
      await redis.hset(keys.apiKeyUses, id, at)
    },

    async lastUses(ids) {
      if (ids.length === 0) return []
      const times = await redis.hmget(keys.apiKeyUses, ...ids)
      return times.map((time) => (time === null ? null : Number(time)))
    },
  }
}

const parse = (text: string | null): KeyRecord | null => (text === null ? null : (JSON.parse(text) as KeyRecord))
