/**
 * Admission: limits, the client's places, the fair tag and the entry in the list of jobs, in one script. BullMQ makes the job
 * after it (`add-job.ts`, decision record 0034).
 */
import type { JobEnvelope, JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { answerKeyOf } from './answer-key.ts'
import { JOB_QUEUE_LUA, JOB_RECORD_LUA } from './bullmq-form.ts'
import { TAG_MAX, TAKE_TAG } from './fair-order.ts'
import { PLACE_GRACE_MS, TAKE_PLACES } from './places.ts'
import { queueKey } from './queues.ts'
import { bindScript } from './script.ts'

/** How long a refused client is asked to wait while nothing has ever been started. */
const UNKNOWN_WAIT_MS = 15_000

const ADMIT = `
local record, list, places, unfinished, answer, tags, clock, lowerings, pace = unpack(KEYS)
local id, client, prefix = unpack(ARGV, 1, 3)
local placesMax, waitingPerClientMax, waitingMax, onTheirWay = tonumber(ARGV[4]), tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local lifetimeMs, graceMs, tagMax, unknownWaitMs = tonumber(ARGV[8]), tonumber(ARGV[9]), tonumber(ARGV[10]), tonumber(ARGV[11])
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
${JOB_RECORD_LUA}${JOB_QUEUE_LUA}${TAKE_PLACES}${TAKE_TAG}
-- An estimate from what was seen: the mean time between two starts, or the time since the last one when that is longer.
local function untilNext()
  local seen = redis.call('HMGET', pace, 'mean', 'last')
  if not seen[2] then return unknownWaitMs end
  return math.floor(math.max(tonumber(seen[1] or '0'), now - tonumber(seen[2])))
end
-- Clients that have jobs waiting take turns.
local function untilOwnTurn() return untilNext() * math.max(1, redis.call('ZCARD', tags)) end

-- A request that is repeated brings the id of a job that was made already.
if isMade(record) then return {'made', 0, 0} end
if waitingMax > 0 and waitingCount(prefix) + onTheirWay >= waitingMax then return {'queue_full', untilNext(), 0} end
local refusal = takePlaces(placesMax, waitingPerClientMax)
if refusal then return {refusal, untilOwnTurn(), 0} end

local tag = takeTag(client, redis.call('EXISTS', answer) == 1)
redis.call('ZADD', list, now, id)
if lifetimeMs > 0 then
  redis.call('ZREMRANGEBYSCORE', list, '-inf', now - lifetimeMs)
  redis.call('PEXPIRE', list, lifetimeMs)
  if waitingPerClientMax > 0 then redis.call('PEXPIRE', unfinished, lifetimeMs) end
end
return {'admitted', tag, tonumber(redis.call('GET', lowerings) or '0')}
`

/** Why a job was not admitted. */
export type Refusal = 'too_many_downloads' | 'too_many_waiting_jobs' | 'queue_full'

export interface AdmissionRequest {
  id: string
  envelope: JobEnvelope
  /** Limits of this one client, instead of those of everybody. */
  own: OwnAdmissionLimits
  /** Jobs of this kind that this process admits and makes at this moment: the queue may hold them a moment later. */
  onTheirWay: number
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

/** The place of a job in the fair order. */
export interface FairPlace {
  tag: number
  /** By how much all tags had been moved down, since the queue began, when this one was given. */
  lowerings: number
}

export type Admission =
  /** Its job may be made now. */
  | { answer: 'admitted'; place: FairPlace }
  /** The job with this id was made already. */
  | { answer: 'made' }
  /** `waitMs`: an estimate of how long it takes until there is room. */
  | { answer: Refusal; waitMs: number }

/**
 * Counts a job and gives it its place, unless a limit speaks against it. The same id again counts once. Rejects when Redis
 * does not answer; then the place may have been taken all the same.
 */
export type Admit = (request: AdmissionRequest) => Promise<Admission>

export function createAdmission(redis: Redis, limits: AdmissionLimits): Admit {
  const admit = bindScript<[Admission['answer'], number, number]>(redis, 'admitJob', ADMIT)
  const { downloadsPerClient, waitingJobs, waitingJobsPerClient = 0, lifetimeMs, tagMax = TAG_MAX } = limits
  const settings = [lifetimeMs, PLACE_GRACE_MS, tagMax, UNKNOWN_WAIT_MS]
  const placesMax = {
    info: () => 0,
    download: ({ downloads }) => downloads ?? downloadsPerClient,
  } as const satisfies Record<JobKind, (own: OwnAdmissionLimits) => number>

  return async ({ id, envelope, own, onTheirWay }) => {
    const { kind, owner, limitSubject } = envelope
    const record = queueKey(kind, id)
    const names = [
      record,
      keys.jobs(owner),
      keys.places(limitSubject),
      keys.unfinished(kind, limitSubject),
      // Where nothing may answer but the source, a key that is not there: the record of the job that is being made.
      answerKeyOf(envelope) ?? record,
      keys.fairTags(kind),
      keys.fairClock(kind),
      keys.fairLowerings(kind),
      keys.pace(kind),
    ]
    const bounds = [placesMax[kind](own), waitingJobsPerClient, waitingJobs, onTheirWay]
    const [answer, number, lowerings] = await admit(names, [
      id,
      limitSubject,
      queueKey(kind, ''),
      ...bounds,
      ...settings,
    ])
    if (answer === 'admitted') return { answer, place: { tag: number, lowerings } }
    return answer === 'made' ? { answer } : { answer, waitMs: number }
  }
}
