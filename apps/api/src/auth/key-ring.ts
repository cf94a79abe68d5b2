/** Everything that is done with keys, for the admin endpoints and for the command line alike. */
import type { CreateKeyBody, KeyLimits, UpdateKeyBody } from '@video-scraper/contracts'
import type { KeyRecord, KeyStore, OwnLimits } from '@video-scraper/store'
import { isAddressRange } from '../http/address-ranges.ts'
import { invalidRequest, keyNotFound, RequestError } from '../http/errors.ts'
import { hashOf } from './key-hash.ts'
import { newKeyId, newKeyText } from './key-text.ts'

/** How long the secret before a rotation is accepted, in seconds: a day to tell everybody, a month at most. */
export const GRACE_SECONDS_DEFAULT = 86_400
export const GRACE_SECONDS_MAX = 30 * 86_400

/** A record with the time at which its key was last used, or null. */
export interface ShownKey {
  record: KeyRecord
  lastUsedAt: number | null
}

/** The key's text is nowhere else. */
export interface FreshKey extends ShownKey {
  key: string
}

/** Ids that lead nowhere are 404 `not_found`; changing a revoked key is 409 `key_revoked`. */
export interface KeyRing {
  create(body: CreateKeyBody): Promise<FreshKey>
  /** Null when `cursor` is not one of ours. */
  list(limit: number, cursor?: string): Promise<{ keys: ShownKey[]; next: string | null } | null>
  find(id: string): Promise<ShownKey>
  update(id: string, change: UpdateKeyBody): Promise<ShownKey>
  /** A new secret for the same key; the one before is accepted for `graceMs` more, and the one before that no longer. */
  rotate(id: string, graceMs: number): Promise<FreshKey>
  /** For ever. Revoking again changes nothing. */
  revoke(id: string): Promise<ShownKey>
}

interface KeyRingOptions {
  store: KeyStore
  now(): number
  /** Called after each change of an existing key. */
  changed?: (id: string) => void
}

const DEFAULT_LIMITS: OwnLimits = { requestsPerMinute: null, unfinishedDownloads: null, storageBytes: null }

export function createKeyRing({ store, now, changed = () => undefined }: KeyRingOptions): KeyRing {
  const shown = async (record: KeyRecord): Promise<ShownKey> => {
    const [lastUsedAt = null] = await store.lastUses([record.id])
    return { record, lastUsedAt }
  }
  const change = async (id: string, edit: (record: KeyRecord) => KeyRecord) => {
    const record = await store.change(id, edit)
    if (record === null) throw keyNotFound()
    changed(id)
    return shown(record)
  }

  return {
    async create({ name, scopes, expires_at, allowed_addresses = [], limits = {} }) {
      const id = newKeyId()
      const key = newKeyText(id)
      const record: KeyRecord = {
        id,
        name,
        scopes,
        hash: hashOf(key),
        previous: null,
        allowedAddresses: acceptedAddresses(allowed_addresses),
        limits: { ...DEFAULT_LIMITS, ...stored(limits) },
        createdAt: now(),
        expiresAt: acceptedExpiry(expires_at ?? null, now()),
        revokedAt: null,
      }
      await store.add(record)
      return { record, key, lastUsedAt: null }
    },

    async list(limit, cursor) {
      const page = await store.list(limit, cursor)
      if (page === null) return null
      const uses = await store.lastUses(page.records.map(({ id }) => id))
      return { keys: page.records.map((record, at) => ({ record, lastUsedAt: uses[at] ?? null })), next: page.next }
    },

    async find(id) {
      const record = await store.find(id)
      if (record === null) throw keyNotFound()
      return shown(record)
    },

    async update(id, { name, scopes, expires_at, allowed_addresses, limits = {} }) {
      const changes: Partial<KeyRecord> = {
        ...(name === undefined ? {} : { name }),
        ...(scopes === undefined ? {} : { scopes }),
        ...(expires_at === undefined ? {} : { expiresAt: acceptedExpiry(expires_at, now()) }),
        ...(allowed_addresses === undefined ? {} : { allowedAddresses: acceptedAddresses(allowed_addresses) }),
      }
      return change(id, (record) => ({
        ...valid(record),
        ...changes,
        limits: { ...record.limits, ...stored(limits) },
      }))
    },

    async rotate(id, graceMs) {
      const key = newKeyText(id)
      const hash = hashOf(key)
      const rotated = await change(id, (record) => ({
        ...valid(record),
        hash,
        previous: graceMs > 0 ? { hash: record.hash, validUntil: now() + graceMs } : null,
      }))
      return { ...rotated, key }
    },

    revoke: (id) => change(id, (record) => ({ ...record, revokedAt: record.revokedAt ?? now() })),
  }
}

function valid(record: KeyRecord): KeyRecord {
  if (record.revokedAt !== null) throw new RequestError('key_revoked')
  return record
}

/** Only the limits that are named; null is a value. */
function stored({ requests_per_minute, unfinished_downloads, storage_bytes }: Partial<KeyLimits>): Partial<OwnLimits> {
  return {
    ...(requests_per_minute === undefined ? {} : { requestsPerMinute: requests_per_minute }),
    ...(unfinished_downloads === undefined ? {} : { unfinishedDownloads: unfinished_downloads }),
    ...(storage_bytes === undefined ? {} : { storageBytes: storage_bytes }),
  }
}

function acceptedAddresses(ranges: string[]): string[] {
  const wrong = ranges.findIndex((range) => !isAddressRange(range))
  if (wrong < 0) return ranges
  const message = 'must be an address, or a CIDR such as 10.0.0.0/8'
  throw invalidRequest([{ field: `/allowed_addresses/${wrong}`, message }])
}

const RFC_3339 = /^\d{4}-\d\d-\d\d[Tt ]\d\d:\d\d:\d\d(\.\d+)?([Zz]|[+-]\d\d:\d\d)$/

function acceptedExpiry(text: string | null, now: number): number | null {
  if (text === null) return null
  const time = RFC_3339.test(text) ? Date.parse(text) : Number.NaN
  if (time > now) return time
  const message = Number.isNaN(time) ? 'must be a time such as 2027-05-01T00:00:00Z' : 'must lie in the future'
  throw invalidRequest([{ field: '/expires_at', message }])
}
