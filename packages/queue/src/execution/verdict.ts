/**
 * The arbiter between ending a job early and committing (`held-job.ts`). The verdict is a field of the job's own hash in Redis, set once by
 * whoever is first, so that it lives exactly as long as the job (decision record 0002).
 */
import type { EarlyEnd, Verdict } from '@video-scraper/core'
import { bindScript } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { script } from '../scripts.ts'

/** `missing`: no such job. `finished`: it has ended, and not by a verdict. Otherwise the verdict that holds from now on. */
export type VerdictAnswer = Verdict | 'missing' | 'finished'

export interface Arbiter {
  /** Asks for this verdict. The answer is the one that holds, which may be another. */
  endEarly(jobKey: string, wanted: EarlyEnd): Promise<VerdictAnswer>
  /** Reads the verdict without asking for one. */
  read(jobKey: string): Promise<Verdict | null>
}

export function createArbiter(redis: Redis): Arbiter {
  const endEarly = bindScript<VerdictAnswer>(redis, script('end-early'))
  return {
    endEarly: (jobKey, wanted) => endEarly([jobKey], [wanted]),
    read: async (jobKey) => (await redis.hget(jobKey, 'verdict')) as Verdict | null,
  }
}
