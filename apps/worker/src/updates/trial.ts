/** Counts what a new version does with its share of the jobs, and says when there is enough to decide by. */

/** Both are needed for a verdict before the time is over. */
const TRIAL_JOBS_MIN = 30
const TRIAL_SITES_MIN = 3
/** Then what there is decides: a service with few jobs gets newer versions, too. */
const TRIAL_LASTS_MS = 24 * 3_600_000
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

/** `since`: when the trial began, in epoch milliseconds. */
export function startTrial(since: number): Trial {
  const sites = new Set<string>()
  let [jobs, broken, brokenBefore] = [0, 0, 0]
  return {
    note(end) {
      jobs += 1
      if (sites.size < SITES_MAX) sites.add(siteOf(end.url))
      if (end.broken) broken += 1
      if (end.broken && end.alsoBefore) brokenBefore += 1
    },
    counts: () => ({ jobs, sites: sites.size, broken, brokenBefore }),
    verdict(nowMs) {
      const isEnough = jobs >= TRIAL_JOBS_MIN && sites.size >= TRIAL_SITES_MIN
      if (!isEnough && nowMs - since < TRIAL_LASTS_MS) return null
      return broken > brokenBefore ? 'worse' : 'better'
    },
  }
}

const siteOf = (url: string): string => {
  const { hostname } = new URL(url)
  return hostname.startsWith('www.') ? hostname.slice(4) : hostname
}
