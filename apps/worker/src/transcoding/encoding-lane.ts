/** How many downloads that may be encoded again (`transcode`) run in this worker at once, and when the others ask again. */
import type { JobEnvelope } from '@video-scraper/contracts'
import { WaitUntil } from '@video-scraper/core'
import type { RunningJob } from '@video-scraper/queue'
import { createWaitingJobs } from './waiting-jobs.ts'

/** Those that wait ask at multiples of this, so that the order of the queue decides which of them is first. */
const TOGETHER_EVERY_MS = 5_000
/** One of all that wait asks in this time, in the mean. It costs some milliseconds of a worker and of Redis, and two lines of the log. */
const MS_PER_QUESTION = 500
const LONGEST_WAIT_MS = 1_800_000
/** `WaitUntil` knows no shorter wait. */
const SHORTEST_WAIT_MS = 1_000
/** A job may have been put off by a worker whose clock is ahead by so much. */
const EARLY_MS = 250
/** A wait is longer or shorter by up to this part, so that there is no time at which nobody asks. */
const SPREAD = 0.5

type LaneJob = Pick<RunningJob, 'id'> & { readonly envelope: Pick<JobEnvelope, 'limitSubject'> }

export interface EncodingLane {
  /** Does the work in a slot, which is free again however the work ends. Rejects with a `WaitUntil` where there is none. */
  run<Result>(job: LaneJob, work: () => Promise<Result>): Promise<Result>
  /** A job has ended, perhaps while it waited: it makes nobody else wait any longer. */
  forget(id: string): void
}

/**
 * One slot for downloads stays out of the lane, where a worker has two or more; and one download more than encode at once is fetched
 * meanwhile, so that those that wait for their turn hold no more slots than that.
 */
export const laneSlotsOf = (downloadsAtOnce: number, encodedAtOnce: number): number =>
  Math.max(1, Math.min(downloadsAtOnce - 1, encodedAtOnce + 1))

/**
 * A client that has a slot gets another one only where one more stays free, so one client never holds a lane of two slots or more.
 * A slot that becomes free is not given before the next jobs come that were refused: who comes between would take it from them. Those
 * that have come at their own time do not wait for others.
 *
 * A job asks again after half a second for each job of its client that waits, times the clients whose jobs wait; from five
 * seconds to half an hour, and up to half as much more. So all that wait ask about twice a second together, and a client with many
 * jobs does not make those of another one wait for much longer.
 *
 * `now`: epoch milliseconds. `random`: 0 to 1.
 */
export function createEncodingLane(
  slots: number,
  { now = Date.now, random = Math.random }: { now?: () => number; random?: () => number } = {},
): EncodingLane {
  const heldBy = new Map<string, number>()
  const waiting = createWaitingJobs()
  /** The times at which jobs come that were refused while no slot was free. */
  const awaited = new Set<number>()
  let held = 0
  let lookedAt = 0

  function forgetWhatHasCome(time: number): void {
    if (time < lookedAt + TOGETHER_EVERY_MS) return
    lookedAt = time
    waiting.forgetBefore(time - TOGETHER_EVERY_MS)
    for (const at of awaited) if (at <= time) awaited.delete(at)
  }

  const isAwaited = (time: number): boolean =>
    [...awaited].some((at) => at > time + EARLY_MS && at <= time + EARLY_MS + TOGETHER_EVERY_MS)

  function askAgainAt(limitSubject: string, time: number): number {
    const { own, clients } = waiting.countsOf(limitSubject)
    const shareMs = Math.min(own * clients * MS_PER_QUESTION, LONGEST_WAIT_MS)
    const waitMs = shareMs * (1 + SPREAD * (2 * random() - 1))
    return (Math.floor((time + SHORTEST_WAIT_MS + waitMs) / TOGETHER_EVERY_MS) + 1) * TOGETHER_EVERY_MS
  }

  function take({ id, envelope: { limitSubject } }: LaneJob): void {
    const time = now()
    forgetWhatHasCome(time)
    const mayComeNow = (waiting.timeOf(limitSubject, id) ?? Number.POSITIVE_INFINITY) <= time + EARLY_MS
    const free = isAwaited(time) && !mayComeNow ? 0 : slots - held
    const own = heldBy.get(limitSubject) ?? 0
    if (free > 1 || (free === 1 && own === 0)) {
      waiting.remove(limitSubject, id)
      heldBy.set(limitSubject, own + 1)
      held += 1
      return
    }
    // It counts among those that wait before its time is known.
    waiting.add(limitSubject, id, time)
    const at = askAgainAt(limitSubject, time)
    waiting.add(limitSubject, id, at)
    if (free === 0) awaited.add(at)
    throw new WaitUntil('transcode_turn', at)
  }

  function giveBack(limitSubject: string): void {
    const left = (heldBy.get(limitSubject) ?? 0) - 1
    if (left > 0) heldBy.set(limitSubject, left)
    else heldBy.delete(limitSubject)
    held -= 1
  }

  return {
    forget: waiting.forget,
    async run(job, work) {
      take(job)
      try {
        return await work()
      } finally {
        giveBack(job.envelope.limitSubject)
      }
    },
  }
}
