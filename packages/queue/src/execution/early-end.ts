/** Ending a job early across machines: the verdict first, then the waiting job to the front, then the message. */
import type { EarlyEnd } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import type { Job } from 'bullmq'
import type { Redis } from 'ioredis'
import type { ReleaseSlots } from '../admission/slots.ts'
import type { Outbox } from '../outbox/outbox.ts'
import { type Queues, queueKey } from '../queues.ts'
import type { PublishChange } from '../reading/job-changes.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import type { Arbiter, VerdictAnswer } from './verdict.ts'

interface EarlyEndDependencies {
  redis: Redis
  queues: Queues
  release: ReleaseSlots
  publishChange: PublishChange
  arbiter: Arbiter
  outbox: Outbox
}

/** Asks for the verdict, and does what follows from it. The answer is the verdict that holds, which may be another. */
export type EndEarly = (job: Pick<JobSnapshot, 'id' | 'kind' | 'envelope'>, wanted: EarlyEnd) => Promise<VerdictAnswer>

/** The side of whoever ends it. The verdict decides; all that follows only makes the end come sooner, and may be repeated. */
export function createEndEarly({
  redis,
  queues,
  release,
  arbiter,
  outbox,
  publishChange,
}: EarlyEndDependencies): EndEarly {
  return async ({ id, kind, envelope }, wanted) => {
    const verdict = await arbiter.endEarly(queueKey(kind, id), wanted)
    if (verdict !== wanted) return verdict
    await Promise.all([
      release(kind, envelope.limitSubject, id),
      queues[kind].getJob(id).then(drainFirst),
      redis.publish(keys.cancelChannel, id),
      // A worker may not come to the job for long, and it has ended now. When that does come, it records it too.
      outbox.recordEnd(id, envelope).catch(() => false),
      publishChange(kind, id),
    ])
    return verdict
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

/** The worker's side: calls `onEnd` with the id of each job of which somebody says that it was ended early. */
export async function listenForEarlyEnds(redis: Redis, onEnd: (id: string) => void): Promise<{ close(): void }> {
  const subscriber = redis.duplicate()
  subscriber.on('error', () => undefined)
  subscriber.on('message', (_channel, id) => onEnd(id))
  await subscriber.subscribe(keys.cancelChannel)
  return { close: () => subscriber.disconnect() }
}
