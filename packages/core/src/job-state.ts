/** The life of a job: which state may follow which, and how the state is read off what Redis remembers. */
import type { JobState } from '@video-scraper/contracts'

/** Edges of the state machine. A state with no way out is final. `docs/states.md` says who takes each edge. */
export const nextStates = {
  queued: ['running', 'cancelled', 'failed'],
  // Back to `queued` when an attempt is to be repeated, the worker was asked to stop, or it died holding the job.
  running: ['queued', 'completed', 'failed', 'cancelled'],
  completed: [],
  failed: [],
  cancelled: [],
} as const satisfies Record<JobState, readonly JobState[]>

export const isFinal = (state: JobState): boolean => nextStates[state].length === 0

/**
 * Set once per job, by whoever comes first: the gateway cancels, the worker commits to publishing a result, or its time
 * (`expires_in`) is over before either.
 */
export type Verdict = 'cancelled' | 'expired' | 'committed'

/** A verdict that ends the job, whatever its worker still has to do. */
export type EarlyEnd = Exclude<Verdict, 'committed'>

/** The state that a verdict alone decides; null where it depends on how BullMQ ends the job. */
const stateByVerdict = {
  cancelled: 'cancelled',
  expired: 'failed',
  committed: null,
} as const satisfies Record<Verdict, JobState | null>

/** One that only a newer version knows decides nothing here. */
const decidedBy = (verdict: Verdict | null): JobState | null =>
  verdict === null ? null : (stateByVerdict[verdict] ?? null)

export const endsEarly = (verdict: Verdict | null): verdict is EarlyEnd => decidedBy(verdict) !== null

/** What Redis remembers about a job. */
export interface JobFacts {
  /** BullMQ has ended the job, with a result or with a reason of failure. */
  ending: 'completed' | 'failed' | null
  /** A worker holds the job's lock now. */
  locked: boolean
  verdict: Verdict | null
}

/**
 * Reads the state. A job that is cancelled, or whose time is over, has ended from the moment of the verdict, whatever its worker
 * still has to do; and a job that ended before the verdict could be given never gets one (`queue/execution/verdict.ts`).
 */
export function stateOf({ ending, locked, verdict }: JobFacts): JobState {
  const decided = decidedBy(verdict)
  if (decided !== null) return decided
  if (ending) return ending
  return locked ? 'running' : 'queued'
}
