/**
 * Ends the jobs whose time (`expires_in`) is over, by the clock of Redis: gateways and workers differ. And looks after those that were
 * ended early, until BullMQ has ended them too.
 */
import { setTimeout as sleep } from 'node:timers/promises'
import type { EarlyEnd } from '@video-scraper/core'
import { bindScript, isCausedByRedisOutage, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { PLACE_GRACE_MS } from '../admission/slots.ts'
import { ENDED_FIELD } from '../bullmq-form.ts'
import { queueKey } from '../queues.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import { script } from '../scripts.ts'
import type { EndEarly } from './early-end.ts'
import { LOOKED_AT_AFTER_MS } from './verdict.ts'

/** Jobs that are ended at once, and how often in one look: more wait for the next one, since Redis has other work. */
const AT_ONCE = 50
const BATCHES_MAX = 10
/** Between two batches; as long as the batch before took where that is more, so that a slow Redis gets less work. */
const PAUSE_MS = 20
/** Nobody else looks at a job for so long. It is also how long the place of a job counts that is not there yet. */
const CLAIM_MS = PLACE_GRACE_MS
/** A job that has a verdict and that no worker has drained yet is looked at again: soon, then seldom. */
const LOOKED_AT_AFTER_MAX_MS = 600_000

interface DeadlineDependencies {
  redis: Redis
  find: (id: string) => Promise<JobSnapshot | null>
  endEarly: EndEarly
}

export interface DeadlineLook {
  /** Jobs that got the verdict by this look. */
  expired: number
  /** Jobs that could not be ended now. A later look comes to them again. Where Redis is in a fault state, it is the last one of the look. */
  failures: { id: string; error: unknown }[]
}

/**
 * Ends jobs whose time is over, and those that were ended early and that BullMQ has not ended, some hundreds at most. Any number of processes may do it at the same time, since each job is claimed by one
 * of them. It is kept until BullMQ has ended the job, so whoever is killed at any step leaves it to a later look. Rejects when it cannot claim any.
 */
export type ExpireDue = (stopped?: AbortSignal) => Promise<DeadlineLook>

export function createExpireDue({ redis, find, endEarly }: DeadlineDependencies): ExpireDue {
  const claimDue = bindScript<(string | number)[]>(redis, script('claim-due'))
  const lookLater = bindScript<null>(redis, script('look-later'))
  const hasEnded = async ({ kind, id }: JobSnapshot) => (await redis.hexists(queueKey(kind, id), ENDED_FIELD)) === 1

  /** Whether the job got the verdict `expired` now. */
  async function lookAt(id: string, wasClaimed: boolean): Promise<boolean> {
    const job = await find(id)
    // A new one may be on its way.
    if (job === null && !wasClaimed) return false
    const verdict = job === null ? null : verdictFor(job)
    if (job === null || verdict === null || (await hasEnded(job)) || (await endEarly(job, verdict)) !== verdict) {
      await forgetDeadline(redis, id)
      return false
    }
    // A worker that puts it off in this moment did not see the verdict, and the job would wait on until its time has come.
    await lookLater([keys.overdue], [id, lookedAtAfter(job)])
    return verdict === 'expired' && job.failure !== 'job_expired'
  }

  async function expireBatch(look: DeadlineLook): Promise<'more' | 'done'> {
    const claimed = await claimDue([keys.deadlines, keys.overdue], [AT_ONCE, CLAIM_MS])
    const ids = claimed.filter((_, at) => at % 2 === 0).map(String)
    const answers = await Promise.allSettled(ids.map((id, at) => lookAt(id, claimed[2 * at + 1] === 1)))
    const failures = answers.flatMap((answer, at) =>
      answer.status === 'rejected' ? [{ id: ids[at] ?? '', error: answer.reason as unknown }] : [],
    )
    const outage = failures.find(({ error }) => isCausedByRedisOutage(error))
    look.expired += answers.filter((answer) => answer.status === 'fulfilled' && answer.value).length
    look.failures.push(...failures.filter(({ error }) => !isCausedByRedisOutage(error)), ...(outage ? [outage] : []))
    return outage || ids.length < AT_ONCE ? 'done' : 'more'
  }

  return async (stopped) => {
    const look: DeadlineLook = { expired: 0, failures: [] }
    for (let batch = 0; batch < BATCHES_MAX && !stopped?.aborted; batch += 1) {
      const began = performance.now()
      if ((await expireBatch(look)) === 'done') break
      await sleep(Math.max(PAUSE_MS, performance.now() - began))
    }
    return look
  }
}

/** Nobody looks at the job any more, since it has ended. Rejects when Redis does not answer. */
export async function forgetDeadline(redis: Redis, id: string): Promise<void> {
  // In this order: between the two a claim moves it from the one to the other.
  await Promise.all([redis.zrem(keys.deadlines, id), redis.zrem(keys.overdue, id)])
}

/** What the job gets, or has already; null where it has no time that could be over. A cancel that came first stands. */
function verdictFor({ state, envelope }: JobSnapshot): EarlyEnd | null {
  if (state === 'cancelled') return 'cancelled'
  return envelope.options.expires_in === undefined ? null : 'expired'
}

/** Twice the time that has passed, as the clock of this machine sees it. */
function lookedAtAfter({ finishedAt }: JobSnapshot): number {
  const passedMs = finishedAt === null ? 0 : Date.now() - finishedAt
  return Math.min(LOOKED_AT_AFTER_MAX_MS, Math.max(LOOKED_AT_AFTER_MS, passedMs))
}
