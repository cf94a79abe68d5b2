/** How a job ended, and whether an error is the end of one. */
import type { FailureCode, JobKind } from '@video-scraper/contracts'
import { failureCodeOf } from '@video-scraper/core'
import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq'

/** How a job ended, for metrics. */
export interface JobEnd {
  kind: JobKind
  outcome: 'completed' | 'failed' | 'cancelled'
  /** Null but for `failed`. */
  code: FailureCode | null
  /**
   * From the request to the beginning of the last attempt, in milliseconds; null when there was none, and for a job whose time was over:
   * BullMQ takes its draining for an attempt.
   */
  waitingMs: number | null
  /** The last attempt, in milliseconds; null as the wait. */
  runningMs: number | null
}

export function endedJob(kind: JobKind, outcome: JobEnd['outcome'], job: Job): JobEnd {
  const { timestamp, finishedOn, failedReason } = job
  const code = outcome === 'failed' ? failureCodeOf(failedReason ?? '') : null
  const processedOn = code === 'job_expired' ? undefined : job.processedOn
  return {
    kind,
    outcome,
    code,
    waitingMs: processedOn === undefined ? null : Math.max(0, processedOn - timestamp),
    runningMs: processedOn === undefined || finishedOn === undefined ? null : Math.max(0, finishedOn - processedOn),
  }
}

/** Whether BullMQ will take this error for the end of the job, and not for a wait or a retry. */
export function endsJob(error: unknown, { attemptsMade, opts }: Job): boolean {
  if (error instanceof WaitingError || error instanceof DelayedError) return false
  return error instanceof UnrecoverableError || attemptsMade + 1 >= (opts.attempts ?? 1)
}
