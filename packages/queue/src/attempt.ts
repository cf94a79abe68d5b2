/** One attempt of a job: from the lock to a result, or to the error that tells BullMQ how it ended. */
import { JobEnvelope, PAYLOAD_VERSION } from '@video-scraper/contracts'
import { failureOf, JobFailure, Stop, type StopReason, stopReasonOf } from '@video-scraper/core'
import { DelayedError, type Job, UnrecoverableError, WaitingError } from 'bullmq'
import type { Redis } from 'ioredis'
import { Value } from 'typebox/value'
import { watchAttempt } from './attempt-watch.ts'
import type { FairOrder } from './fair-order.ts'
import type { TellFollowers } from './job-changes.ts'
import { type JobLog, jobFields } from './job-log.ts'
import { createProgressReport } from './progress-report.ts'
import { type jobKinds, queueKey } from './queues.ts'
import type { RunningJob, Task } from './task.ts'
import type { Arbiter } from './verdict.ts'

/** A job that was started this often without any end, not even a bad one, kills its workers. */
const STARTS_MAX = 4
/** A job of a newer envelope waits this long for an upgraded worker. */
const NEWER_VERSION_DELAY_MS = 30_000

export interface AttemptRooms {
  redis: Redis
  fairOrder: FairOrder
  arbiter: Arbiter
  tellFollowers: TellFollowers
  log: JobLog
  /** Wall clock of one attempt; 0 for none. */
  timeoutMs: number
  /** How long a job's lock holds once it is given or renewed. */
  lockMs: number
}

// The two types of a task's inside meet only inside the task itself.
export type AnyTask = Task<(typeof jobKinds)[number], unknown>

/** Runs one attempt. Resolves with the result; rejects with what BullMQ understands as retry, end, wait or delay. */
export async function runAttempt(
  job: Job,
  token: string,
  stopped: AbortSignal,
  task: AnyTask,
  rooms: AttemptRooms,
): Promise<unknown> {
  const { redis, arbiter, log } = rooms
  const id = String(job.id)
  const envelope = await readableEnvelope(job, token)
  const fields = jobFields(id, envelope)
  const key = queueKey(envelope.kind, id)

  const [starts, verdict] = await Promise.all([redis.hincrby(key, 'starts', 1), arbiter.read(key)])
  await rooms.fairOrder.started(envelope.kind, id)
  if (verdict === 'cancelled') throw new UnrecoverableError('cancelled')
  if (starts > STARTS_MAX) throw new UnrecoverableError(new JobFailure('worker_crashed').message)
  log.info({ ...fields, attempt: job.attemptsMade + 1, starts }, 'job started')

  // Followers that were not told find the change when they look; the attempt has nothing to do with it.
  const tell = () => rooms.tellFollowers(envelope.kind, id).catch(() => undefined)
  void tell()
  const progress = createProgressReport({
    floor: floorOf(job),
    write: async (latest) => {
      await job.updateProgress(latest)
      await tell()
    },
  })
  const running: RunningJob = { id, envelope, attempt: job.attemptsMade + 1, report: progress.report }
  const { lockMs, timeoutMs } = rooms
  const watch = watchAttempt({ redis, jobKey: key, token, lockMs, timeoutMs, stopped })
  try {
    watch.signal.throwIfAborted()
    const prepared = await task.prepare(running, watch.signal)
    watch.signal.throwIfAborted()
    if ((await arbiter.settle(key, 'committed')) !== 'committed') throw new Stop('cancelled')
    return await task.publish(running, prepared)
  } catch (error) {
    const reason = watch.signal.aborted ? stopReasonOf(watch.signal) : error instanceof Stop ? error.reason : null
    if (reason === null) log.warn({ ...fields, err: error }, 'attempt failed')
    else log.info({ ...fields, reason }, 'attempt stopped')
    // Whoever goes on with the job reads how far it came, so that stands before the job is handed back.
    await progress.close()
    throw await endOf({ job, envelope, token, key, reason, error, rooms })
  } finally {
    watch.close()
    await progress.close()
  }
}

/** Validates the payload. One of a newer version waits for a newer worker; a broken one can never succeed. */
async function readableEnvelope(job: Job, token: string): Promise<JobEnvelope> {
  const envelope: unknown = job.data
  if (Value.Check(JobEnvelope, envelope) && envelope.version <= PAYLOAD_VERSION) return envelope
  const version = (envelope as { version?: unknown } | null)?.version
  if (typeof version === 'number' && version > PAYLOAD_VERSION) {
    await job.moveToDelayed(Date.now() + NEWER_VERSION_DELAY_MS, token)
    throw new DelayedError()
  }
  throw new UnrecoverableError(new JobFailure('internal_error').message)
}

/** Where an earlier attempt had come to; BullMQ's own initial progress is the number 0. */
const floorOf = ({ progress }: Job): number =>
  typeof progress === 'object' && progress !== null && 'fraction' in progress ? Number(progress.fraction) : 0

interface BadEnd {
  job: Job
  envelope: JobEnvelope
  token: string
  key: string
  reason: StopReason | null
  error: unknown
  rooms: AttemptRooms
}

/** What to throw for each way an attempt can end badly. The verdict is asked once more: a cancelled job never retries. */
async function endOf({ job, envelope, token, key, reason, error, rooms }: BadEnd): Promise<Error> {
  const { redis, arbiter } = rooms
  if (reason === 'cancelled' || (await arbiter.read(key)) === 'cancelled') return new UnrecoverableError('cancelled')
  if (reason === 'shutdown' || reason === 'lock_lost') {
    // A lost lock stays counted: what makes its worker too busy to keep the lock would be started without end.
    if (reason === 'shutdown') await redis.hincrby(key, 'starts', -1)
    return handBack(job, token)
  }
  await redis.hdel(key, 'starts')
  // Whoever was stopped by the clock may know better why it took so long.
  const known = reason === null || (reason === 'timeout' && error instanceof JobFailure)
  const failure = known ? failureOf(error) : new JobFailure(reason, { cause: error })
  if (!failure.retryable) return new UnrecoverableError(failure.message)
  const { kind, limitSubject } = envelope
  if (job.attemptsMade + 1 < (job.opts.attempts ?? 1)) await rooms.fairOrder.retried(kind, limitSubject, String(job.id))
  return failure
}

/** Puts a job back without using an attempt. A lock that is no longer ours means that somebody else already did. */
export async function handBack(job: Job, token: string): Promise<WaitingError> {
  await job.moveToWait(token).catch(() => undefined)
  return new WaitingError()
}
