/** Reads jobs from Redis: those that are asked for in one turn of the event loop travel together. */
import type { JobKind } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { DELAY_FIELD, JOB_RECORD_LUA, RESULT_FIELD } from './bullmq-form.ts'
import { kindOf } from './job-id.ts'
import { queueKey } from './queues.ts'
import { readTogether } from './read-together.ts'
import { bindScript } from './script.ts'
import { type JobSnapshot, RECORD_FIELDS, type StoredJob, snapshotOf } from './snapshot.ts'

const positionOf = (field: (typeof RECORD_FIELDS)[number]) => RECORD_FIELDS.indexOf(field) + 1

/** Fields that are missing come as `false` and leave as null, so every row has the same length. */
const readScript = (fields: readonly string[]) => `${JOB_RECORD_LUA}
local rows = {}
for at, record in ipairs(KEYS) do
  local row = redis.call('HMGET', record, ${fields.map((field) => `'${field}'`).join(', ')})
  -- The result of a download is a few lines, and a list shows the name of its file.
  if string.find(record, ':download:', 1, true) then row[${positionOf(RESULT_FIELD)}] = resultOf(record) end
  local delay = row[${positionOf(DELAY_FIELD)}]
  row[#row + 1] = isLocked(record) and 1 or 0
  row[#row + 1] = hasResult(record) and 1 or 0
  -- Only a job that has a delay is looked for among the delayed ones.
  if delay and delay ~= '0' then row[#row + 1] = delayedScore(record) end
  rows[at] = row
end
return rows
`

/** `brief` leaves the results of info jobs in Redis: a list of jobs shows none, and a hundred of them may be large. */
export type ReadMode = 'whole' | 'brief'

const commands = {
  whole: { name: 'readJobs', fields: RECORD_FIELDS },
  brief: { name: 'readJobsBriefly', fields: RECORD_FIELDS.map((field) => (field === RESULT_FIELD ? '-' : field)) },
} as const satisfies Record<ReadMode, { name: string; fields: readonly string[] }>

/** Null when there is no such job. With `brief` the result of an info job is always null. */
export type ReadJob = (kind: JobKind, id: string) => Promise<JobSnapshot | null>

/** The lock and the fields are read at one instant, so no job is seen between two states. */
export function createJobReader(redis: Redis, mode: ReadMode): ReadJob {
  const { name, fields } = commands[mode]
  const readAll = bindScript<StoredJob[]>(redis, name, readScript(fields))
  const row = readTogether((records: string[]) => readAll(records, []))
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
