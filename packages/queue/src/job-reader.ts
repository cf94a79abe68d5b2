/** Reads jobs from Redis: all that are asked for in one turn of the event loop travel as one command. */
import type { JobKind } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { kindOf } from './job-id.ts'
import { queueKey } from './queues.ts'
import { bindScript } from './script.ts'
import { type JobSnapshot, RECORD_FIELDS, type StoredJob, snapshotOf } from './snapshot.ts'

/** Redis does nothing else while a script runs; so many take well under a millisecond. */
const JOBS_PER_SCRIPT = 100

// Fields that are missing come as `false` and leave as null, so every row has the same length.
const READ = `
local rows = {}
for at = 1, #KEYS, 3 do
  local row = redis.call('HMGET', KEYS[at], unpack(ARGV))
  row[#row + 1] = redis.call('EXISTS', KEYS[at + 1])
  row[#row + 1] = redis.call('HEXISTS', KEYS[at], 'returnvalue')
  -- The last field is the delay: only a job that has one is looked for among the delayed ones.
  local delay = row[#ARGV]
  row[#row + 1] = delay and delay ~= '0' and redis.call('ZSCORE', KEYS[at + 2], string.match(KEYS[at], '[^:]+$'))
  rows[#rows + 1] = row
end
return rows
`

/** `brief` leaves the results in Redis: a list of jobs shows none, and a hundred of them may be large. */
export type ReadMode = 'whole' | 'brief'

const commands = {
  whole: { name: 'readJobs', fields: RECORD_FIELDS },
  brief: { name: 'readJobsBriefly', fields: RECORD_FIELDS.map((field) => (field === 'returnvalue' ? '-' : field)) },
} as const satisfies Record<ReadMode, { name: string; fields: readonly string[] }>

/** Null when there is no such job. With `brief` its result is always null. */
export type ReadJob = (kind: JobKind, id: string) => Promise<JobSnapshot | null>

interface Batch {
  keys: string[]
  takers: { resolve: (row: StoredJob) => void; reject: (error: unknown) => void }[]
}

/**
 * A command of its own for each job would cost more than everything else that answers a request (measured: half of the
 * processor time of a GET). The lock and the fields are read at one instant, so no job is seen between two states.
 */
export function createJobReader(redis: Redis, mode: ReadMode): ReadJob {
  const { name, fields } = commands[mode]
  const readAll = bindScript<StoredJob[]>(redis, name, READ)
  let open: Batch | null = null

  const send = ({ keys, takers }: Batch) => {
    readAll(keys, [...fields]).then(
      (rows) => {
        for (const [at, { resolve }] of takers.entries()) resolve(rows[at] ?? [])
      },
      (error: unknown) => {
        for (const { reject } of takers) reject(error)
      },
    )
  }
  const batch = (): Batch => {
    if (open !== null && open.takers.length < JOBS_PER_SCRIPT) return open
    const fresh: Batch = { keys: [], takers: [] }
    open = fresh
    setImmediate(() => {
      if (open === fresh) open = null
      send(fresh)
    })
    return fresh
  }
  const row = (key: string, delayed: string) =>
    new Promise<StoredJob>((resolve, reject) => {
      const { keys, takers } = batch()
      keys.push(key, `${key}:lock`, delayed)
      takers.push({ resolve, reject })
    })

  return async (kind, id) => snapshotOf(kind, id, await row(queueKey(kind, id), queueKey(kind, 'delayed')))
}

/** Finds a job by its id alone. Null when there is none, or the text is no id. */
export function createJobFinder(redis: Redis, mode: ReadMode = 'whole'): (id: string) => Promise<JobSnapshot | null> {
  const read = createJobReader(redis, mode)
  return async (id) => {
    const kind = kindOf(id)
    return kind === null ? null : read(kind, id)
  }
}
