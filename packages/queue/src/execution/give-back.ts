/** Puts a job back that its attempt has not ended, for any worker to take. */
import { setTimeout as sleep } from 'node:timers/promises'
import { isCausedByRedisOutage } from '@video-scraper/store'
import { DelayedError, type Job, WaitingError } from 'bullmq'

/** The pause before Redis is asked once more. */
const ASK_AGAIN_MS = 500

/**
 * Of a job that goes back though it has ended by its verdict, since what has to happen before its end cannot be done now. Nobody wakes
 * it before its time, or it would be taken and given back again without end.
 */
export class EndedJobDelayed extends DelayedError {}

/** Puts a job back after `waitMs`, or at once where it is null. A lock that is no longer ours means that somebody else has the job. */
export async function giveBack(
  job: Job,
  token: string,
  closing: AbortSignal,
  waitMs: number | null,
): Promise<WaitingError | DelayedError> {
  const move = async () => {
    if (waitMs === null) await job.moveToWait(token)
    else await job.moveToDelayed(Date.now() + Math.round(waitMs), token)
  }
  await untilRedisAnswers(closing, move).catch(() => undefined)
  return waitMs === null ? new WaitingError() : new DelayedError()
}

/** Repeats `work` while Redis is in a fault state, unless the worker ends; rejects with every other error. */
export async function untilRedisAnswers<T>(closing: AbortSignal, work: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      return await work()
    } catch (error) {
      if (closing.aborted || !isCausedByRedisOutage(error)) throw error
      await sleep(ASK_AGAIN_MS)
    }
  }
}
