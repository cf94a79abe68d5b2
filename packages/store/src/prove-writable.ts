/** Shows that Redis takes what is written: one that is full, a replica, or one that cannot save answers and refuses. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

const LIFE_MS = 1000

/** Rejects when Redis does not answer in time, or does not write. */
export const proveWritable = async (redis: Redis): Promise<void> => {
  await redis.set(keys.outageProbe, '1', 'PX', LIFE_MS)
}
