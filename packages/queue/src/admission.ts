/**
 * The door of the queue: limits, the client's place among its downloads, the fair tag and the entry in the list of jobs,
 * in one script before the job itself is added.
 *
 * Fair order is start-time fair queueing. The smallest tag is started next (BullMQ's `priority`), and the queue's clock is the
 * tag last started. A job's tag is two more than its client's last one, which is a whole turn, but at least one more than
 * the clock: half a turn, so that a client's first job starts before the next of any that is being served. An attempt that is
 * tried again takes a new tag, as a new job would: otherwise who fails three times is served three times. Tags never reach
 * BullMQ's largest priority: everything is moved down before.
 *
 * A job whose answer is at hand costs a worker milliseconds, so it is charged an eighth of a turn, on an account of its own
 * that begins a turn before the clock: it stands before everybody's jobs, whatever else its client has waiting. A client
 * that sends many of them has used up its lead after eight, and from then on gets eight of them for each job of others. The
 * rate limit counts them like all jobs.
 */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { bindScript } from './script.ts'

/** BullMQ keeps priorities up to 2^21. */
const TAG_MAX = 2_097_000

/** How long a refused client is asked to wait while nothing has ever been started. */
const UNKNOWN_WAIT_MS = 15_000
/** What a job costs whose answer is at hand, in tags. */
const AT_HAND_COST = 2 / 8

/** A place whose job does not exist is somebody's POST on its way for this long; later it is a leak. */
const PLACE_GRACE_MS = 10_000

const ADMIT = `
local places, jobs, tags, clock = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prioritized, wait, delayed, active = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local id, prefix, client = ARGV[1], ARGV[2], ARGV[3]
local placesMax, queueMax, tagMax = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local graceMs, lifetimeMs = tonumber(ARGV[7]), tonumber(ARGV[8])
local unfinished, pace, waitingMax, unknownMs = KEYS[9], KEYS[10], tonumber(ARGV[9]), tonumber(ARGV[10])
-- What a job adds to its client's last tag, and where it stands to the clock at the earliest.
local cost, start = 2, 1
if KEYS[11] and redis.call('EXISTS', KEYS[11]) == 1 then
  cost, client = tonumber(ARGV[11]), client .. ' at hand'
  start = cost - 2
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

-- An estimate from what was seen: the mean time between two starts, or the time since the last one when that is longer.
local function untilNext()
  local seen = redis.call('HMGET', pace, 'mean', 'last')
  if not seen[2] then return unknownMs end
  return math.floor(math.max(tonumber(seen[1] or '0'), now - tonumber(seen[2])))
end
-- Clients that have jobs waiting take turns.
local function untilOwnTurn() return untilNext() * math.max(1, redis.call('ZCARD', tags)) end

-- A wish that is repeated brings the id of a job that is there already, or whose place is already taken.
if redis.call('EXISTS', prefix .. id) == 1 then
  return {'admitted', tonumber(redis.call('HGET', prefix .. id, 'priority') or '1'), 0}
end

if queueMax > 0 and redis.call('ZCARD', prioritized) + redis.call('LLEN', wait) >= queueMax then
  return {'queue_full', 0, untilNext()}
end

-- Drops what has ended from a set of unfinished jobs; returns how many of the others are running.
local function heal(set)
  local running = 0
  local members = redis.call('ZRANGE', set, 0, -1, 'WITHSCORES')
  for at = 1, #members, 2 do
    local job = prefix .. members[at]
    local facts = redis.call('HMGET', job, 'timestamp', 'finishedOn', 'verdict')
    local missing = not facts[1] and now - tonumber(members[at + 1]) > graceMs
    if missing or facts[2] or facts[3] == 'cancelled' then redis.call('ZREM', set, members[at])
    elseif redis.call('EXISTS', job .. ':lock') == 1 then running = running + 1 end
  end
  return running
end

if placesMax > 0 and not redis.call('ZSCORE', places, id) then
  if redis.call('ZCARD', places) >= placesMax then heal(places) end
  if redis.call('ZCARD', places) >= placesMax then return {'too_many_downloads', 0, untilOwnTurn()} end
end
if waitingMax > 0 and not redis.call('ZSCORE', unfinished, id) then
  -- Who has fewer unfinished jobs has fewer waiting ones; only near the limit each is looked at.
  local running = redis.call('ZCARD', unfinished) >= waitingMax and heal(unfinished) or 0
  if redis.call('ZCARD', unfinished) - running >= waitingMax then return {'too_many_waiting_jobs', 0, untilOwnTurn()} end
end
if placesMax > 0 then redis.call('ZADD', places, now, id) end
if waitingMax > 0 then
  redis.call('ZADD', unfinished, now, id)
  if lifetimeMs > 0 then redis.call('PEXPIRE', unfinished, lifetimeMs) end
end

local last = tonumber(redis.call('ZSCORE', tags, client) or '-100')
local virtual = tonumber(redis.call('GET', clock) or '0')
local tag = math.max(last + cost, virtual + start)
if tag > tagMax and virtual > 0 then
  local function lower(job)
    local priority = tonumber(redis.call('HGET', job, 'priority') or '0')
    if priority > 0 then redis.call('HSET', job, 'priority', math.max(1, priority - virtual)) end
  end
  local waiting = redis.call('ZRANGE', prioritized, 0, -1, 'WITHSCORES')
  for at = 1, #waiting, 2 do
    local score = tonumber(waiting[at + 1])
    local priority = math.floor(score / 4294967296)
    -- The lower half is BullMQ's counter, which orders jobs of one tag.
    local lowered = math.max(1, priority - virtual) * 4294967296 + score % 4294967296
    redis.call('ZADD', prioritized, string.format('%.0f', lowered), waiting[at])
    lower(prefix .. waiting[at])
  end
  for _, job in ipairs(redis.call('ZRANGE', delayed, 0, -1)) do lower(prefix .. job) end
  for _, job in ipairs(redis.call('LRANGE', active, 0, -1)) do lower(prefix .. job) end
  for _, job in ipairs(redis.call('LRANGE', wait, 0, -1)) do lower(prefix .. job) end
  local clients = redis.call('ZRANGE', tags, 0, -1, 'WITHSCORES')
  for at = 1, #clients, 2 do
    redis.call('ZADD', tags, math.max(0, tonumber(clients[at + 1]) - virtual), clients[at])
  end
  redis.call('SET', clock, 0)
  tag = math.max(last - virtual + cost, start)
end
tag = math.min(tag, tagMax)
redis.call('ZADD', tags, tag, client)

redis.call('ZADD', jobs, now, id)
if lifetimeMs > 0 then
  redis.call('ZREMRANGEBYSCORE', jobs, '-inf', now - lifetimeMs)
  redis.call('PEXPIRE', jobs, lifetimeMs)
end
-- Jobs of priority 0 would run ahead of all others, for ever.
return {'admitted', math.max(1, math.floor(tag)), 0}
`

// The tag is read here and not passed in, since it may have been moved down after the worker read the job.
const START = `
local virtual = tonumber(redis.call('GET', KEYS[1]) or '0')
local tag = tonumber(redis.call('HGET', KEYS[3], 'priority') or '0')
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

const RETRY = `
if redis.call('EXISTS', KEYS[3]) == 0 then return 0 end
local last = tonumber(redis.call('ZSCORE', KEYS[2], ARGV[1]) or '-1')
local virtual = tonumber(redis.call('GET', KEYS[1]) or '0')
local tag = math.min(math.max(last + 2, virtual + 1), tonumber(ARGV[2]))
redis.call('ZADD', KEYS[2], tag, ARGV[1])
redis.call('HSET', KEYS[3], 'priority', tag)
return tag
`

export type AdmissionAnswer = 'admitted' | 'too_many_downloads' | 'too_many_waiting_jobs' | 'queue_full'

export interface AdmissionRequest {
  id: string
  kind: JobKind
  owner: string
  limitSubject: string
  /** The key that is there while the answer to this job is at hand; null where nothing may answer it but the source. */
  answerKey: string | null
  own?: OwnAdmissionLimits | undefined
}

/** Limits of this one client, instead of those of everybody. */
export interface OwnAdmissionLimits {
  /** Unfinished downloads; null for the limit of everybody, 0 for none. */
  downloads: number | null
}

export interface AdmissionLimits {
  /** Unfinished downloads per limit subject; 0 for no limit. */
  downloadsPerClient: number
  /** Waiting jobs per queue; 0 for no limit. */
  waitingJobs: number
  /** Waiting jobs per queue and limit subject; 0, or nothing, for no limit. */
  waitingJobsPerClient?: number
  /** How long a job stays in its owner's list, in milliseconds; 0 for ever. */
  lifetimeMs: number
  /** The tag at which all tags are moved down. */
  tagMax?: number
}

export interface Admission {
  /** `waitMs`: after a refusal, an estimate of how long it takes until there is room. */
  admit(request: AdmissionRequest): Promise<{ answer: AdmissionAnswer; tag: number; waitMs: number }>
  /** Moves the queue's clock to the tag of the job that is being started, and notes the pace of the queue. */
  started(kind: JobKind, id: string): Promise<void>
  /** Gives a job that will be tried again its new place in the fair order. */
  retried(kind: JobKind, limitSubject: string, id: string): Promise<void>
  /** Counts the job against no limit of its client any more. Repeating it changes nothing. */
  release(kind: JobKind, limitSubject: string, id: string): Promise<void>
}

/** `jobKey` names BullMQ's keys: `jobKey(kind, '')` is the prefix of all keys of that queue. */
export function createAdmission(
  redis: Redis,
  jobKey: (kind: JobKind, name: string) => string,
  limits: AdmissionLimits,
): Admission {
  const admit = bindScript<[AdmissionAnswer, number, number]>(redis, 'admitJob', ADMIT)
  const start = bindScript<number>(redis, 'startTag', START)
  const retry = bindScript<number>(redis, 'retryTag', RETRY)
  const tagMax = limits.tagMax ?? TAG_MAX
  return {
    async admit({ id, kind, owner, limitSubject, answerKey, own }) {
      const queue = (name: string) => jobKey(kind, name)
      const [answer, tag, waitMs] = await admit(
        [
          keys.places(limitSubject),
          keys.jobs(owner),
          keys.fairTags(kind),
          keys.fairClock(kind),
          queue('prioritized'),
          queue('wait'),
          queue('delayed'),
          queue('active'),
          keys.unfinished(kind, limitSubject),
          keys.pace(kind),
          ...(answerKey === null ? [] : [answerKey]),
        ],
        [
          id,
          queue(''),
          limitSubject,
          kind === 'download' ? (own?.downloads ?? limits.downloadsPerClient) : 0,
          limits.waitingJobs,
          tagMax,
          PLACE_GRACE_MS,
          limits.lifetimeMs,
          limits.waitingJobsPerClient ?? 0,
          UNKNOWN_WAIT_MS,
          AT_HAND_COST,
        ],
      )
      return { answer, tag, waitMs }
    },
    async started(kind, id) {
      await start([keys.fairClock(kind), keys.fairTags(kind), jobKey(kind, id), keys.pace(kind)], [])
    },
    async retried(kind, limitSubject, id) {
      await retry([keys.fairClock(kind), keys.fairTags(kind), jobKey(kind, id)], [limitSubject, tagMax])
    },
    async release(kind, limitSubject, id) {
      await Promise.all([
        kind === 'download' ? redis.zrem(keys.places(limitSubject), id) : undefined,
        redis.zrem(keys.unfinished(kind, limitSubject), id),
      ])
    },
  }
}
