/**
 * The arbiter between cancelling and committing. The verdict is a field of the job's own hash in Redis, set once by
 * whoever is first, so that it lives exactly as long as the job (decision record 0002).
 */
import type { Verdict } from '@video-scraper/core'
import type { Redis } from 'ioredis'
import { bindScript } from './script.ts'

/** `missing`: no such job. `finished`: it had ended before anybody asked. Otherwise the verdict that holds from now on. */
export type VerdictAnswer = Verdict | 'missing' | 'finished'

const SETTLE = `
if redis.call('EXISTS', KEYS[1]) == 0 then return 'missing' end
local verdict = redis.call('HGET', KEYS[1], 'verdict')
if verdict then return verdict end
if redis.call('HEXISTS', KEYS[1], 'finishedOn') == 1 then return 'finished' end
-- Redis's clock: those of gateways and workers differ.
local time = redis.call('TIME')
local now = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
redis.call('HSET', KEYS[1], 'verdict', ARGV[1], 'verdictAt', string.format('%.0f', now))
return ARGV[1]
`

export interface Arbiter {
  /** Asks for a verdict. The answer is the one that holds, which may be the other side's. */
  settle(jobKey: string, wanted: Verdict): Promise<VerdictAnswer>
  /** Reads the verdict without asking for one. */
  read(jobKey: string): Promise<Verdict | null>
}

export function createArbiter(redis: Redis): Arbiter {
  const settle = bindScript<VerdictAnswer>(redis, 'settleVerdict', SETTLE)
  return {
    settle: (jobKey, wanted) => settle([jobKey], [wanted]),
    read: async (jobKey) => (await redis.hget(jobKey, 'verdict')) as Verdict | null,
  }
}
