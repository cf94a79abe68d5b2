/** Counts what a new version does with its share of the jobs, and says when there is enough to decide by. */

/** Both are needed for a verdict before the time is over. */
const TRIAL_JOBS_MIN = 30
const TRIAL_SITES_MIN = 3
/** Then fewer jobs are enough, where none of them broke with the new version alone: a service with few jobs gets newer versions, too. */
const TRIAL_LASTS_MS = 24 * 3_600_000
/** A child that was killed for its memory, or one site that answers differently each time, is no fault of a version. */
const WORSE_JOBS_MIN = 3
const WORSE_SITES_MIN = 2
/** Of the names of sites, which clients choose. */
const SITES_MAX = 100

export interface TrialEnd {
  readonly url: string
  /** It ended as `extractor_broken` or `internal_error` with the new version. */
  readonly broken: boolean
  /** So it did with the old one, which was given the same job then. */
  readonly alsoBefore: boolean
}

export interface TrialCounts {
  readonly jobs: number
  readonly sites: number
  readonly broken: number
  /** Of the same jobs, with the version before. */
  readonly brokenBefore: number
}

export interface Trial {
  note(end: TrialEnd): void
  counts(): TrialCounts
  /** Null: not yet. */
  verdict(nowMs: number): 'better' | 'worse' | null
}

/** `since`: when this worker began it, in epoch milliseconds. What it did before that it has not counted. */
export function startTrial(since: number): Trial {
  const sites = new Set<string>()
  /** Where the new version alone broke. */
  const worseSites = new Set<string>()
  let [jobs, broken, brokenBefore] = [0, 0, 0]
  return {
    note(end) {
      const site = siteOf(end.url)
      jobs += 1
      if (sites.size < SITES_MAX) sites.add(site)
      if (!end.broken) return
      broken += 1
      if (end.alsoBefore) brokenBefore += 1
      else if (worseSites.size < SITES_MAX) worseSites.add(site)
    },
    counts: () => ({ jobs, sites: sites.size, broken, brokenBefore }),
    verdict(nowMs) {
      const isEnough = jobs >= TRIAL_JOBS_MIN && sites.size >= TRIAL_SITES_MIN
      if (!isEnough && nowMs - since < TRIAL_LASTS_MS) return null
      const more = broken - brokenBefore
      if (more >= WORSE_JOBS_MIN && worseSites.size >= WORSE_SITES_MIN) return 'worse'
      // Of few jobs one that broke is too many to go by.
      return isEnough || (jobs > 0 && more === 0) ? 'better' : null
    },
  }
}

const siteOf = (url: string): string => {
  const { hostname } = new URL(url)
  return hostname.startsWith('www.') ? hostname.slice(4) : hostname
}
