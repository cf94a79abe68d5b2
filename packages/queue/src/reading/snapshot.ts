/** A job as read: the state from its three facts, and everything else that Redis remembers. */
import type {
  FailureCode,
  JobEnvelope,
  JobKind,
  JobProgress,
  JobResults,
  JobState,
  WaitReason,
} from '@video-scraper/contracts'
import { endsEarly, failureCodeOf, isFinal, stateOf, type Verdict } from '@video-scraper/core'
import { dueTimeOf, JOB_FIELDS } from '../bullmq-form.ts'
import { hasLastingForm, inTodaysForm } from '../envelope.ts'

/** Times are epoch milliseconds, in order: `createdAt`, `startedAt`, `finishedAt`. */
interface SnapshotBase {
  id: string
  state: JobState
  /**
   * Grows with each change that was announced, whoever made it; odd when the job has ended. Of two readings the later one
   * has never the smaller, but when Redis lost its last second.
   */
  revision: number
  envelope: JobEnvelope
  createdAt: number
  startedAt: number | null
  finishedAt: number | null
  /** How many attempts have ended so far, well or badly. */
  attemptsEnded: number
  /** How many attempts have begun so far, those that were handed back included. Never falls. */
  attemptsBegun: number
  progress: JobProgress | null
  /** Why the job failed, or the last attempt of one that goes on. BullMQ keeps the reason of an earlier attempt. */
  failure: FailureCode | null
  /** Why the last attempt of a job failed whose time was over afterwards; null where none did, and for any other job. */
  failureBefore: FailureCode | null
  /** When the stream of the job starts, as its source said when the job found that it had not; null for any other. */
  startsAt: number | null
  /** When a job that waits for its next attempt is due; null for any other. */
  nextAttemptAt: number | null
  /** What it waits for until then; null where that is its next attempt after a failed one, or nothing. */
  waitingFor: WaitReason | null
}

/** Of each kind. */
export type SnapshotOf<Kind extends JobKind> = {
  [Each in Kind]: SnapshotBase & { kind: Each; result: JobResults[Each] | null }
}[Kind]

export type JobSnapshot = SnapshotOf<JobKind>

/** What is read of a job's hash, in the order in which `snapshotOf` takes it: BullMQ's fields, then ours. */
export const RECORD_FIELDS = [
  ...JOB_FIELDS,
  'verdict',
  'verdictAt',
  'revision',
  'tried',
  'startsAt',
  'startWaits',
  'waitingFor',
  'begunAt',
  'failureBefore',
] as const

/** The values of these fields, whether the lock is there and whether there is a result (1 or 0); of a delayed job its score. */
export type StoredJob = (string | number | null)[]

/**
 * Says what is known of a job without asking BullMQ for its state, which costs a walk through the waiting list. BullMQ
 * writes `finishedOn` together with the result or the reason, so no half-ended job is ever seen. Null when there is none.
 */
export function snapshotOf(kind: JobKind, id: string, stored: StoredJob): JobSnapshot | null {
  const [
    data,
    timestamp,
    processedOn,
    finished,
    returnvalue,
    failedReason,
    progress,
    ended,
    ,
    given,
    verdictAt,
    changes,
    tried,
    startsAt,
    startWaits,
    waitingFor,
    begunAt,
    failureBefore,
    locked,
    returned,
    score,
  ] = stored
  const envelope = inTodaysForm(parse(data))
  if (!hasLastingForm(envelope, kind)) return null

  const finishedOn = number(finished)
  const ending = finishedOn === null ? null : returned === 1 ? 'completed' : 'failed'
  // Gateways and workers write by their own clocks, which may differ; no job begins before it was made, or ends before it began.
  const createdAt = number(timestamp) ?? 0
  const verdict = (given ?? null) as Verdict | null
  const isExpired = verdict === 'expired'
  const begun = number(tried)
  const startedAt = notBefore(createdAt, startOf(isExpired, number(begunAt), number(processedOn)))
  const state = stateOf({ ending, locked: locked === 1, verdict })
  return {
    id,
    kind,
    state,
    revision: 2 * (number(changes) ?? 0) + (isFinal(state) ? 1 : 0),
    envelope,
    createdAt,
    startedAt,
    finishedAt: notBefore(startedAt ?? createdAt, endsEarly(verdict) ? number(verdictAt) : finishedOn),
    ...attemptsOf(isExpired ? 0 : (number(ended) ?? 0), begun),
    progress: progressOf(parse(progress)),
    ...(isExpired
      ? { failure: 'job_expired', failureBefore: failureFrom(failureBefore, startWaits) }
      : { failure: failureIn(state, failedReason, startWaits), failureBefore: null }),
    startsAt: number(startsAt),
    ...waitOf(state, number(score), waitingFor),
    result: state === 'completed' ? parse(returnvalue) : null,
  } as JobSnapshot
}

/** A job that has no time to wait for, or has been cancelled, waits for nothing. */
const waitOf = (state: JobState, score: number | null, reason: Field) => {
  const nextAttemptAt = state === 'queued' ? dueTime(score) : null
  return { nextAttemptAt, waitingFor: nextAttemptAt === null ? null : ((reason ?? null) as WaitReason | null) }
}

/** BullMQ writes the draining of a job whose time is over down as a start, and as an attempt, of it. */
const startOf = (isExpired: boolean, begunAt: number | null, processedOn: number | null): number | null =>
  begunAt ?? (isExpired ? null : processedOn)

/** A job of an earlier release counted no beginnings. */
const attemptsOf = (ended: number, begun: number | null) => ({
  attemptsEnded: ended,
  attemptsBegun: Math.max(begun ?? 0, ended),
})

/** An attempt that ended in a wait for the start of a stream is none that failed, so BullMQ keeps no reason of it. */
function failureFrom(reason: Field, startWaits: Field): FailureCode | null {
  if (typeof reason === 'string') return failureCodeOf(reason)
  return number(startWaits) === null ? null : 'live_not_started'
}

const failureIn = (state: JobState, reason: Field, startWaits: Field): FailureCode | null =>
  mayHaveFailed[state] ? failureFrom(reason, startWaits) : null

const mayHaveFailed = {
  queued: true,
  running: true,
  completed: false,
  failed: true,
  cancelled: false,
} as const satisfies Record<JobState, boolean>

type Field = StoredJob[number] | undefined

const number = (field: Field): number | null => (field === null || field === undefined ? null : Number(field))

const notBefore = (earliest: number, time: number | null): number | null =>
  time === null ? null : Math.max(earliest, time)

const dueTime = (score: number | null): number | null => (score === null ? null : dueTimeOf(score))

const parse = (field: Field): unknown => (typeof field === 'string' ? JSON.parse(field) : null)

/** BullMQ's own initial progress is the number 0. */
const progressOf = (value: unknown): JobProgress | null =>
  typeof value === 'object' && value !== null ? (value as JobProgress) : null
