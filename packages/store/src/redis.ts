/** How a process talks to Redis: the gateway fails fast, the worker waits. */
import { setTimeout as sleep } from 'node:timers/promises'
import { Redis } from 'ioredis'

/**
 * How long the gateway waits for one answer, in milliseconds: a frozen Redis must become a 503 within a second. A command
 * that comes while others are under way travels after them (auto-pipelining) and so may wait twice as long.
 */
const GATEWAY_COMMAND_TIMEOUT_MS = 450

type ConnectionKind = 'gateway' | 'worker'

const optionsOf = {
  // Measured: with the library's defaults a request hangs for ever when Redis is gone.
  gateway: {
    enableOfflineQueue: false,
    maxRetriesPerRequest: 1,
    autoResendUnfulfilledCommands: false,
    commandTimeout: GATEWAY_COMMAND_TIMEOUT_MS,
    // Commands of one tick travel together, which halves the cost of a request under load.
    enableAutoPipelining: true,
    // The queue sends these together itself (queue/reading/read-together.ts); done twice, a GET costs a quarter more (measured).
    autoPipeliningIgnoredCommands: ['read-jobs'] as string[],
  },
  // A worker has nothing to answer for; its blocking commands must not time out, and it outlasts any outage.
  worker: { maxRetriesPerRequest: null },
} as const

/**
 * Connects to `url` (`redis://`, `rediss://`, or the path of a Unix socket). It never rejects: errors of the connection
 * go to `onError`, and `redis.status` says `ready` when it can be used.
 */
export function connectRedis(url: string, kind: ConnectionKind, onError: (error: Error) => void): Redis {
  const redis = new Redis(url, {
    ...optionsOf[kind],
    connectTimeout: 1000,
    retryStrategy: (attempt: number) => Math.min(attempt * 100, 1000),
  })
  redis.on('error', onError)
  return redis
}

/** Whether a command sent now has a chance to be answered. */
export const isReady = (redis: Redis): boolean => redis.status === 'ready'

const ASK_EVERY_MS = 250

/** Resolves once Redis has answered nothing for `forMs`, however long that takes; it asks from now on. */
export async function whenSilent(redis: Redis, forMs: number): Promise<void> {
  let answeredAt = Date.now()
  let asking = false
  while (Date.now() - answeredAt < forMs) {
    if (!asking) {
      // Away, a question waits for the connection; more of them would only pile up.
      asking = true
      void redis
        .ping()
        .then(() => {
          answeredAt = Date.now()
        })
        .catch(() => undefined)
        .finally(() => {
          asking = false
        })
    }
    await sleep(ASK_EVERY_MS, undefined, { ref: false })
  }
}
