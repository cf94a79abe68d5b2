/** Which sites rest, for those who say so: status, platforms, metrics. */
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'

export interface SiteRest {
  readonly site: string
  /** Epoch milliseconds. */
  readonly until: number
}

/** The sites that rest now. At most a thousand (`execution/site-turns.ts`); clients have named them. */
export async function readSiteRests(redis: Redis, now: number): Promise<SiteRest[]> {
  const found = await redis.zrangebyscore(keys.siteRests, `(${now}`, '+inf', 'WITHSCORES')
  return found.flatMap((site, at) => (at % 2 === 0 ? [{ site, until: Number(found[at + 1]) }] : []))
}
