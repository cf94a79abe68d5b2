/** How an attempt ends that brought no result: the job goes back uncounted, the attempt counts, or the job has ended. */
import type { FailureCode, JobEnvelope } from '@video-scraper/contracts'
import {
  type EarlyEnd,
  endsEarly,
  failureOf,
  failureOfWait,
  hasWaitedTooLong,
  JobFailure,
  type StartWaitLimits,
  Stop,
  type StopReason,
  type Verdict,
  WaitUntil,
  waitMsUntil,
} from '@video-scraper/core'
import { isCausedByRedisOutage } from '@video-scraper/store'
import { type Job, UnrecoverableError, WaitingError } from 'bullmq'
import type { Redis } from 'ioredis'
import type { FairOrder } from '../admission/fair-order.ts'
import { type JobLog, jobFields } from '../job-log.ts'
import { queueKey } from '../queues.ts'
import type { DrainFirst } from './drain-first.ts'
import { EndedJobDelayed, giveBack, untilRedisAnswers } from './give-back.ts'
import type { HeldJob } from './held-job.ts'
import { type EarlierWaits, startWaitOf, waitingMaxOf } from './start-wait.ts'
import type { AnyTask } from './task.ts'

/** A job is handed back for this long when Redis is in a fault state or its folder is busy; up to two seconds more spread them. */
const AGAIN_AFTER_MS = 3000
const SPREAD_MS = 2000
/** A publication that does not work is tried again for ever: soon, then seldom. */
const PUBLISH_AGAIN_MAX_MS = 60_000

type Ending =
  /** The job has ended, by its verdict. */
  | 'ended early'
  /** No attempt is used, and any worker may take the job at once. */
  | 'handed back'
  /** No attempt is used, and the job waits some seconds. */
  | 'handed back later'
  /** The attempt has done its step, and the job waits for what comes next. */
  | 'step done'
  /** The attempt counts. */
  | 'failed'

const endings = {
  cancelled: 'ended early',
  shutdown: 'handed back',
  lock_lost: 'handed back',
  folder_busy: 'handed back later',
  entries_unfinished: 'step done',
  answer_known: 'failed',
  timeout: 'failed',
  stalled: 'failed',
  cpu_limit_exceeded: 'failed',
  memory_limit_exceeded: 'failed',
  file_too_large: 'failed',
  option_unavailable: 'failed',
} as const satisfies Record<StopReason, Ending>

type FailingReason = {
  [Reason in StopReason]: (typeof endings)[Reason] extends 'failed' ? Reason : never
}[StopReason]

const failureCodes = {
  // It ends the fetching inside the attempt, and is never what ends the attempt.
  answer_known: 'internal_error',
  timeout: 'timeout',
  stalled: 'stalled',
  cpu_limit_exceeded: 'cpu_limit_exceeded',
  memory_limit_exceeded: 'memory_limit_exceeded',
  file_too_large: 'file_too_large',
  option_unavailable: 'option_unavailable',
} as const satisfies Record<FailingReason, FailureCode>

/** What BullMQ keeps of the end. */
const reasonsOfEarlyEnds = {
  cancelled: 'cancelled',
  expired: new JobFailure('job_expired').message,
} as const satisfies Record<EarlyEnd, string>

/** Redis in a fault state says nothing about the job, wherever an attempt meets it. */
function endingOf(error: unknown): Ending {
  if (error instanceof Stop) return endings[error.reason]
  return isCausedByRedisOutage(error) ? 'handed back later' : 'failed'
}

export interface EndedAttempt {
  job: Job
  envelope: JobEnvelope
  token: string
  held: HeldJob
  task: Pick<AnyTask, 'beforeCancelled'>
  /** Whether the verdict is `committed`, as far as the attempt knows. */
  committed: boolean
  redis: Redis
  fairOrder: FairOrder
  drainFirst: DrainFirst
  log: JobLog
  /** Missing: no job waits for the start of its stream. */
  startWaits?: StartWaitLimits | undefined
  /** Aborted when the worker ends: then nobody waits for a Redis in a fault state. */
  closing: AbortSignal
}

/** What to throw, so that BullMQ does the same. Waits while Redis is in a fault state, since nothing can be written down before. */
export async function endOf(attempt: EndedAttempt, error: unknown): Promise<Error> {
  const { job, envelope, redis, closing } = attempt
  const id = String(job.id)
  const facts = await untilRedisAnswers(closing, () =>
    redis.hmget(queueKey(envelope.kind, id), 'verdict', 'verdictAt', 'startsAt', 'startWaits'),
  ).catch(() => null)
  // The worker ends and Redis is in a fault state: the lock runs out, and the job is found by the others.
  if (facts === null) return new WaitingError()
  const [given, verdictAt, startsAt = null, startWaits = null] = facts
  const verdict = (given ?? null) as Verdict | null
  // Such a job never retries, however its attempt ended.
  if (endsEarly(verdict)) return endOfEarlyEnd(attempt, verdict)

  if (error instanceof WaitUntil && !attempt.committed) return endOfWaiting(attempt, error, Number(startsAt))
  const ending = endingOf(error)
  // Without the verdict nobody has ended it.
  if (ending === 'handed back' || ending === 'ended early') return handBack(attempt, null)
  if (ending === 'step done' && error instanceof Stop) return endOfStep(attempt, error.waitMs)
  if (ending === 'handed back later') return handBack(attempt, AGAIN_AFTER_MS + Math.random() * SPREAD_MS)
  const failure = error instanceof Stop ? failureOfStop(error) : failureOf(error)
  // After the verdict `committed` there are no attempts to lose: the client may have learned that it is too late to cancel.
  if ((attempt.committed || verdict === 'committed') && failure.retryable) {
    return handBack(attempt, publishAgainAfter(Date.now() - Number(verdictAt ?? 0)))
  }
  return endOfFailed(attempt, failure, { startsAt, startWaits })
}

async function endOfFailed(attempt: EndedAttempt, failure: JobFailure, earlier: EarlierWaits): Promise<Error> {
  const { job, envelope } = attempt
  const waitMs = await waitForStart(attempt, failure, earlier)
  // It is not known whether the job may wait. The lock runs out, and the job is found by the others.
  if (waitMs === 'unknown') return new WaitingError()
  if (waitMs === null) return countedFailure(attempt, failure)
  const fields = { ...jobFields(String(job.id), envelope), waitSeconds: Math.round(waitMs / 1000) }
  attempt.log.info(fields, 'job waits for its stream')
  return handBack(attempt, waitMs, () => takeNewTurn(attempt))
}

/** `startsAt`: when the job's stream begins, in epoch milliseconds; before that it waits for nothing else. */
async function endOfWaiting(attempt: EndedAttempt, wait: WaitUntil, startsAt: number): Promise<Error> {
  const { job, held, startWaits: limits, closing } = attempt
  const since = Math.max(job.timestamp, startsAt)
  // Where Redis does not take the word, the job waits all the same.
  const mayWait = () =>
    untilRedisAnswers(closing, () => held.waitFor(wait.reason, waitingMaxOf(limits))).catch(() => true)
  if (!hasWaitedTooLong(wait.reason, since, Date.now()) && (await mayWait())) return waitUntil(attempt, wait)
  return countedFailure(attempt, new JobFailure(failureOfWait(wait.reason), { cause: wait, retryable: false }))
}

/** Null: the job does not wait for the start of its stream. `unknown`: the worker ends, and Redis is in a fault state. */
async function waitForStart(
  attempt: EndedAttempt,
  failure: JobFailure,
  earlier: EarlierWaits,
): Promise<number | null | 'unknown'> {
  const { job, envelope, held, startWaits: limits, closing } = attempt
  const unstarted = { envelope, failure, createdAt: job.timestamp, earlier, held, limits }
  return untilRedisAnswers(closing, () => startWaitOf(unstarted)).catch((error: unknown) =>
    isCausedByRedisOutage(error) ? 'unknown' : null,
  )
}

/** What ending a job with a verdict needs of an attempt. */
export type DrainedAttempt = Pick<EndedAttempt, 'job' | 'envelope' | 'token' | 'held' | 'task' | 'closing'>

/** What goes with a job that was ended early goes before its end is written: killed in between, the job is found by its lock, and this comes again. */
export async function endOfEarlyEnd(attempt: DrainedAttempt, verdict: EarlyEnd): Promise<Error> {
  const { job, envelope, held, task, closing } = attempt
  const cancelled = { id: String(job.id), envelope, write: held.progress }
  try {
    await untilRedisAnswers(closing, async () => task.beforeCancelled?.(cancelled))
  } catch {
    await handBack(attempt, AGAIN_AFTER_MS + Math.random() * SPREAD_MS)
    return new EndedJobDelayed()
  }
  return new UnrecoverableError(reasonsOfEarlyEnds[verdict])
}

/** A step that has come to its end says that the job does not kill its workers. */
async function endOfStep({ job, envelope, token, held, closing }: EndedAttempt, waitMs: number): Promise<Error> {
  const { owner, limitSubject } = envelope
  await untilRedisAnswers(closing, () => held.endStep({ owner, limitSubject, waitMs })).catch(() => undefined)
  return giveBack(job, token, closing, waitMs)
}

const publishAgainAfter = (ageMs: number) => Math.min(Math.max(ageMs / 4, AGAIN_AFTER_MS), PUBLISH_AGAIN_MAX_MS)

/** Called for reasons that end an attempt as failures alone. */
const failureOfStop = (stop: Stop): JobFailure =>
  new JobFailure(failureCodes[stop.reason as FailingReason], { cause: stop })

async function countedFailure(attempt: EndedAttempt, failure: JobFailure): Promise<Error> {
  const { job, held, closing } = attempt
  // What cannot be written now changes nothing that a client sees.
  await untilRedisAnswers(closing, () => held.forgetStarts()).catch(() => undefined)
  if (!failure.retryable) return new UnrecoverableError(failure.message)
  if (job.attemptsMade + 1 < (job.opts.attempts ?? 1)) await takeNewTurn(attempt)
  return failure
}

const takeNewTurn = ({ job, envelope: { kind, limitSubject }, token, fairOrder }: EndedAttempt) =>
  fairOrder.retried(kind, limitSubject, String(job.id), token).catch(() => undefined)

/**
 * Puts the job back until its time has come, without using an attempt. Its new tag stands behind jobs of others that came
 * meanwhile, as that of a job that is tried again.
 */
async function waitUntil(attempt: EndedAttempt, wait: WaitUntil): Promise<Error> {
  const { job, envelope, token, fairOrder, redis, drainFirst } = attempt
  await fairOrder.retried(envelope.kind, envelope.limitSubject, String(job.id), token).catch(() => undefined)
  const end = await handBack(attempt, waitMsUntil(wait, Date.now(), Math.random()))
  // Who ended it in this moment could not wake it.
  const verdict = await redis.hget(queueKey(envelope.kind, String(job.id)), 'verdict').catch(() => null)
  if (endsEarly(verdict as Verdict | null)) await drainFirst(job).catch(() => undefined)
  return end
}

/** Puts the job back without using an attempt, after `waitMs` (null: at once). `turn`: gives it another one before. */
async function handBack(
  { job, token, held, closing }: DrainedAttempt,
  waitMs: number | null,
  turn: () => Promise<unknown> = async () => undefined,
): Promise<Error> {
  await untilRedisAnswers(closing, () => held.endStart()).catch(() => undefined)
  await turn()
  return giveBack(job, token, closing, waitMs)
}
