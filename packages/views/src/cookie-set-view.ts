/** A cookie set in public: everything but the cookies. */
import type { CookieSetReply } from '@video-scraper/contracts'
import type { CookieSetRecord } from '@video-scraper/store'
import { instant, instantOrNull } from './times.ts'

/** The far end of the dates that everybody can read. */
const LATEST_MS = Date.parse('9999-12-31T23:59:59Z')

export const cookieSetView = (set: CookieSetRecord, now: number): CookieSetReply => ({
  name: set.name,
  domains: set.domains,
  count: set.count,
  earliest_expiry: instantOrNull(set.earliestExpiry === null ? null : Math.min(set.earliestExpiry, LATEST_MS)),
  // No job need find out what the cookies say themselves.
  verdict: set.lastExpiry !== null && set.lastExpiry <= now ? 'expired' : set.verdict,
  created_at: instant(set.createdAt),
  changed_at: instant(set.changedAt),
  last_used_at: instantOrNull(set.lastUsedAt),
})
