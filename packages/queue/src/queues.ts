/** The queues of BullMQ, one per kind of job. */
import { forEachKind, type JobKind } from '@video-scraper/contracts'
import { KEY_PREFIX } from '@video-scraper/store'
import { Queue } from 'bullmq'
import type { Redis } from 'ioredis'

/** The key of a job in Redis; with a name of BullMQ's (`wait`, `active`, …) the key of that set or list. */
export const queueKey = (kind: JobKind, name: string): string => `${KEY_PREFIX}:${kind}:${name}`

/** BullMQ writes each result into its stream of events once more. Nobody reads it, so it need not hold ten thousand. */
const EVENTS_KEPT = 100

/**
 * What every queue of BullMQ is opened with. The check of the server's version is left out: BullMQ asks once, and when
 * that one question times out, a gateway on a busy machine would fail whatever goes through BullMQ for as long as it lives (measured).
 */
export const queueOptions = (redis: Redis) => ({
  connection: redis,
  prefix: KEY_PREFIX,
  skipVersionCheck: true,
  streams: { events: { maxLen: EVENTS_KEPT } },
})

export type Queues = Record<JobKind, Queue>

/** Opens the queues on a connection that the caller owns. Errors of the connection are reported to `onError`. */
export function openQueues(redis: Redis, onError: (error: Error) => void): Queues {
  const open = (kind: JobKind) => {
    const queue = new Queue(kind, queueOptions(redis))
    queue.on('error', onError)
    return queue
  }
  return forEachKind(open)
}
