/** Reads jobs from Redis: those that are asked for in one turn of the event loop travel together. */
import type { JobKind } from '@video-scraper/contracts'
import { bindScript } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { DELAY_FIELD, RESULT_FIELD } from '../bullmq-form.ts'
import { kindOf } from '../job-id.ts'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'
import { readTogether } from './read-together.ts'
import { type JobSnapshot, RECORD_FIELDS, type StoredJob, snapshotOf } from './snapshot.ts'

/** `brief` leaves the results of info jobs in Redis, and of downloads all files but the first: a list of jobs shows no more, and a hundred of them may be large. */
export type ReadMode = 'whole' | 'brief'

/** Null when there is no such job. With `brief` the result of an info job is always null, and a download has one file. */
export type ReadJob = (kind: JobKind, id: string) => Promise<JobSnapshot | null>

/** Lua counts from one. */
const positionOf = (field: (typeof RECORD_FIELDS)[number]) => RECORD_FIELDS.indexOf(field) + 1

/** The lock and the fields are read at one instant, so no job is seen between two states. */
export function createJobReader(redis: Redis, mode: ReadMode): ReadJob {
  const read = bindScript<StoredJob[]>(redis, script('read-jobs'))
  const args = [positionOf(RESULT_FIELD), positionOf(DELAY_FIELD), mode === 'brief' ? 1 : 0, ...RECORD_FIELDS]
  const row = readTogether((records: string[]) => read(records, args))
  return async (kind, id) => snapshotOf(kind, id, await row(queueKey(kind, id)))
}

/** Finds a job by its id alone. Null when there is none, or the text is no id. */
export function createJobFinder(redis: Redis, mode: ReadMode = 'whole'): (id: string) => Promise<JobSnapshot | null> {
  const read = createJobReader(redis, mode)
  return (id) => {
    const kind = kindOf(id)
    return kind === null ? Promise.resolve(null) : read(kind, id)
  }
}
