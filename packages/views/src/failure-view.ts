/** Why a job failed, in public: a sentence that says for whom, a code, and whether trying again makes sense. */
import type { FailureCode, JobKind } from '@video-scraper/contracts'
import { failureRules } from '@video-scraper/core'

const beginnings = {
  info: 'Unable to extract video information',
  download: 'Download failed',
} as const satisfies Record<JobKind, string>

export function failureView(kind: JobKind, failure: FailureCode | null) {
  const code = failure ?? 'internal_error'
  const { message, retryable, nextStep } = failureRules[code]
  return { error: `${beginnings[kind]}: ${message}`, code, retryable, next_step: nextStep }
}
