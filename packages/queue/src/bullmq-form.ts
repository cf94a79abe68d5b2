/**
 * BullMQ's private form, as far as this package depends on it: names and meanings of fields and keys that BullMQ's own
 * interface does not offer. They stand here and nowhere else; `test/bullmq-form.test.ts` compares each with what the pinned
 * version of BullMQ writes. A new version that changes one of them fails there.
 */

/** A waiting job's score is its priority times this, plus a counter that orders the jobs of one priority. */
const PRIORITY_UNIT = 2 ** 32

/** BullMQ refuses larger priorities. */
export const PRIORITY_MAX = 2 ** 21 - 1

/** The key that exists while a worker holds the job of this record. */
export const lockKey = (record: string): string => `${record}:lock`

/** BullMQ's fields of a job's hash that are read, in the order in which `snapshot.ts` takes them. */
export const JOB_FIELDS = [
  'data',
  'timestamp',
  'processedOn',
  'finishedOn',
  'returnvalue',
  'failedReason',
  'progress',
  // Attempts that have ended.
  'atm',
  'delay',
] as const

/** Is there from the moment that the job is made. */
export const MADE_FIELD = 'timestamp'
/** Is there once the job has ended. */
export const ENDED_FIELD = 'finishedOn'
/** The result as JSON. */
export const RESULT_FIELD = 'returnvalue'
/** Is 0 for a job that was never delayed. */
export const DELAY_FIELD = 'delay'
/** The envelope as JSON. */
export const DATA_FIELD = 'data'
/** The sorted sets of ended jobs; the scores are the times of the ends, in epoch milliseconds. */
export const ENDED_SETS = ['completed', 'failed'] as const

/** The score of a delayed job is its time, and in the last 12 bits a number that keeps the order. */
export const dueTimeOf = (delayedScore: number): number => Math.floor(delayedScore / 2 ** 12)

/** Lua: what the scripts know of a job by the key of its hash, `record`. */
export const JOB_RECORD_LUA = `
local function isMade(record) return redis.call('HEXISTS', record, '${MADE_FIELD}') == 1 end
local function hasEnded(record) return redis.call('HEXISTS', record, '${ENDED_FIELD}') == 1 end
-- The token of the worker that holds the job; false when nobody does.
local function lockHolder(record) return redis.call('GET', record .. ':lock') end
local function isLocked(record) return redis.call('EXISTS', record .. ':lock') == 1 end
local function extendLock(record, ms) return redis.call('PEXPIRE', record .. ':lock', ms) end
local function attemptsEnded(record) return tonumber(redis.call('HGET', record, 'atm') or '0') end
local function writeProgress(record, json) redis.call('HSET', record, 'progress', json) end
local function hasResult(record) return redis.call('HEXISTS', record, '${RESULT_FIELD}') == 1 end
local function resultOf(record) return redis.call('HGET', record, '${RESULT_FIELD}') end
-- False for a job that does not wait for a time.
local function delayedScore(record)
  local queue, id = string.match(record, '^(.*:)([^:]+)$')
  return redis.call('ZSCORE', queue .. 'delayed', id)
end
-- 0 for a job that goes ahead of all others.
local function priorityOf(record) return tonumber(redis.call('HGET', record, 'priority') or '0') end
local function writePriority(record, priority) redis.call('HSET', record, 'priority', priority) end
`

/** Lua: the queue whose keys begin with `prefix`. It wants the functions of `JOB_RECORD_LUA`. */
export const JOB_QUEUE_LUA = `
-- How many jobs a worker could take now.
local function waitingCount(prefix)
  return redis.call('ZCARD', prefix .. 'prioritized') + redis.call('LLEN', prefix .. 'wait')
end

local function lowered(priority, amount) return math.max(1, priority - amount) end

-- Lowers the priority of one job by an amount, but not to 0, where it would run ahead of all others for ever.
local function lowerRecord(record, amount)
  local priority = priorityOf(record)
  if priority > 0 then writePriority(record, lowered(priority, amount)) end
end

local function lowerWaiting(prefix, id, score, amount)
  local priority, turn = math.floor(score / ${PRIORITY_UNIT}), score % ${PRIORITY_UNIT}
  local changed = lowered(priority, amount) * ${PRIORITY_UNIT} + turn
  redis.call('ZADD', prefix .. 'prioritized', string.format('%.0f', changed), id)
end

-- Lowers the priority of every job that has not ended. Their order stays.
local function lowerQueue(prefix, amount)
  local waiting = redis.call('ZRANGE', prefix .. 'prioritized', 0, -1, 'WITHSCORES')
  for at = 1, #waiting, 2 do
    lowerWaiting(prefix, waiting[at], tonumber(waiting[at + 1]), amount)
    lowerRecord(prefix .. waiting[at], amount)
  end
  for _, id in ipairs(redis.call('ZRANGE', prefix .. 'delayed', 0, -1)) do lowerRecord(prefix .. id, amount) end
  for _, list in ipairs({'active', 'wait'}) do
    for _, id in ipairs(redis.call('LRANGE', prefix .. list, 0, -1)) do lowerRecord(prefix .. id, amount) end
  end
end

-- The same for one job.
local function lowerJob(prefix, id, amount)
  lowerRecord(prefix .. id, amount)
  local score = redis.call('ZSCORE', prefix .. 'prioritized', id)
  if score then lowerWaiting(prefix, id, tonumber(score), amount) end
end
`
