/**
 * Remembers keys for a second, so that a busy client costs Redis one read a second and not one per request. Longer would
 * keep a revoked key alive on gateways that did not revoke it themselves.
 */
import type { KeyRecord, KeyStore } from '@video-scraper/store'
import { addressTest } from './address-ranges.ts'

/** How long a gateway may act on what it has read, in milliseconds: the delay of a change that came from elsewhere. */
const FRESH_MS = 1000
/** Only keys that exist are remembered; with more of them at once, all are read anew. */
const REMEMBERED_MAX = 10_000

/** A key as it is used: its record, and what was prepared of it once. */
export interface KnownKey {
  record: KeyRecord
  allows(address: string | null): boolean
}

export interface KeyCache {
  /** Rejects when Redis cannot be asked. */
  find(id: string): Promise<KnownKey | null>
  /** After a change that this gateway made itself. */
  forget(id: string): void
}

interface Remembered {
  readAt: number
  key: Promise<KnownKey | null>
}

export function createKeyCache(store: Pick<KeyStore, 'find'>, now: () => number = () => performance.now()): KeyCache {
  const remembered = new Map<string, Remembered>()

  const read = async (id: string): Promise<KnownKey | null> => {
    const record = await store.find(id)
    return record && { record, allows: addressTest(record.allowedAddresses) }
  }

  return {
    find(id) {
      const known = remembered.get(id)
      // Counted from before the reading, so that the second is one. Requests of that time share one read.
      if (known !== undefined && now() - known.readAt < FRESH_MS) return known.key
      if (remembered.size >= REMEMBERED_MAX) remembered.clear()
      const entry = { readAt: now(), key: read(id) }
      remembered.set(id, entry)
      const drop = () => {
        if (remembered.get(id) === entry) remembered.delete(id)
      }
      // A key that does not exist may be made in a moment, and a failure is over when Redis is back.
      entry.key.then((key) => key === null && drop(), drop)
      return entry.key
    },
    forget: (id) => void remembered.delete(id),
  }
}
