/** Whether any worker lives. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

const LIFETIME_SECONDS = 15
const EVERY_MS = 5000

/** Writes the heartbeat now and every 5 s until `stop` is called. A missed one is of no consequence. */
export function startWorkerHeartbeat(redis: Redis, workerId: string): { stop(): void } {
  const beat = () => {
    redis.set(keys.workerHeartbeat, workerId, 'EX', LIFETIME_SECONDS).catch(() => undefined)
  }
  beat()
  const timer = setInterval(beat, EVERY_MS)
  return { stop: () => clearInterval(timer) }
}

export const isWorkerAlive = async (redis: Redis): Promise<boolean> => (await redis.exists(keys.workerHeartbeat)) === 1
