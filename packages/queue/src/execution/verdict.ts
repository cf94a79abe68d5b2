/**
 * The arbiter between ending a job early and committing (`held-job.ts`). The verdict is a field of the job's own hash in Redis, set once by
 * whoever is first, so that it lives exactly as long as the job (decision record 0002).
 */
import type { JobKind } from '@video-scraper/contracts'
import type { EarlyEnd, Verdict } from '@video-scraper/core'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

/** A job that got a verdict which ends it is looked at again after this time: BullMQ has to end it too. */
export const LOOKED_AT_AFTER_MS = 30_000

/** `missing`: no such job. `finished`: it has ended, and not by a verdict. Otherwise the verdict that holds from now on. */
export type VerdictAnswer = Verdict | 'missing' | 'finished'

export interface Arbiter {
  /**
   * Asks for this verdict. The answer is the one that holds, which may be another. Where it ends the job, somebody looks at the job
   * until BullMQ has ended it (`deadlines.ts`).
   */
  endEarly(kind: JobKind, id: string, wanted: EarlyEnd): Promise<VerdictAnswer>
  /** Reads the verdict without asking for one. */
  read(kind: JobKind, id: string): Promise<Verdict | null>
}

export function createArbiter(redis: Redis): Arbiter {
  const endEarly = bindScript<VerdictAnswer>(redis, script('end-early'))
  return {
    endEarly: (kind, id, wanted) => endEarly([queueKey(kind, id), keys.overdue], [wanted, id, LOOKED_AT_AFTER_MS]),
    read: async (kind, id) => (await redis.hget(queueKey(kind, id), 'verdict')) as Verdict | null,
  }
}
