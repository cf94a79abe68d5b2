/**
 * The door of the queue: limits, the client's place among its downloads, the fair tag and the entry in the list of jobs,
 * in one script before the job itself is added.
 *
 * Fair order is start-time fair queueing. A job's tag is one more than the later of the queue's clock and the client's
 * last tag, and the smallest tag is started next (BullMQ's `priority`). A client with a thousand waiting jobs therefore
 * stands behind nobody's first job. Tags never reach BullMQ's largest priority: everything is moved down before.
 *
 * A job whose answer is at hand costs a worker milliseconds, so it is charged an eighth of a tag, on an account of its own
 * that begins one tag before the clock: it stands before everybody's jobs, whatever else its client has waiting. A client
 * that sends many of them has used up its lead after eight, and from then on gets eight of them for each job of others. The
 * rate limit counts them like all jobs.
 */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { bindScript } from './script.ts'

/** BullMQ keeps priorities up to 2^21. */
const TAG_MAX = 2_097_000

/** What a job costs whose answer is at hand, in tags. */
const AT_HAND_COST = 1 / 8

/** A place whose job does not exist is somebody's POST on its way for this long; later it is a leak. */
const PLACE_GRACE_MS = 10_000

const ADMIT = `
local places, jobs, tags, clock = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local prioritized, wait, delayed, active = KEYS[5], KEYS[6], KEYS[7], KEYS[8]
local id, prefix, client = ARGV[1], ARGV[2], ARGV[3]
local placesMax, queueMax, tagMax = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6])
local graceMs, lifetimeMs = tonumber(ARGV[7]), tonumber(ARGV[8])
local cost, lead = 1, 0
if KEYS[9] and redis.call('EXISTS', KEYS[9]) == 1 then
  cost, lead, client = tonumber(ARGV[9]), 1, client .. ' at hand'
end
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)

if queueMax > 0 and redis.call('ZCARD', prioritized) + redis.call('LLEN', wait) >= queueMax then
  return {'queue_full', 0}
end

if placesMax > 0 then
  if redis.call('ZCARD', places) >= placesMax then
    local members = redis.call('ZRANGE', places, 0, -1, 'WITHSCORES')
    for at = 1, #members, 2 do
      local job = prefix .. members[at]
      local facts = redis.call('HMGET', job, 'timestamp', 'finishedOn', 'verdict')
      local missing = not facts[1] and now - tonumber(members[at + 1]) > graceMs
      if missing or facts[2] or facts[3] == 'cancelled' then redis.call('ZREM', places, members[at]) end
    end
  end
  if redis.call('ZCARD', places) >= placesMax then return {'too_many_downloads', 0} end
  redis.call('ZADD', places, now, id)
end

local last = tonumber(redis.call('ZSCORE', tags, client) or '0')
local virtual = tonumber(redis.call('GET', clock) or '0')
local tag = math.max(last, virtual - lead) + cost
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
  tag = math.max(last - virtual, 0) + cost
end
tag = math.min(tag, tagMax)
redis.call('ZADD', tags, tag, client)

redis.call('ZADD', jobs, now, id)
if lifetimeMs > 0 then
  redis.call('ZREMRANGEBYSCORE', jobs, '-inf', now - lifetimeMs)
  redis.call('PEXPIRE', jobs, lifetimeMs)
end
-- Jobs of priority 0 would run ahead of all others, for ever.
return {'admitted', math.max(1, math.floor(tag))}
`

// The tag is read here and not passed in, since it may have been moved down after the worker read the job.
const START = `
local virtual = tonumber(redis.call('GET', KEYS[1]) or '0')
local tag = tonumber(redis.call('HGET', KEYS[3], 'priority') or '0')
if tag > virtual then
  redis.call('SET', KEYS[1], tag)
  redis.call('ZREMRANGEBYSCORE', KEYS[2], '-inf', tag)
end
return 1
`

export type AdmissionAnswer = 'admitted' | 'too_many_downloads' | 'queue_full'

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
  /** How long a job stays in its owner's list, in milliseconds; 0 for ever. */
  lifetimeMs: number
  /** The tag at which all tags are moved down. */
  tagMax?: number
}

export interface Admission {
  admit(request: AdmissionRequest): Promise<{ answer: AdmissionAnswer; tag: number }>
  /** Moves the queue's clock to the tag of the job that is being started. */
  started(kind: JobKind, id: string): Promise<void>
  /** Gives a client's place free. Repeating it changes nothing. */
  release(limitSubject: string, id: string): Promise<void>
}

/** `jobKey` names BullMQ's keys: `jobKey(kind, '')` is the prefix of all keys of that queue. */
export function createAdmission(
  redis: Redis,
  jobKey: (kind: JobKind, name: string) => string,
  limits: AdmissionLimits,
): Admission {
  const admit = bindScript<[AdmissionAnswer, number]>(redis, 'admitJob', ADMIT)
  const start = bindScript<number>(redis, 'startTag', START)
  return {
    async admit({ id, kind, owner, limitSubject, answerKey, own }) {
      const queue = (name: string) => jobKey(kind, name)
      const [answer, tag] = await admit(
        [
          keys.places(limitSubject),
          keys.jobs(owner),
          keys.fairTags(kind),
          keys.fairClock(kind),
          queue('prioritized'),
          queue('wait'),
          queue('delayed'),
          queue('active'),
          ...(answerKey === null ? [] : [answerKey]),
        ],
        [
          id,
          queue(''),
          limitSubject,
          kind === 'download' ? (own?.downloads ?? limits.downloadsPerClient) : 0,
          limits.waitingJobs,
          limits.tagMax ?? TAG_MAX,
          PLACE_GRACE_MS,
          limits.lifetimeMs,
          AT_HAND_COST,
        ],
      )
      return { answer, tag }
    },
    async started(kind, id) {
      await start([keys.fairClock(kind), keys.fairTags(kind), jobKey(kind, id)], [])
    },
    async release(limitSubject, id) {
      await redis.zrem(keys.places(limitSubject), id)
    },
  }
}
