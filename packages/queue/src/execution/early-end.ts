/** Ending a job early across machines: the verdict first, then the waiting job to the front, then the message. */
import type { EarlyEnd } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import type { ReleaseSlots } from '../admission/slots.ts'
import type { Outbox } from '../outbox/outbox.ts'
import type { Queues } from '../queues.ts'
import type { PublishChange } from '../reading/job-changes.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import type { DrainFirst } from './drain-first.ts'
import type { Arbiter, VerdictAnswer } from './verdict.ts'

interface EarlyEndDependencies {
  redis: Redis
  queues: Queues
  /** What the job counts for no more, by the verdict. */
  releases: Record<EarlyEnd, ReleaseSlots>
  drainFirst: DrainFirst
  /** Has the playlist with this id look soon. */
  wake: (playlistId: string) => Promise<void>
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
  releases,
  drainFirst,
  wake,
  arbiter,
  outbox,
  publishChange,
}: EarlyEndDependencies): EndEarly {
  return async ({ id, kind, envelope }, wanted) => {
    const verdict = await arbiter.endEarly(kind, id, wanted)
    if (verdict !== wanted) return verdict
    const recorded = outbox.recordEnd(id, envelope)
    const isExpired = wanted === 'expired'
    await Promise.all([
      releases[wanted](kind, envelope.limitSubject, id),
      queues[kind].getJob(id).then((job) => job && drainFirst(job)),
      redis.publish(keys.cancelChannel, id),
      // A worker may not come to the job for long, and it has ended now. When that does come, it records it too.
      // Whoever ends what is overdue comes again; a client that cancels has its answer.
      isExpired ? recorded : recorded.catch(() => false),
      isExpired && envelope.parent && wake(envelope.parent.id),
      publishChange(kind, id),
    ])
    return verdict
  }
}

/** The worker's side: calls `onEnd` with the id of each job of which somebody says that it was ended early. */
export async function listenForEarlyEnds(redis: Redis, onEnd: (id: string) => void): Promise<{ close(): void }> {
  const subscriber = redis.duplicate()
  subscriber.on('error', () => undefined)
  subscriber.on('message', (_channel, id) => onEnd(id))
  await subscriber.subscribe(keys.cancelChannel)
  return { close: () => subscriber.disconnect() }
}
