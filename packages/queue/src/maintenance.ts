/** Removes the records of jobs whose time is over. BullMQ's own ages take effect only when another job ends. */
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { jobKinds, openQueues, queueKey } from './queues.ts'

/** Records removed in one round and queue. */
const BATCH = 1000

export interface RecordKeeper {
  /** Removes ended jobs older than `lifetimeMs`; returns how many. 0 keeps them for ever. */
  removeOld(lifetimeMs: number): Promise<number>
  /** Whether a job may still need what it left on disk: it exists, and has not ended. */
  isUnfinished(id: string): Promise<boolean>
  /** Whether a worker holds the job now. */
  isRunning(id: string): Promise<boolean>
  /** Lets one worker at a time do a round of maintenance. Resolves to false when another one has it. */
  claimRound(workerId: string, seconds: number): Promise<boolean>
  close(): Promise<void>
}

export function createRecordKeeper(redis: Redis, onError: (error: Error) => void): RecordKeeper {
  const queues = openQueues(redis, onError)
  return {
    async removeOld(lifetimeMs) {
      if (lifetimeMs === 0) return 0
      let removed = 0
      for (const kind of jobKinds) {
        for (const state of ['completed', 'failed'] as const) {
          removed += (await queues[kind].clean(lifetimeMs, BATCH, state)).length
        }
      }
      return removed
    },
    async isUnfinished(id) {
      for (const kind of jobKinds) {
        const [exists, finishedOn] = await redis.hmget(queueKey(kind, id), 'timestamp', 'finishedOn')
        if (exists !== null && exists !== undefined) return finishedOn === null || finishedOn === undefined
      }
      return false
    },
    async isRunning(id) {
      return (await redis.exists(...jobKinds.map((kind) => `${queueKey(kind, id)}:lock`))) > 0
    },
    async claimRound(workerId, seconds) {
      return (await redis.set(keys.maintenance, workerId, 'EX', seconds, 'NX')) === 'OK'
    },
    async close() {
      await Promise.all(Object.values(queues).map((queue) => queue.close()))
    },
  }
}
