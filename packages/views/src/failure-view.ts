/** Why a job failed, in public: a sentence that says for whom, a code, and whether trying again makes sense. */
import { type FailureCode, type JobKind, kinds } from '@video-scraper/contracts'
import { failureRules } from '@video-scraper/core'

export function failureView(kind: JobKind, failure: FailureCode | null) {
  const code = failure ?? 'internal_error'
  const { message, retryable, nextStep } = failureRules[code]
  return { error: `${kinds[kind].failureBeginning}: ${message}`, code, retryable, next_step: nextStep }
}
