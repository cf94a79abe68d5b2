/** Ends the jobs whose time (`expires_in`) is over, by the clock of Redis: gateways and workers differ. */
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { PLACE_GRACE_MS } from '../admission/slots.ts'
import type { JobSnapshot } from '../reading/snapshot.ts'
import { script } from '../scripts.ts'
import type { EndEarly } from './early-end.ts'
import type { VerdictAnswer } from './verdict.ts'

/** Jobs that are ended at once. */
const AT_ONCE = 100

interface DeadlineDependencies {
  redis: Redis
  find: (id: string) => Promise<JobSnapshot | null>
  endEarly: EndEarly
}

/**
 * Ends all jobs whose time is over; resolves to how many got the verdict. One that was being published, or had ended, is let go. Any number of processes may do it at the same time, and each
 * step may be repeated: the deadline goes last, so whoever is killed in between leaves the job to the next. Rejects when Redis does
 * not answer.
 */
export type ExpireDue = () => Promise<number>

export function createExpireDue({ redis, find, endEarly }: DeadlineDependencies): ExpireDue {
  const nameDue = bindScript<(string | number)[]>(redis, script('due-deadlines'))

  /** `overdueMs`: for how long the time of the job has been over. Null: it is looked at again. */
  async function expire(id: string, overdueMs: number): Promise<VerdictAnswer | null> {
    const job = await find(id)
    // It was admitted, and may be on its way.
    if (job === null && overdueMs <= PLACE_GRACE_MS) return null
    const answer = job === null ? 'missing' : await endEarly(job, 'expired')
    await redis.zrem(keys.deadlines, id)
    return answer
  }

  return async () => {
    let expired = 0
    let isMore: boolean
    do {
      const due = await nameDue([keys.deadlines], [AT_ONCE])
      const ids = due.filter((_, at) => at % 2 === 0).map(String)
      const answers = await Promise.all(ids.map((id, at) => expire(id, Number(due[2 * at + 1]))))
      expired += answers.filter((answer) => answer === 'expired').length
      isMore = ids.length === AT_ONCE && answers.some((answer) => answer !== null)
    } while (isMore)
    return expired
  }
}
