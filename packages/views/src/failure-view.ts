/** Why a job failed, in public: a sentence that says for whom, a code, and whether trying again makes sense. */
import { kinds } from '@video-scraper/contracts'
import { failureRules } from '@video-scraper/core'
import type { JobSnapshot } from '@video-scraper/queue'
import { instant } from './times.ts'

export function failureView(job: Pick<JobSnapshot, 'kind' | 'failure' | 'failureBefore' | 'startsAt'>) {
  const { kind, failure } = job
  const code = failure ?? 'internal_error'
  const { message, retryable, nextStep } = failureRules[code]
  return {
    error: `${kinds[kind].failureBeginning}: ${message}`,
    code,
    retryable,
    next_step: nextStep,
    ...startOf(job),
    ...attemptErrorOf({ failure: job.failureBefore, startsAt: job.startsAt }),
  }
}

/** Why the last attempt failed; absent where none did. */
export const attemptErrorOf = (job: Pick<JobSnapshot, 'failure' | 'startsAt'>) =>
  job.failure === null
    ? {}
    : { last_error: { code: job.failure, error: failureRules[job.failure].message, ...startOf(job) } }

/** When the stream starts, where that is why. */
const startOf = ({ failure, startsAt }: Pick<JobSnapshot, 'failure' | 'startsAt'>) =>
  failure === 'live_not_started' && startsAt !== null ? { starts_at: instant(startsAt) } : {}
