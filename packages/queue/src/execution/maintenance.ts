/** Removes the records of jobs whose time is over. BullMQ's own ages take effect only when another job ends. */
import { jobKinds } from '@video-scraper/contracts'
import { endsEarly, type Verdict } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { createPlacePruner } from '../admission/prune-finished-slots.ts'
import { ENDED_FIELD, ENDED_SETS, lockKey, MADE_FIELD } from '../bullmq-form.ts'
import { openQueues, queueKey } from '../queues.ts'

/** Records removed in one round, per queue and state. A round comes twice a minute. */
const RECORDS_PER_ROUND = 20_000

/** `round`: what is cheap. `slots`: the walk through all keys. `sweep`: the walk through the whole library. */
export type MaintenanceWork = 'round' | 'slots' | 'sweep'

export interface RecordKeeper {
  /** Removes ended jobs older than `lifetimeMs`; returns how many. 0 keeps them for ever. */
  removeOld(lifetimeMs: number): Promise<number>
  /** Drops slots that nobody released; returns how many. */
  pruneFinishedSlots(): Promise<number>
  /** Whether a job may still need what it left on disk: it exists, has not ended, and was not ended early. */
  isUnfinished(id: string): Promise<boolean>
  /** Whether a worker holds the job now. */
  isRunning(id: string): Promise<boolean>
  /**
   * Lets one worker at a time do a piece of maintenance, and nobody again before `seconds` have passed. Resolves to false
   * when it is not its turn.
   */
  claim(work: MaintenanceWork, workerId: string, seconds: number): Promise<boolean>
  close(): Promise<void>
}

export function createRecordKeeper(redis: Redis, onError: (error: Error) => void): RecordKeeper {
  const queues = openQueues(redis, onError)
  return {
    pruneFinishedSlots: createPlacePruner(redis),
    async removeOld(lifetimeMs) {
      if (lifetimeMs === 0) return 0
      let removed = 0
      for (const kind of jobKinds) {
        for (const state of ENDED_SETS) {
          removed += (await queues[kind].clean(lifetimeMs, RECORDS_PER_ROUND, state)).length
        }
      }
      return removed
    },
    async isUnfinished(id) {
      for (const kind of jobKinds) {
        const record = queueKey(kind, id)
        const [made, ended, verdict] = await redis.hmget(record, MADE_FIELD, ENDED_FIELD, 'verdict')
        if (made) return !ended && !endsEarly((verdict ?? null) as Verdict | null)
      }
      return false
    },
    async isRunning(id) {
      return (await redis.exists(...jobKinds.map((kind) => lockKey(queueKey(kind, id))))) > 0
    },
    async claim(work, workerId, seconds) {
      return (await redis.set(keys.maintenance(work), workerId, 'EX', seconds, 'NX')) === 'OK'
    },
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()))
    },
  }
}
