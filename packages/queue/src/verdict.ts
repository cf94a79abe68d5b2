/**
 * The arbiter between cancelling and committing (`held-job.ts`). The verdict is a field of the job's own hash in Redis, set once by
 * whoever is first, so that it lives exactly as long as the job (decision record 0002).
 */
import type { Verdict } from '@video-scraper/core'
import type { Redis } from 'ioredis'
import { JOB_RECORD_LUA } from './bullmq-form.ts'
import { bindScript } from './script.ts'

/** `missing`: no such job. `finished`: it has ended, and not by a cancel. Otherwise the verdict that holds from now on. */
export type VerdictAnswer = Verdict | 'missing' | 'finished'

const CANCEL = `${JOB_RECORD_LUA}
if redis.call('EXISTS', KEYS[1]) == 0 then return 'missing' end
local verdict = redis.call('HGET', KEYS[1], 'verdict')
if verdict == 'cancelled' then return verdict end
if hasEnded(KEYS[1]) then return 'finished' end
if verdict then return verdict end
-- Redis's clock: those of gateways and workers differ.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[1], 'verdict', 'cancelled', 'verdictAt', string.format('%.0f', now))
return 'cancelled'
`

export interface Arbiter {
  /** Asks for the verdict `cancelled`. The answer is the one that holds, which may be the worker's. */
  cancel(jobKey: string): Promise<VerdictAnswer>
  /** Reads the verdict without asking for one. */
  read(jobKey: string): Promise<Verdict | null>
}

export function createArbiter(redis: Redis): Arbiter {
  const cancel = bindScript<VerdictAnswer>(redis, 'cancelJob', CANCEL)
  return {
    cancel: (jobKey) => cancel([jobKey], []),
    read: async (jobKey) => (await redis.hget(jobKey, 'verdict')) as Verdict | null,
  }
}
