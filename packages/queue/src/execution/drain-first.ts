/** Has a worker come soon to a job that was ended early, so that BullMQ ends it too. */
import type { JobKind } from '@video-scraper/contracts'
import { bindScript } from '@video-scraper/store'
import type { Job } from 'bullmq'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

/**
 * A waiting job goes to the front, and one that waits for a time is woken. For any other nothing changes. Priority 0 is ahead of every
 * other. Rejects when Redis does not answer.
 */
export type DrainFirst = (job: Job) => Promise<void>

type Waiting = 'waits in turn' | 'waits for a time' | 'neither'

/**
 * BullMQ's `changePriority` looks through all jobs at the front for one that does not wait in turn. With thousands that were ended together
 * that would be the square of their number, so it is called only for those that do.
 */
export function createDrainFirst(redis: Redis): DrainFirst {
  const howItWaits = bindScript<Waiting>(redis, script('drain-first'))
  return async (job) => {
    if (job.finishedOn) return
    const waiting = await howItWaits([queueKey(job.queueName as JobKind, String(job.id))], [])
    if (waiting === 'waits in turn') await job.changePriority({ priority: 0, lifo: true })
    // Its time may have come between the two.
    if (waiting === 'waits for a time') await job.promote().catch(() => undefined)
  }
}
