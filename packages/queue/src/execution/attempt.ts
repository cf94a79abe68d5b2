/** One attempt of a job: from the lock to a result, or to the error that tells BullMQ how it ended. */
import type { JobEnvelope, JobProgress } from '@video-scraper/contracts'
import { endsEarly, JobFailure, type StartWaitLimits, Stop, stopReasonOf, WaitUntil } from '@video-scraper/core'
import { type Job, UnrecoverableError } from 'bullmq'
import type { Redis } from 'ioredis'
import type { FairOrder } from '../admission/fair-order.ts'
import { readEnvelope } from '../envelope.ts'
import { kindOf } from '../job-id.ts'
import { type JobLog, jobFields } from '../job-log.ts'
import type { PublishChange } from '../reading/job-changes.ts'
import { endOf } from './attempt-end.ts'
import { watchAttempt } from './attempt-watch.ts'
import type { DrainFirst } from './drain-first.ts'
import type { HeldJob, HoldJob } from './held-job.ts'
import { endOfNewer } from './newer-payload.ts'
import { createProgressReport } from './progress-report.ts'
import type { AnyTask, RunningJob } from './task.ts'
import type { Arbiter } from './verdict.ts'

/** A job that was started this often without any end, not even a bad one, kills its workers. */
const STARTS_MAX = 4

export interface AttemptDependencies {
  redis: Redis
  fairOrder: FairOrder
  arbiter: Arbiter
  hold: HoldJob
  publishChange: PublishChange
  drainFirst: DrainFirst
  log: JobLog
  /** Wall clock of one attempt; 0 for none. */
  timeoutMs: number
  /** How long a job's lock holds once it is given or renewed. */
  lockMs: number
  /** Missing: no job waits for the start of its stream. */
  startWaits?: StartWaitLimits | undefined
  /** Aborted when the worker ends. */
  closing: AbortSignal
}

/** Runs one attempt, unless the payload cannot be read: one that is broken can never succeed. Resolves with the result; rejects with what BullMQ understands as retry, end, wait or delay. */
export async function runAttempt(
  job: Job,
  token: string,
  stopped: AbortSignal,
  task: AnyTask,
  dependencies: AttemptDependencies,
): Promise<unknown> {
  const envelope = readEnvelope(job.data)
  if (envelope === 'broken') throw new UnrecoverableError(new JobFailure('internal_error').message)
  if (envelope === 'newer') throw await endOfNewer({ job, token, task, ...dependencies })
  const held = dependencies.hold(envelope.kind, String(job.id), token, dependencies.lockMs, envelope.expiresAt)
  const attempt: Attempt = { job, envelope, token, held, committed: false, stopped, task, dependencies }
  try {
    return await perform(attempt)
  } catch (error) {
    const fields = jobFields(String(job.id), envelope)
    if (error instanceof Stop && error.reason === 'entries_unfinished') dependencies.log.debug?.(fields, 'step done')
    else if (error instanceof Stop) dependencies.log.info({ ...fields, reason: error.reason }, 'attempt stopped')
    else if (error instanceof WaitUntil)
      dependencies.log.info({ ...fields, reason: error.reason }, 'job waits for a time')
    else dependencies.log.warn({ ...fields, err: error }, 'attempt failed')
    const end = await endOf({ ...attempt, ...dependencies }, error)
    if (error instanceof WaitUntil)
      void dependencies.publishChange(envelope.kind, String(job.id)).catch(() => undefined)
    throw end
  }
}

interface Attempt {
  job: Job
  envelope: JobEnvelope
  token: string
  held: HeldJob
  committed: boolean
  stopped: AbortSignal
  task: AnyTask
  dependencies: AttemptDependencies
}

/** Rejects with a `Stop` where the attempt was stopped, and with whatever went wrong otherwise. */
async function perform(attempt: Attempt): Promise<unknown> {
  const { job, envelope, held, stopped, dependencies } = attempt
  const id = String(job.id)
  const { starts, verdict, publication } = await held.begin()
  // Frozen between taking the job and now, or the job's record has gone.
  if (starts === 0) throw new Stop('lock_lost')
  attempt.committed = verdict === 'committed'
  await dependencies.fairOrder.started(envelope.kind, id)
  if (endsEarly(verdict) || (await goesWithParent(attempt))) throw new Stop('cancelled')
  if (starts > STARTS_MAX && !attempt.committed) throw new JobFailure('worker_crashed')
  const started = { ...jobFields(id, envelope), attempt: job.attemptsMade + 1, starts }
  // A playlist is started for each of its steps.
  if (entriesOf(job) === undefined) dependencies.log.info(started, 'job started')
  else dependencies.log.debug?.(started, 'step started')
  // Followers that were not notified find the change when they look; the attempt has nothing to do with it.
  void dependencies.publishChange(envelope.kind, id).catch(() => undefined)

  const delivered = progressOf(job)?.delivered
  const progress = createProgressReport({ floor: floorOf(job), delivered, write: held.progress })
  const { lockMs, timeoutMs } = dependencies
  const watch = watchAttempt({ held, lockMs, timeoutMs, stopped })
  const running: RunningJob = {
    id,
    envelope,
    attempt: job.attemptsMade + 1,
    committed: publication,
    delivered,
    report: progress.report,
    reportNow: progress.now,
    withoutClock: watch.withoutClock,
  }
  try {
    return await prepareAndPublish(attempt, running, watch.signal)
  } catch (error) {
    throw watch.signal.aborted ? stopOf(watch.signal, error) : error
  } finally {
    watch.close()
    // Whoever goes on with the job reads how far it came, so that stands before the job is handed back.
    await progress.close()
  }
}

/** A job of a playlist that was ended early while the job was being made, or while no worker was there to cancel it. */
async function goesWithParent({ job, envelope, committed, dependencies }: Attempt): Promise<boolean> {
  const { kind, parent } = envelope
  const parentKind = parent && kindOf(parent.id)
  if (!parent || !parentKind || committed) return false
  if (!endsEarly(await dependencies.arbiter.read(parentKind, parent.id))) return false
  const verdict = await dependencies.arbiter.endEarly(kind, String(job.id), 'cancelled')
  return verdict === 'cancelled' || verdict === 'expired'
}

async function prepareAndPublish(attempt: Attempt, running: RunningJob, signal: AbortSignal): Promise<unknown> {
  const { job, task, held } = attempt
  signal.throwIfAborted()
  const prepared = await task.prepare(running, signal)
  signal.throwIfAborted()
  const verdict = await held.commit(task.publicationOf?.(prepared) ?? '')
  if (verdict !== 'committed') throw new Stop(verdict === 'lost' ? 'lock_lost' : 'cancelled')
  attempt.committed = true
  // Also where BullMQ cannot write the result: what it takes for a failed attempt is then never the last one.
  job.opts.attempts = Number.MAX_SAFE_INTEGER
  return await task.publish(running, prepared)
}

/** Whoever was stopped by the clock may know better why it took so long. */
function stopOf(signal: AbortSignal, error: unknown): Stop | JobFailure {
  const reason = stopReasonOf(signal)
  return reason === 'timeout' && error instanceof JobFailure ? error : new Stop(reason)
}

/** Where an earlier attempt had come to. */
const floorOf = (job: Job): number => progressOf(job)?.fraction ?? 0

const entriesOf = (job: Job) => progressOf(job)?.entries

/** Null before the first report: BullMQ's own initial progress is the number 0. */
const progressOf = ({ progress }: Job): JobProgress | null =>
  typeof progress === 'object' && progress !== null && 'fraction' in progress ? (progress as JobProgress) : null
