/**
 * The door of the queue: limits, the client's places, the fair tag, the job itself and its entry in the list of jobs, in
 * one script. So a job is there with all that belongs to it (decision record 0021).
 */
import type { JobEnvelope, JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { answerKeyOf } from './answer-key.ts'
import { TAG_MAX, TAKE_TAG } from './fair-order.ts'
import { gather } from './gather.ts'
import { TAKE_PLACES } from './places.ts'
import { queueKey } from './queues.ts'
import { bindScript } from './script.ts'
import { jobOptions, WRITE_JOB } from './waiting-job.ts'

/** How long a refused client is asked to wait while nothing has ever been started. */
const UNKNOWN_WAIT_MS = 15_000

/** BullMQ's keys of a queue that the script wants, in its order. */
const bullKeys = ['prioritized', 'wait', 'delayed', 'active', 'marker', 'pc'] as const

const ADMIT = `
local prioritized, wait, delayed, active, marker, priorityCounter = unpack(KEYS, 1, 6)
local tags, clock, pace = unpack(KEYS, 7, 9)
local settings = cjson.decode(ARGV[1])
local prefix, tagMax = settings.prefix, settings.tagMax
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local count = (#KEYS - 9) / 5
local flush
${TAKE_TAG}
${TAKE_PLACES}
${WRITE_JOB}
-- One command for all jobs where one job needs it as well: most of what a script costs is the number of its commands.
flush = function()
  writeTags()
  enqueue()
end

-- An estimate from what was seen: the mean time between two starts, or the time since the last one when that is longer.
local function untilNext()
  local seen = redis.call('HMGET', pace, 'mean', 'last')
  if not seen[2] then return settings.unknownWaitMs end
  return math.floor(math.max(tonumber(seen[1] or '0'), now - tonumber(seen[2])))
end
-- Clients that have jobs waiting take turns.
local function untilOwnTurn() return untilNext() * math.max(1, redis.call('ZCARD', tags)) end

local lists, counts = {}, {}

local function admit(job)
  -- A wish that is repeated brings the id of a job that is there already.
  if redis.call('EXISTS', job.record) == 1 then return {'admitted', 0} end
  local waitingMax = settings.waitingJobs
  if waitingMax > 0 and redis.call('ZCARD', prioritized) + redis.call('LLEN', wait) + waitingCount() >= waitingMax then
    return {'queue_full', untilNext()}
  end
  local refusal = takePlaces(job, job.placesMax, settings.waitingJobsPerClient)
  if refusal then return {refusal, untilOwnTurn()} end

  local tag = takeTag(job.client, redis.call('EXISTS', job.answer) == 1)
  writeJob(job.record, job.id, tag, job.data)
  local list = lists[job.list] or {}
  list[#list + 1] = now
  list[#list + 1] = job.id
  lists[job.list], counts[job.unfinished] = list, true
  return {'admitted', 0}
end

local answers = {}
for at = 0, count - 1 do
  local id, client, placesMax, data = unpack(ARGV, 2 + at * 4, 5 + at * 4)
  local record, list, places, unfinished, answer = unpack(KEYS, 10 + at * 5, 14 + at * 5)
  answers[at + 1] = admit({
    id = id, client = client, placesMax = tonumber(placesMax), data = data,
    record = record, list = list, places = places, unfinished = unfinished, answer = answer,
  })
end
flush()
local lifetimeMs = settings.lifetimeMs
for name, list in pairs(lists) do
  redis.call('ZADD', name, unpack(list))
  if lifetimeMs > 0 then
    redis.call('ZREMRANGEBYSCORE', name, '-inf', now - lifetimeMs)
    redis.call('PEXPIRE', name, lifetimeMs)
  end
end
if lifetimeMs > 0 then
  for unfinished in pairs(counts) do redis.call('PEXPIRE', unfinished, lifetimeMs) end
end
return answers
`

export type AdmissionAnswer = 'admitted' | 'too_many_downloads' | 'too_many_waiting_jobs' | 'queue_full'

export interface AdmissionRequest {
  id: string
  envelope: JobEnvelope
  /** Limits of this one client, instead of those of everybody. */
  own: OwnAdmissionLimits
}

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

/**
 * Puts a job into the queue, unless a limit speaks against it. `waitMs`: after a refusal, an estimate of how long it takes
 * until there is room.
 */
export type Admit = (request: AdmissionRequest) => Promise<{ answer: AdmissionAnswer; waitMs: number }>

/** `keptJobs`: ended jobs of which BullMQ keeps the records, per queue and outcome; 0 for all. */
export function createAdmission(redis: Redis, limits: AdmissionLimits, keptJobs: number): Admit {
  const admitAll = bindScript<[AdmissionAnswer, number][]>(redis, 'admitJobs', ADMIT)

  const doorOf = (kind: JobKind) => {
    const shared = bullKeys.map((name) => queueKey(kind, name))
    const ours = [keys.fairTags(kind), keys.fairClock(kind), keys.pace(kind)]
    const settings = JSON.stringify({
      prefix: queueKey(kind, ''),
      name: kind,
      tagMax: limits.tagMax ?? TAG_MAX,
      waitingJobs: limits.waitingJobs,
      waitingJobsPerClient: limits.waitingJobsPerClient ?? 0,
      lifetimeMs: limits.lifetimeMs,
      unknownWaitMs: UNKNOWN_WAIT_MS,
      options: jobOptions(keptJobs),
    })
    const placesMax = ({ downloads }: OwnAdmissionLimits) =>
      kind === 'download' ? (downloads ?? limits.downloadsPerClient) : 0
    return gather(async (requests: AdmissionRequest[]) => {
      const names = [...shared, ...ours]
      const values: (string | number)[] = [settings]
      for (const { id, envelope, own } of requests) {
        const { owner, limitSubject } = envelope
        const record = queueKey(kind, id)
        // Where nothing may answer but the source, a key that is not there: the record of the job that is being made.
        const answer = answerKeyOf(envelope) ?? record
        names.push(record, keys.jobs(owner), keys.places(limitSubject), keys.unfinished(kind, limitSubject), answer)
        values.push(id, limitSubject, placesMax(own), JSON.stringify(envelope))
      }
      return admitAll(names, values)
    })
  }
  const doors = { info: doorOf('info'), download: doorOf('download') } as const satisfies Record<JobKind, unknown>

  return (request) => doors[request.envelope.kind](request).then(([answer, waitMs]) => ({ answer, waitMs }))
}
