/** When a site may be asked: its rate over all workers, and its rest after too many bot checks. */
import type { WaitReason } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { script } from '../scripts.ts'

/** A turn is given at most this long before its time. Jobs without one ask again after it, in the order of the queue. */
const AHEAD_MS = 30_000
/** Sites are names that clients send; so many rest at once. */
const RESTS_MAX = 1000
/** How long a bot check counts. */
const WINDOW_MS = 10 * 60_000

export interface SiteRate {
  /** So many jobs may ask the site … */
  readonly jobs: number
  /** … in so many seconds, in the mean. */
  readonly seconds: number
  /** So many may follow each other at once. */
  readonly burst: number
}

/** `at`: when to ask again, in epoch milliseconds. */
export type SiteTurn = { readonly go: true } | { readonly go: false; readonly reason: WaitReason; readonly at: number }

interface RestRule {
  /** At so many bot checks within ten minutes the site rests; 0: never. */
  readonly after: number
  readonly restMs: number
}

export interface SiteTurns {
  /** Whether a job may ask the site now. A job that may not has its turn kept for it, where the site has a rate. */
  take(site: string, job: string, rate: SiteRate | null): Promise<SiteTurn>
  /** Counts a bot check. Until when the site rests because of it, in epoch milliseconds; null where it does not. */
  botCheck(site: string, job: string, rule: RestRule): Promise<number | null>
}

export function createSiteTurns(redis: Redis): SiteTurns {
  const take = bindScript<[string, string]>(redis, script('take-site-turn'))
  const count = bindScript<string>(redis, script('count-bot-check'))
  return {
    async take(site, job, rate) {
      const everyMs = rate === null ? 0 : Math.max(1, Math.round((rate.seconds * 1000) / rate.jobs))
      const [word, at] = await take(
        [keys.siteRests, keys.siteRate(site), keys.siteTurns(site)],
        [site, job, everyMs, rate?.burst ?? 1, Math.max(AHEAD_MS, everyMs)],
      )
      return word === 'go' ? { go: true } : { go: false, reason: word as WaitReason, at: Number(at) }
    },
    async botCheck(site, job, { after, restMs }) {
      if (after === 0) return null
      const until = await count(
        [keys.siteRests, keys.botChecks(site)],
        [site, job, WINDOW_MS, after, restMs, RESTS_MAX],
      )
      return until === '0' ? null : Number(until)
    },
  }
}
