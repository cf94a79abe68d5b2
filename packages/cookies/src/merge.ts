/** Brings what sites have changed in a job back into the set that the job was given a copy of. */
import { COOKIES_BYTES_MAX, COOKIES_MAX } from '@video-scraper/contracts'
import { type Static, Type } from 'typebox'
import { Cookie, identityOf } from './cookie.ts'
import { siteOf } from './site-of.ts'

/** One thing that a site did to a cookie. */
export const CookieChange = Type.Union([
  Type.Object({ set: Type.Intersect([Cookie, Type.Object({ changedAt: Type.Integer() })]) }),
  Type.Object({
    removed: Type.Object({ domain: Type.String(), path: Type.String(), name: Type.String() }),
    changedAt: Type.Integer(),
  }),
])
export type CookieChange = Static<typeof CookieChange>

export interface Merged {
  readonly cookies: readonly Cookie[]
  /** Whether a cookie that was there has another value now. */
  readonly isRotated: boolean
  readonly isChanged: boolean
}

/**
 * Several jobs may have had copies of one set: of two values of one cookie the one that a site gave later stands. What does not
 * belong to `site`, comes from the future, or does not fit into a set any more is left out, since a job that was taken over
 * may say anything.
 */
export function merge(
  kept: readonly Cookie[],
  changes: readonly CookieChange[],
  { site, now }: { site: string; now: number },
): Merged {
  const all = new Map(kept.map((cookie) => [identityOf(cookie), cookie]))
  const effects = changes.map((change) => apply(all, change, { site, now }))
  const cookies = [...all.values()]
  // More than a client could have stored.
  if (JSON.stringify(cookies).length > 2 * COOKIES_BYTES_MAX)
    return { cookies: kept, isRotated: false, isChanged: false }
  return {
    cookies,
    isRotated: effects.includes('rotated'),
    isChanged: effects.some((effect) => effect !== 'none'),
  }
}

/** Changes `all` by one change, and says what came of it. */
function apply(
  all: Map<string, Cookie>,
  change: CookieChange,
  { site, now }: { site: string; now: number },
): 'rotated' | 'changed' | 'none' {
  const about = 'set' in change ? change.set : change.removed
  const changedAt = Math.min('set' in change ? change.set.changedAt : change.changedAt, now)
  const key = identityOf(about)
  const there = all.get(key)
  if (siteOf(about.domain) !== site || (there?.changedAt ?? 0) > changedAt) return 'none'
  if ('removed' in change) return all.delete(key) ? 'changed' : 'none'
  if (there === undefined && all.size >= COOKIES_MAX) return 'none'
  if (there?.value === change.set.value && there.expires === change.set.expires) return 'none'
  all.set(key, { ...change.set, changedAt })
  return there !== undefined && there.value !== change.set.value ? 'rotated' : 'changed'
}
