/** Removes the record of a job that has ended, and every line that leads to it, for a client that wants it gone. */
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { ENDED_FIELD, MADE_FIELD } from '../bullmq-form.ts'
import { tellParent } from '../playlist/child-outcome.ts'
import type { EntryTables } from '../playlist/entry-table.ts'
import { type Queues, queueKey } from '../queues.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'

/** `unended`: a worker has it, or has to come to it first, also where it was cancelled. `missing`: it is gone already. */
export type RemovalAnswer = 'removed' | 'unended' | 'missing'

export type RemoveJob = (
  job: Pick<JobSnapshot, 'kind' | 'id' | 'envelope' | 'state' | 'failure'>,
) => Promise<RemovalAnswer>

/**
 * A job that has ended never goes on, so nothing can come between the look and the removal. The record goes first: an id
 * without one is left out of the list, and a repetition finds no job. Nobody follows it any more: whoever did has heard the end.
 */
export function createRemoval(redis: Redis, queues: Queues, tables: EntryTables): RemoveJob {
  return async (job) => {
    const { kind, id } = job
    const { owner, limitSubject } = job.envelope
    const [made, ended] = await redis.hmget(queueKey(kind, id), MADE_FIELD, ENDED_FIELD)
    if (!made) return 'missing'
    // A worker still holds what was cancelled, or has to drain it: it would write into a record that is gone.
    if (!ended) return 'unended'
    await tellParent(tables, job)
    await queues[kind].remove(id)
    await tables.remove(id)
    await redis.multi().zrem(keys.jobs(owner), id).zrem(keys.keptJobs(kind, limitSubject), id).exec()
    return 'removed'
  }
}
