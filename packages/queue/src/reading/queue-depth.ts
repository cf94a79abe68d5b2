/** How long the queues are: for metrics, which ask every few seconds. */
import { type JobKind, jobKinds } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { openQueues } from '../queues.ts'

export interface QueueDepth {
  kind: JobKind
  /** Jobs that a worker may take now. */
  waiting: number
  /** Jobs that wait for a time, such as that of their next attempt. */
  delayed: number
  /** Jobs that a worker has. */
  running: number
  /** For how long the job that is next has existed, in seconds; 0 when none waits. */
  nextAgeSeconds: number
}

/** Reads every queue at a cost that does not grow with its length. `redis` stays the caller's. */
export function createQueueDepth(redis: Redis, onError: (error: Error) => void) {
  const queues = openQueues(redis, onError)
  const read = async (kind: JobKind): Promise<QueueDepth> => {
    const queue = queues[kind]
    const [counts, [next]] = await Promise.all([
      queue.getJobCounts('wait', 'prioritized', 'delayed', 'active'),
      queue.getPrioritized(0, 0),
    ])
    const { wait = 0, prioritized = 0, delayed = 0, active = 0 } = counts
    const nextAgeSeconds = next === undefined ? 0 : Math.max(0, Date.now() - next.timestamp) / 1000
    return { kind, waiting: wait + prioritized, delayed, running: active, nextAgeSeconds }
  }
  return {
    read: (): Promise<QueueDepth[]> => Promise.all(jobKinds.map(read)),
    async close(): Promise<void> {
      await Promise.all(Object.values(queues).map((queue) => queue.close()))
    },
  }
}
