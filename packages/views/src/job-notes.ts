/** What either kind of job says beside its state: why the last attempt failed, and what could not be had. */
import { failureRules, warningsFrom } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import { startOf } from './failure-view.ts'
import { instantOrNull } from './times.ts'

/** Of a job that goes on after a failed attempt. */
export function lastErrorOf(job: JobSnapshot) {
  const { failure, nextAttemptAt } = job
  if (failure === null) return {}
  return {
    last_error: { code: failure, error: failureRules[failure].message, ...startOf(job) },
    next_attempt_at: instantOrNull(nextAttemptAt),
  }
}

export function warningsOf({ progress }: JobSnapshot) {
  const warnings = warningsFrom(progress?.warnings ?? [], progress?.lengths)
  return warnings.length === 0 ? {} : { warnings }
}
