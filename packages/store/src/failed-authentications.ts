/** How often an address failed to prove who it is. Counted in Redis, so that it holds across gateways. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

export interface FailedAuthentications {
  /** Counts one failure; the first opens the window. */
  count(subject: string): Promise<void>
  /** How many failures there were in the window that is open, and for how much longer it is, in milliseconds. */
  read(subject: string): Promise<{ failures: number; endsInMs: number }>
}

/** `subject`: the limit subject of an address, so that an IPv6 network is one. */
export function createFailedAuthentications(redis: Redis, windowMs: number): FailedAuthentications {
  return {
    async count(subject) {
      const key = keys.failedAuthentications(subject)
      // Both or neither: a count without an end would shut an address out for ever.
      await redis.multi().set(key, 0, 'PX', windowMs, 'NX').incr(key).exec()
    },
    async read(subject) {
      const key = keys.failedAuthentications(subject)
      const [failures, endsInMs] = await Promise.all([redis.get(key), redis.pttl(key)])
      return { failures: Number(failures ?? 0), endsInMs: Math.max(0, endsInMs) }
    },
  }
}
