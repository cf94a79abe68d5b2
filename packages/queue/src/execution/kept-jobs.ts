/** How many ended jobs of one client are kept: whoever ends many of them pushes out the records of nobody else. */
import type { JobEnvelope, JobKind } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import { Job, type Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { tellParent } from '../playlist/child-outcome.ts'
import { createEntryTables } from '../playlist/entry-table.ts'
import { createJobFinder } from '../reading/job-reader.ts'
import { script } from '../scripts.ts'

/** One client has at most this share of what all of them may have together (`MAX_KEPT_JOBS`). */
const SHARE_OF_ALL = 10
/** Ended playlists of one client: each has a table of up to some MiB (`playlist/entry-table.ts`), where other records have some KiB. */
const PLAYLISTS_MAX = 50

interface KeptJobsOptions {
  /** Ended jobs per queue and client; 0 for no limit of its own. */
  perClient: number
  /** How long the records are kept, in milliseconds; 0 for ever. */
  lifetimeMs: number
}

/** Counts a job that has ended, and removes the oldest ones of the same client that are too many, from its list as well. */
export type KeepEnded = (job: Job) => Promise<void>

export function createKeptJobs(redis: Redis, worker: Worker, options: KeptJobsOptions): KeepEnded {
  const keep = bindScript<string[]>(redis, script('keep-ended'))
  const tables = createEntryTables(redis, options.lifetimeMs)
  const find = createJobFinder(redis, 'brief')
  return async (job) => {
    const envelope: Partial<JobEnvelope> | null = job.data
    const { owner, limitSubject } = envelope ?? {}
    const kind = worker.name as JobKind
    if (kind === 'playlist') await tables.ended(String(job.id))
    const max = boundOf(kind, options.perClient, keptInAll(job))
    if (max === 0 || typeof owner !== 'string' || typeof limitSubject !== 'string') return
    const kept = keys.keptJobs(kind, limitSubject)
    for (const id of await keep([kept], [String(job.id), max, options.lifetimeMs])) {
      const snapshot = await find(id)
      if (snapshot !== null) await tellParent(tables, snapshot)
      const old = await Job.fromId(worker, id)
      await old?.remove()
      await tables.remove(id)
      await redis.zrem(keys.jobs(owner), id)
    }
  }
}

/** What the gateway said when it made the job; 0 for no limit. */
function keptInAll({ opts: { removeOnComplete } }: Job): number {
  return typeof removeOnComplete === 'object' && 'count' in removeOnComplete ? Number(removeOnComplete.count) : 0
}

/** 0 for no limit. */
function boundOf(kind: JobKind, perClient: number, inAll: number): number {
  const asked = perClient === 0 || inAll === 0 ? perClient : Math.min(perClient, Math.ceil(inAll / SHARE_OF_ALL))
  if (kind !== 'playlist') return asked
  return asked === 0 ? PLAYLISTS_MAX : Math.min(asked, PLAYLISTS_MAX)
}
