/**
 * Remembers keys for a second, so that a busy client costs Redis one read a second and not one per request. Longer would
 * keep a revoked key alive on gateways that did not revoke it themselves.
 */
import type { KeyRecord, KeyStore } from '@video-scraper/store'
import { type AddressTest, addressTest } from '../http/address-ranges.ts'
import { digestIn } from './key-hash.ts'

/** How long a gateway may act on what it has read, in milliseconds: the delay of a change that came from elsewhere. */
const FRESH_MS = 1000
/** Only keys that exist are remembered; with more of them at once, all are read anew. */
const REMEMBERED_MAX = 10_000

/** A key as it is used: its record, and what was prepared of it once. */
export interface KnownKey {
  record: KeyRecord
  digest: Buffer
  /** Of the secret before the last rotation. */
  previous: { digest: Buffer; validUntil: number } | null
  allows: AddressTest
}

export interface KeyCache {
  /** The key if it is remembered, at once. */
  peek(id: string): KnownKey | undefined
  /** Rejects when Redis cannot be asked. */
  find(id: string): Promise<KnownKey | null>
  /** After a change that this gateway made itself. */
  forget(id: string): void
}

interface Remembered {
  readAt: number
  key: Promise<KnownKey | null>
  /** What the reading brought, once it is over. */
  known?: KnownKey
}

export function createKeyCache(store: Pick<KeyStore, 'find'>, now: () => number = () => performance.now()): KeyCache {
  const remembered = new Map<string, Remembered>()

  const read = async (id: string): Promise<KnownKey | null> => {
    const record = await store.find(id)
    return record && prepared(record)
  }
  const fresh = (id: string): Remembered | undefined => {
    const entry = remembered.get(id)
    // Counted from before the reading, so that the second is one.
    return entry !== undefined && now() - entry.readAt < FRESH_MS ? entry : undefined
  }

  return {
    peek: (id) => fresh(id)?.known,

    find(id) {
      // Requests that come while it is being read share the reading.
      const found = fresh(id)
      if (found !== undefined) return found.key
      if (remembered.size >= REMEMBERED_MAX) remembered.clear()
      const entry: Remembered = { readAt: now(), key: read(id) }
      remembered.set(id, entry)
      const drop = () => {
        if (remembered.get(id) === entry) remembered.delete(id)
      }
      entry.key.then((key) => {
        if (key !== null) entry.known = key
        // A key that does not exist may be made in a moment, and a failure is over when Redis is back.
        else drop()
      }, drop)
      return entry.key
    },

    forget: (id) => void remembered.delete(id),
  }
}

const prepared = (record: KeyRecord): KnownKey => ({
  record,
  digest: digestIn(record.hash),
  previous: record.previous && { digest: digestIn(record.previous.hash), validUntil: record.previous.validUntil },
  allows: addressTest(record.allowedAddresses),
})
