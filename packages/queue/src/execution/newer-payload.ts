/** What a worker does with a job whose payload is of a newer version than it knows. */
import type { JobEnvelope, JobKind } from '@video-scraper/contracts'
import { type EarlyEnd, endsEarly } from '@video-scraper/core'
import type { Job } from 'bullmq'
import { hasLastingForm } from '../envelope.ts'
import { endOfEarlyEnd } from './attempt-end.ts'
import { EndedJobDelayed, giveBack, untilRedisAnswers } from './give-back.ts'
import type { HoldJob } from './held-job.ts'
import type { AnyTask } from './task.ts'
import type { Arbiter } from './verdict.ts'

/** So long such a job waits for a newer worker. */
const NEWER_VERSION_DELAY_MS = 30_000

interface NewerAttempt {
  job: Job
  token: string
  task: AnyTask
  arbiter: Arbiter
  hold: HoldJob
  lockMs: number
  closing: AbortSignal
}

/**
 * What to throw, so that BullMQ does the same. The job waits for a newer worker. One that was cancelled, or whose time is over, is ended
 * here all the same: its verdict stands in Redis, and ending it takes no more of its payload than every version has.
 */
export async function endOfNewer(attempt: NewerAttempt): Promise<Error> {
  const { job, token, arbiter, closing } = attempt
  const kind = job.queueName as JobKind
  const verdict = await untilRedisAnswers(closing, () => arbiter.read(kind, String(job.id))).catch(() => null)
  if (endsEarly(verdict)) return drained(attempt, verdict)
  return giveBack(job, token, closing, NEWER_VERSION_DELAY_MS)
}

async function drained(attempt: NewerAttempt, verdict: EarlyEnd): Promise<Error> {
  const { job, token, task, hold, lockMs, closing } = attempt
  const kind = job.queueName as JobKind
  // What goes with the job, such as the jobs that a playlist has made, is known to a newer worker alone.
  if (task.beforeCancelled !== undefined && !hasLastingForm(job.data, kind)) {
    await giveBack(job, token, closing, NEWER_VERSION_DELAY_MS)
    return new EndedJobDelayed()
  }
  const held = hold(kind, String(job.id), token, lockMs)
  return endOfEarlyEnd({ job, envelope: job.data as JobEnvelope, token, held, task, closing }, verdict)
}
