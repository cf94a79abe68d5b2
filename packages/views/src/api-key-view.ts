/** An API key as clients and the command line see it. */
import type { ApiKey, IssuedKey } from '@video-scraper/contracts'
import type { KeyRecord } from '@video-scraper/store'
import { instant, instantOrNull } from './times.ts'

interface ShownKey {
  record: KeyRecord
  lastUsedAt: number | null
}

export function apiKeyView({ record, lastUsedAt }: ShownKey, now: number): ApiKey {
  const { previous, limits } = record
  return {
    id: record.id,
    name: record.name,
    status: statusOf(record, now),
    scopes: record.scopes,
    allowed_addresses: record.allowedAddresses,
    limits: {
      requests_per_minute: limits.requestsPerMinute,
      unfinished_downloads: limits.unfinishedDownloads,
      storage_bytes: limits.storageBytes,
    },
    created_at: instant(record.createdAt),
    expires_at: instantOrNull(record.expiresAt),
    revoked_at: instantOrNull(record.revokedAt),
    last_used_at: instantOrNull(lastUsedAt),
    previous_valid_until: previous !== null && now < previous.validUntil ? instant(previous.validUntil) : null,
  }
}

export const issuedKeyView = (fresh: ShownKey & { key: string }, now: number): IssuedKey => ({
  ...apiKeyView(fresh, now),
  key: fresh.key,
})

function statusOf({ revokedAt, expiresAt }: KeyRecord, now: number): ApiKey['status'] {
  if (revokedAt !== null) return 'revoked'
  return expiresAt !== null && expiresAt <= now ? 'expired' : 'active'
}
