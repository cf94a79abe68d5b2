/**
 * Whose job is next: start-time fair queueing. The smallest tag is started next (BullMQ's `priority`), and the queue's clock
 * is the tag last started. A job's tag is two more than its client's last one, which is a whole turn, but at least one more
 * than the clock: half a turn, so that a client's first job starts before the next of any that is being served. An attempt
 * that is tried again takes a new tag, as a new job would: otherwise who fails three times is served three times. Tags never
 * exceed BullMQ's largest priority: everything is moved down before.
 *
 * A job whose answer is at hand costs a worker milliseconds, so it is charged an eighth of a turn, on an account of its own
 * that begins a turn before the clock: it stands before everybody's jobs, whatever else its client has waiting. A client
 * that sends many of them has used up its lead after eight, and from then on gets eight of them for each job of others. The
 * rate limit counts them like all jobs.
 */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { JOB_RECORD_LUA, PRIORITY_MAX } from './bullmq-form.ts'
import { queueKey } from './queues.ts'
import { bindScript } from './script.ts'

/** A tag is BullMQ's priority. */
export const TAG_MAX = PRIORITY_MAX

/**
 * Lua: `takeTag(client, isAtHand)` charges the client and returns the tag of its next job. It wants `tags`, `clock`, `lowerings`,
 * `prefix`, `tagMax` and the functions of `JOB_QUEUE_LUA`.
 */
export const TAKE_TAG = `
local TURN = 2
local virtual = tonumber(redis.call('GET', clock) or '0')

-- Moves all tags of the queue down by the clock, and the clock to 0. Jobs that are admitted and not yet made are lowered when
-- they are made (add-job.ts), by what was added to the lowerings meanwhile.
local function lowerAll()
  lowerQueue(prefix, virtual)
  local clients = redis.call('ZRANGE', tags, 0, -1, 'WITHSCORES')
  for at = 1, #clients, 2 do
    redis.call('ZADD', tags, math.max(0, tonumber(clients[at + 1]) - virtual), clients[at])
  end
  redis.call('INCRBY', lowerings, virtual)
  redis.call('SET', clock, 0)
  virtual = 0
end

local function takeTag(client, isAtHand)
  local account, cost, start = client, TURN, TURN / 2
  if isAtHand then account, cost, start = client .. ' at hand', TURN / 8, TURN / 8 - TURN end
  local last = tonumber(redis.call('ZSCORE', tags, account) or '-100')
  local tag = math.max(last + cost, virtual + start)
  if tag > tagMax and virtual > 0 then
    last = last - virtual
    lowerAll()
    tag = math.max(last + cost, start)
  end
  tag = math.min(tag, tagMax)
  redis.call('ZADD', tags, tag, account)
  -- Jobs of priority 0 would run ahead of all others, for ever.
  return math.max(1, math.floor(tag))
end
`

// The tag is read here and not passed in, since it may have been moved down after the worker read the job.
const START = `${JOB_RECORD_LUA}
local virtual = tonumber(redis.call('GET', KEYS[1]) or '0')
local tag = priorityOf(KEYS[3])
if tag > virtual then
  redis.call('SET', KEYS[1], tag)
  -- Two more than these is no later than one more than the clock, so nothing is lost with them.
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tag - 1)
end
-- A cancelled job has no tag: it is only cleared away, and tells nothing of how fast the queue is.
if tag > 0 then
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  local seen = redis.call('HMGET', KEYS[4], 'mean', 'last')
  if seen[2] then
    local step = now - tonumber(seen[2])
    redis.call('HSET', KEYS[4], 'mean', seen[1] and tonumber(seen[1]) * 0.8 + step * 0.2 or step)
  end
  redis.call('HSET', KEYS[4], 'last', now)
end
return 1
`

const RETRY = `${JOB_RECORD_LUA}
-- A job that another worker has taken meanwhile has its tag from there.
if lockHolder(KEYS[3]) ~= ARGV[3] then return 0 end
local last = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[1]) or '-1')
local virtual = tonumber(redis.call('GET', KEYS[1]) or '0')
local tag = math.min(math.max(last + 2, virtual + 1), tonumber(ARGV[2]))
redis.call('ZADD', KEYS[2], tag, ARGV[1])
writePriority(KEYS[3], tag)
return tag
`

/** The worker's side: the gateway gives tags with the admission. */
export interface FairOrder {
  /** Moves the queue's clock to the tag of the job that is being started, and notes the pace of the queue. */
  started(kind: JobKind, id: string): Promise<void>
  /** Gives a job that will be tried again its new place in the fair order, while the lock is still `token`'s. */
  retried(kind: JobKind, limitSubject: string, id: string, token: string): Promise<void>
}

export function createFairOrder(redis: Redis): FairOrder {
  const start = bindScript<number>(redis, 'startTag', START)
  const retry = bindScript<number>(redis, 'retryTag', RETRY)
  return {
    async started(kind, id) {
      await start([keys.fairClock(kind), keys.fairTags(kind), queueKey(kind, id), keys.pace(kind)], [])
    },
    async retried(kind, limitSubject, id, token) {
      await retry([keys.fairClock(kind), keys.fairTags(kind), queueKey(kind, id)], [limitSubject, TAG_MAX, token])
    },
  }
}
