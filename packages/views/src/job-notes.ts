/** What either kind of job says beside its state: why the last attempt failed, and what could not be had. */

import type { WaitReason } from '@video-scraper/contracts'
import { warningsFrom } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import { attemptErrorOf } from './failure-view.ts'
import { instantOrNull } from './times.ts'

/** Of a job that goes on after a failed attempt, or waits for a time. */
export function lastErrorOf(job: JobSnapshot) {
  const { failure, nextAttemptAt, waitingFor } = job
  if (failure === null && waitingFor === null) return {}
  return {
    ...attemptErrorOf(job),
    ...(waitingFor !== null && { waiting_for: waitingFor }),
    next_attempt_at: instantOrNull(nextAttemptAt),
  }
}

export function warningsOf({ progress }: JobSnapshot) {
  const warnings = warningsFrom(progress?.warnings ?? [], progress?.lengths)
  return warnings.length === 0 ? {} : { warnings }
}

const waits = {
  site_rest: 'Waiting: the site has refused too often, and is left alone until next_attempt_at',
  site_rate: 'Waiting: the site is asked only so often, and other jobs are first',
  transcode_turn: 'Waiting: only so many videos are encoded again at once, and other jobs are first',
} as const satisfies Record<WaitReason, string>

/** What a job waits for, for people; null where it does not wait for a time. */
export const waitSentence = ({ waitingFor }: JobSnapshot): string | null =>
  waitingFor === null ? null : waits[waitingFor]
