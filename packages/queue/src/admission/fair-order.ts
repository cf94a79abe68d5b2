/**
 * Whose job is next: start-time fair queueing. The smallest tag is started next (BullMQ's `priority`), and the queue's clock
 * is the tag last started. A job's tag is two more than its client's last one, which is a whole turn, but at least one more
 * than the clock: half a turn, so that a client's first job starts before the next of any that is being served. An attempt
 * that is tried again takes a new tag, as a new job would: otherwise who fails three times is served three times. Tags never
 * exceed BullMQ's largest priority: everything is moved down before.
 *
 * A job whose answer is cached costs a worker milliseconds, so it is charged an eighth of a turn, on an account of its own
 * that begins a turn before the clock: it stands before everybody's jobs, whatever else its client has waiting. A client
 * that sends many of them has used up its lead after eight, and from then on gets eight of them for each job of others. The
 * rate limit counts them like all jobs.
 */
import type { JobKind } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { PRIORITY_MAX } from '../bullmq-form.ts'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

/** A tag is BullMQ's priority. */
export const TAG_MAX = PRIORITY_MAX

/** The worker's side: the gateway gives tags with the admission. */
export interface FairOrder {
  /** Moves the queue's clock to the tag of the job that is being started, and notes the serviceRate of the queue. */
  started(kind: JobKind, id: string): Promise<void>
  /** Gives a job that will be tried again its new place in the fair order, while the lock is still `token`'s. */
  retried(kind: JobKind, limitSubject: string, id: string, token: string): Promise<void>
}

export function createFairOrder(redis: Redis): FairOrder {
  const start = bindScript<number>(redis, script('start-turn'))
  const retry = bindScript<number>(redis, script('retry-turn'))
  return {
    async started(kind, id) {
      await start([keys.fairClock(kind), keys.fairTags(kind), queueKey(kind, id), keys.serviceRate(kind)], [])
    },
    async retried(kind, limitSubject, id, token) {
      await retry([keys.fairClock(kind), keys.fairTags(kind), queueKey(kind, id)], [limitSubject, TAG_MAX, token])
    },
  }
}
