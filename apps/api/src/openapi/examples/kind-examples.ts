/** What the document shows of each kind of job. Those of the first two stand in `job-examples.ts`; others are made from their row. */
import { type JobKind, jobKinds, type KindExamples, kinds } from '@video-scraper/contracts'
import { failureRules } from '@video-scraper/core'
import { acceptedView } from '@video-scraper/views'
import { examples } from './job-examples.ts'

interface Example {
  readonly status: string
  readonly [key: string]: unknown
}

interface StatusExamples {
  readonly [status: string]: Example
  readonly completed: Example
  readonly failed: Example
}

interface WrittenExamples {
  readonly requests: Readonly<Record<string, object>>
  readonly accepted: object
  readonly status: StatusExamples
}

/** A kind without examples in its row does not compile without a line here. */
type KindsWithout = { [Kind in JobKind]: (typeof kinds)[Kind]['examples'] extends null ? Kind : never }[JobKind]

const written = {
  info: { requests: examples.requests, accepted: examples.infoAccepted, status: examples.info },
  download: { requests: examples.downloadRequests, accepted: examples.downloadAccepted, status: examples.download },
} as const satisfies Record<KindsWithout, WrittenExamples>

const DIGITS = '0a1b2c3d4e5f60718293a4b5c6d7e8f9'
const { created_at, started_at, finished_at, url, attempts } = examples.info.completed
const ended = { url, attempts, created_at, started_at, finished_at }

function madeFor(kind: JobKind, { requests, completed }: KindExamples): WrittenExamples {
  const { ids, failureBeginning } = kinds[kind]
  const job_id = `${ids}${DIGITS}`
  const { message, retryable, nextStep } = failureRules.network_error
  const failed = { error: `${failureBeginning}: ${message}`, code: 'network_error', retryable, next_step: nextStep }
  return {
    requests,
    accepted: acceptedView(kind, job_id),
    status: {
      completed: { job_id, status: 'completed', ...completed, kind, ...ended },
      failed: { job_id, status: 'failed', ...failed, kind, ...ended },
    },
  }
}

const made = jobKinds.flatMap((kind) => {
  const ofRow: KindExamples | null = kinds[kind].examples
  return ofRow === null ? [] : [[kind, madeFor(kind, ofRow)] as const]
})

// Each kind is in one of the two: `written` has exactly those that have none in their row.
const table: Record<string, WrittenExamples> = { ...written, ...Object.fromEntries(made) }
const examplesOf = (kind: JobKind) => table[kind] as WrittenExamples

/** Bodies of the POST, by name. */
export const requestExamples = (kind: JobKind) => examplesOf(kind).requests
/** The 202 of the POST. */
export const acceptedExample = (kind: JobKind) => examplesOf(kind).accepted
/** Bodies of the status, by name. */
export const statusExamples = (kind: JobKind) => examplesOf(kind).status
