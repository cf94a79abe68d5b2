/**
 * What an attempt changes of its job's record. Each change is one script that looks first whether the attempt still holds
 * the job's lock: a worker that was frozen comes back to jobs that others have taken, and changes nothing of them.
 */
import type { JobKind, JobProgress } from '@video-scraper/contracts'
import type { Verdict } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { JOB_RECORD_LUA } from './bullmq-form.ts'
import { queueKey } from './queues.ts'
import { bindScript } from './script.ts'

/**
 * One field for each start without an end, named after the worker's token. A counter could not be put right by a worker that
 * lost the job; and removing a field works in a full Redis, where writing one does not.
 */
const START_FIELD = 'start '

/** `record` and `token`, whether the lock is `held`, and whether there is a job at all. */
const HELD = `${JOB_RECORD_LUA}
local record, token = KEYS[1], ARGV[1]
local exists = redis.call('EXISTS', record) == 1
local held = exists and lockHolder(record) == token
`

const BEGIN = `${HELD}
if not held then return {0, '', ''} end
redis.call('HSET', record, '${START_FIELD}' .. token, '1')
local starts = 0
for _, field in ipairs(redis.call('HKEYS', record)) do
  if string.sub(field, 1, ${START_FIELD.length}) == '${START_FIELD}' then starts = starts + 1 end
end
local facts = redis.call('HMGET', record, 'verdict', 'publication')
-- The number of this attempt. It stays when the attempt is handed back, so what clients see does not fall, and the next start
-- has the same number, since none was used.
if facts[1] ~= 'cancelled' then
  redis.call('HSET', record, 'tried', attemptsEnded(record) + 1)
end
return {starts, facts[1] or '', facts[2] or ''}
`

// BullMQ renews the lock by writing it again, which a full Redis refuses; a longer life for a key that is there it allows.
const RENEW = `${HELD}
local verdict = redis.call('HGET', record, 'verdict') or ''
if not held then return {verdict, 0} end
extendLock(record, ARGV[2])
return {verdict, 1}
`

const PROGRESS = `${HELD}
if not held then return 0 end
writeProgress(record, ARGV[2])
redis.call('HINCRBY', record, 'revision', 1)
redis.call('PUBLISH', ARGV[3], '')
return 1
`

// Redis's clock and not the worker's: another machine may end the job.
const COMMIT = `${HELD}
if not exists then return 'lost' end
local verdict = redis.call('HGET', record, 'verdict')
if verdict == 'cancelled' then return verdict end
if not held or hasEnded(record) then return 'lost' end
if verdict then
  redis.call('HSET', record, 'publication', ARGV[2])
else
  local time = redis.call('TIME')
  local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
  redis.call('HSET', record, 'verdict', 'committed', 'verdictAt', string.format('%.0f', now), 'publication', ARGV[2])
end
return 'committed'
`

// The attempt's own start and no other: it came to an end, whoever holds the job by now.
const END_START = `return redis.call('HDEL', KEYS[1], '${START_FIELD}' .. ARGV[1])`

// An attempt that ended in order shows that the job does not kill its workers, so all starts are forgotten.
const FORGET_STARTS = `${HELD}
if not held then return 0 end
for _, field in ipairs(redis.call('HKEYS', record)) do
  if string.sub(field, 1, ${START_FIELD.length}) == '${START_FIELD}' then redis.call('HDEL', record, field) end
end
return 1
`

export interface Beginning {
  /** Starts that have no end yet, this one among them; 0 when the job is no longer ours. */
  starts: number
  verdict: Verdict | null
  /** What the attempt that committed wrote down to be published. */
  publication: string | null
}

export interface HeldJob {
  /** The start is counted. */
  begin(): Promise<Beginning>
  /** Renews the lock. `held`: whether it is still ours. */
  renew(): Promise<{ verdict: Verdict | null; held: boolean }>
  /** Writes the progress and tells the followers of the job. */
  progress(latest: JobProgress): Promise<void>
  /** Asks for the verdict `committed` and keeps `publication` with it. `lost`: the job is no longer ours, or no longer there. */
  commit(publication: string): Promise<Verdict | 'lost'>
  /** This attempt has come to an end and hands the job back. */
  endStart(): Promise<void>
  /** This attempt has come to an orderly end, though a bad one. */
  forgetStarts(): Promise<void>
}

/** `token`: the worker's name on the job's lock. Each call rejects when Redis cannot do it. */
export type HoldJob = (kind: JobKind, id: string, token: string, lockMs: number) => HeldJob

export function createHoldJob(redis: Redis): HoldJob {
  const begin = bindScript<[number, string, string]>(redis, 'beginAttempt', BEGIN)
  const renew = bindScript<[string, number]>(redis, 'renewAttempt', RENEW)
  const progress = bindScript<number>(redis, 'writeProgress', PROGRESS)
  const commit = bindScript<Verdict | 'lost'>(redis, 'commitAttempt', COMMIT)
  const endStart = bindScript<number>(redis, 'endStart', END_START)
  const forgetStarts = bindScript<number>(redis, 'forgetStarts', FORGET_STARTS)
  return (kind, id, token, lockMs) => {
    const record = [queueKey(kind, id)]
    return {
      async begin() {
        const [starts, verdict, publication] = await begin(record, [token])
        return { starts, verdict: verdictIn(verdict), publication: publication === '' ? null : publication }
      },
      async renew() {
        const [verdict, held] = await renew(record, [token, lockMs])
        return { verdict: verdictIn(verdict), held: held === 1 }
      },
      progress: async (latest) => void (await progress(record, [token, JSON.stringify(latest), keys.changes(id)])),
      commit: (publication) => commit(record, [token, publication]),
      endStart: async () => void (await endStart(record, [token])),
      forgetStarts: async () => void (await forgetStarts(record, [token])),
    }
  }
}

const verdictIn = (text: string): Verdict | null => (text === '' ? null : (text as Verdict))
