/**
 * How a waiting job stands in Redis: written by us, in the form in which BullMQ's `addPrioritizedJob` writes it. BullMQ's own
 * script takes twice the time (decision record 0021), most of it for options that no job of ours has and for a stream of
 * events that nobody reads. `test/waiting-job.test.ts` compares each key with what `queue.add` of the pinned version makes.
 */

/** BullMQ's counter orders jobs of one priority in the lower 32 bits of the score. */
export const PRIORITY_UNIT = 2 ** 32

/**
 * Lua: `writeJob(record, id, tag, data)` makes a job, `enqueue()` lets those that were made wait and wakes a worker that waits for
 * one; until then there are `waitingCount()` of them. They want `settings.name`, `settings.options`, `now`, the number of wishes
 * as `count`, and BullMQ's `prioritized`, `priorityCounter` and `marker`.
 */
export const WRITE_JOB = `
local options = settings.options
-- Orders the jobs of one priority; a number that a refused wish leaves out is missed by nobody. It is the first write of all, so
-- that a full Redis refuses the script before anything is made.
local turn = redis.call('INCRBY', priorityCounter, count) - count
local waiting = {}
local function waitingCount() return #waiting / 2 end

local function writeJob(record, id, tag, data)
  turn = turn + 1
  options.jobId, options.priority = id, tag
  local fixed = {'name', settings.name, 'data', data, 'opts', cjson.encode(options)}
  redis.call('HSET', record, 'timestamp', now, 'delay', 0, 'priority', tag, unpack(fixed))
  waiting[#waiting + 1] = string.format('%.0f', tag * ${PRIORITY_UNIT} + turn % ${PRIORITY_UNIT})
  waiting[#waiting + 1] = id
end

local function enqueue()
  if #waiting == 0 then return end
  redis.call('ZADD', prioritized, unpack(waiting))
  redis.call('ZADD', marker, 0, '0')
  waiting = {}
end
`

/** Attempts of a job whose failures are retryable; the waits between them are in `core/backoff.ts`. */
const ATTEMPTS = 3

/**
 * What BullMQ needs to know of every job. `keptJobs`: ended jobs of which it keeps the records, per queue and outcome; 0 for
 * all. Ended jobs stay until maintenance removes them (BullMQ's own ages are lazy), unless there are so many that Redis would
 * fill up before. Stack traces are for the log.
 */
export const jobOptions = (keptJobs: number) => ({
  attempts: ATTEMPTS,
  backoff: { type: 'custom' },
  removeOnComplete: keptJobs > 0 ? { count: keptJobs } : false,
  removeOnFail: keptJobs > 0 ? { count: keptJobs } : false,
  stackTraceLimit: 0,
})
