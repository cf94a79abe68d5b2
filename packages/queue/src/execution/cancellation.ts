/** Cancelling across machines: the verdict first, then the waiting job to the front, then the message. */
import { keys } from '@video-scraper/store'
import type { Job } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ReleaseSlots } from '../admission/slots.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { type Queues, queueKey } from '../queues.ts'
import type { PublishChange } from '../reading/job-changes.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import type { Arbiter, VerdictAnswer } from './verdict.ts'

interface CancellationDependencies {
  redis: Redis
  queues: Queues
  release: ReleaseSlots
  publishChange: PublishChange
  arbiter: Arbiter
  outbox: Outbox
}

export interface Cancellation {
  cancel(job: JobSnapshot): Promise<VerdictAnswer>
}

/** The gateway's side. The verdict decides; all that follows only makes the end come sooner, and may be repeated. */
export function createCancellation({
  redis,
  queues,
  release,
  arbiter,
  outbox,
  publishChange,
}: CancellationDependencies): Cancellation {
  return {
    async cancel({ id, kind, envelope }) {
      const verdict = await arbiter.cancel(queueKey(kind, id))
      if (verdict !== 'cancelled') return verdict
      await Promise.all([
        release(kind, envelope.limitSubject, id),
        queues[kind].getJob(id).then(drainFirst),
        redis.publish(keys.cancelChannel, id),
        // A worker may not come to the job for long, and it is cancelled now. When that does come, it records it too.
        outbox.recordEnd(id, envelope).catch(() => false),
        publishChange(kind, id),
      ])
      return verdict
    },
  }
}

/**
 * A waiting job goes to the front, so that a worker ends it soon; a delayed one is woken. Priority 0 is ahead of every
 * other. For a job that is running or has ended both calls change nothing that matters.
 */
export async function drainFirst(job: Job | undefined): Promise<void> {
  if (!job || job.finishedOn) return
  await job.changePriority({ priority: 0, lifo: true })
  if (await job.isDelayed()) await job.promote().catch(() => undefined)
}

/** The worker's side: calls `onCancel` with the id of each job whose cancelling was published. */
export async function listenForCancels(redis: Redis, onCancel: (id: string) => void): Promise<{ close(): void }> {
  const subscriber = redis.duplicate()
  subscriber.on('error', () => undefined)
  subscriber.on('message', (_channel, id) => onCancel(id))
  await subscriber.subscribe(keys.cancelChannel)
  return { close: () => subscriber.disconnect() }
}
