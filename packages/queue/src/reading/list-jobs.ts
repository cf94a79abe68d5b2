/** An owner's jobs, newest first, all of them or those that meet a condition; a bounded number of them per page. */
import type { JobKind } from '@video-scraper/contracts'
import { cursorAt, keys, newestFirst, type Page, type TimeSpan } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { kindOf } from '../job-id.ts'
import { createJobFinder } from './job-reader.ts'
import type { JobSnapshot } from './snapshot.ts'

export interface JobPage {
  jobs: JobSnapshot[]
  /** Where the next page begins, or null when there is none. */
  next: string | null
}

/** What the list is narrowed down to. */
export interface JobSearch {
  /** When the job was made; both ends are left out. The list is sorted by it, so this costs nothing. */
  created?: TimeSpan
  /** The id says it, so no other job is read. */
  kind?: JobKind | undefined
  /** Any other condition; every job in question is read for it. */
  matches?: (job: JobSnapshot) => boolean
}

/** How many jobs are read at once, and at most for one page. */
const SEARCHED_AT_ONCE = 500
export const JOBS_SEARCHED_MAX = 1000

/**
 * The list is sorted by the clock of Redis at the admission, and a job says the time at which a gateway made it: that is
 * some seconds later at most, by clocks that may differ. What lies this near to the ends of a span is looked at as well.
 */
const CLOCKS_DIFFER_MS = 60_000

type ListJobs = (owner: string, limit: number, cursor?: string, search?: JobSearch) => Promise<JobPage | null>

/** A job whose id is in the list and whose record is not there, or not any more, is left out. */
export function createJobList(redis: Redis): ListJobs {
  const find = createJobFinder(redis, 'brief')

  /** Those of a page that meet the condition, each with where it stands. */
  async function matching({ members, times }: Page, search: JobSearch) {
    const { kind } = search
    const rows = members.flatMap((member, at) =>
      kind === undefined || kindOf(member) === kind ? [{ member, time: times[at] ?? 0 }] : [],
    )
    const jobs = await Promise.all(rows.map(({ member }) => find(member)))
    return rows.flatMap((place, at) => {
      const job = jobs[at] ?? null
      return job !== null && isWanted(job, search) ? [{ job, place }] : []
    })
  }

  async function plain(key: string, limit: number, cursor: string | undefined): Promise<JobPage | null> {
    const page = await newestFirst(redis, key, limit, cursor)
    return page && pageOf(await matching(page, {}), page.next)
  }

  async function searched(
    key: string,
    limit: number,
    cursor: string | undefined,
    search: JobSearch,
  ): Promise<JobPage | null> {
    const span = widened(search.created ?? {})
    const found: Awaited<ReturnType<typeof matching>> = []
    let next = cursor
    for (let looked = 0; looked < JOBS_SEARCHED_MAX; looked += SEARCHED_AT_ONCE) {
      const page = await newestFirst(redis, key, SEARCHED_AT_ONCE, next, span)
      if (page === null) return null
      found.push(...(await matching(page, search)))
      const last = found[limit - 1]
      // What was found beyond the page is found again behind its last job.
      if (last !== undefined && found.length > limit) return pageOf(found.slice(0, limit), cursorAt(last.place))
      if (page.next === null || found.length === limit) return pageOf(found, page.next)
      next = page.next
    }
    return pageOf(found, next ?? null)
  }

  return (owner, limit, cursor, search = {}) => {
    const isSearch = Object.values(search).some((condition) => condition !== undefined)
    return isSearch ? searched(keys.jobs(owner), limit, cursor, search) : plain(keys.jobs(owner), limit, cursor)
  }
}

const pageOf = (found: readonly { job: JobSnapshot }[], next: string | null): JobPage => ({
  jobs: found.map(({ job }) => job),
  next,
})

function isWanted(job: JobSnapshot, { created = {}, matches }: JobSearch): boolean {
  const { after = Number.NEGATIVE_INFINITY, before = Number.POSITIVE_INFINITY } = created
  return job.createdAt > after && job.createdAt < before && (matches?.(job) ?? true)
}

const widened = ({ after, before }: TimeSpan): TimeSpan => ({
  after: after === undefined ? undefined : after - CLOCKS_DIFFER_MS,
  before: before === undefined ? undefined : before + CLOCKS_DIFFER_MS,
})
