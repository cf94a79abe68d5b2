/** The worker's side of the queue: takes jobs of one kind, a few at a time, and puts away what ended. */
import { type JobEnvelope, type JobKind, PAYLOAD_VERSION } from '@video-scraper/contracts'
import { backoffMs, endsEarly, JobFailure } from '@video-scraper/core'
import { KEY_PREFIX } from '@video-scraper/store'
import { DelayedError, type Job, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { createFairOrder } from '../admission/fair-order.ts'
import { createRelease } from '../admission/slots.ts'
import { lockKey } from '../bullmq-form.ts'
import { kindOf } from '../job-id.ts'
import { jobFields } from '../job-log.ts'
import { queueKey } from '../queues.ts'
import { createFollowerNews } from '../reading/job-changes.ts'
import { type AttemptDependencies, runAttempt } from './attempt.ts'
import type { ConsumerOptions } from './consumer-options.ts'
import { forgetDeadline } from './deadlines.ts'
import { createDrainFirst } from './drain-first.ts'
import { listenForEarlyEnds } from './early-end.ts'
import { EndedJobDelayed, giveBack } from './give-back.ts'
import { createHoldJob } from './held-job.ts'
import { endedJob, endsJob, type JobEnd } from './job-end.ts'
import { createKeptJobs } from './kept-jobs.ts'
import { createResourcePause } from './resource-pause.ts'
import { createRunningJobs } from './running-jobs.ts'
import type { AnyTask, Task } from './task.ts'
import { createArbiter } from './verdict.ts'

/** A dead worker's jobs are found after at most the lock and two of these. */
const LOCK_MS = 20_000
const STALLED_EVERY_MS = 10_000
/** A stall says nothing about the job: Redis or a worker may have been frozen. Starts without an end are counted instead. */
const STALLS_MAX = 1_000_000

export interface Consumer {
  /** Takes no more jobs, hands running ones back, and resolves when nothing of theirs is left. */
  close(): Promise<void>
}

/** Starts taking jobs, once it can hear of cancelled ones. `redis` stays the caller's. */
export async function startConsumer<Kind extends JobKind, Prepared>(
  redis: Redis,
  kind: Kind,
  task: Task<Kind, Prepared>,
  options: ConsumerOptions,
): Promise<Consumer> {
  const {
    concurrency,
    timeoutMs,
    log,
    recordEnd,
    resources,
    lockMs = LOCK_MS,
    stalledEveryMs = STALLED_EVERY_MS,
  } = options
  const anyTask = task as unknown as AnyTask
  const fairOrder = createFairOrder(redis)
  const release = createRelease(redis)
  const arbiter = createArbiter(redis)
  const drainFirst = createDrainFirst(redis)
  const publishChange = createFollowerNews(redis)
  const closing = new AbortController()
  const hold = createHoldJob(redis, options.recordLifetimeMs)
  const dependencies: AttemptDependencies = {
    redis,
    fairOrder,
    arbiter,
    hold,
    publishChange,
    drainFirst,
    log,
    timeoutMs,
    lockMs,
    startWaits: options.startWaits,
    closing: closing.signal,
  }
  const running = createRunningJobs()
  const tidying = new Set<Promise<void>>()
  const attemptAndRecordEnd = async (job: Job, token: string, stopped: AbortSignal): Promise<unknown> => {
    const recorded = async () => {
      if (!recordEnd || !isEnvelope(job.data)) return
      await recordEnd(String(job.id), job.data).catch((error: unknown) =>
        log.warn(
          { err: error, jobId: job.id },
          'the end of a job was not recorded in the outbox; housekeeping will do it',
        ),
      )
    }
    try {
      const result = await runAttempt(job, token, stopped, anyTask, dependencies)
      await recorded()
      return result
    } catch (error) {
      if (endsJob(error, job)) await recorded()
      // It is queued again, and may be for long. Who ended it a moment before found it running and woke nobody.
      if (error instanceof DelayedError) {
        tell(job.id)
        if (!(error instanceof EndedJobDelayed)) afterwards(drainIfEnded(job))
      }
      throw error
    }
  }

  const worker = new Worker(
    kind,
    async (job: Job, token = '') => {
      if (resources && !resources.hasEnough()) {
        await pauseUntilEnough(resources)
        throw await giveBack(job, token, closing.signal, null)
      }
      const id = String(job.id)
      const earlier = running.ending(id)
      if (earlier === null) return running.run(id, (stopped) => attemptAndRecordEnd(job, token, stopped))
      // Its lock was lost while Redis was away. The earlier copy is being stopped; only then may the job start again.
      await earlier
      throw await giveBack(job, token, closing.signal, null)
    },
    {
      connection: redis,
      prefix: KEY_PREFIX,
      autorun: false,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: stalledEveryMs,
      maxStalledCount: STALLS_MAX,
      settings: {
        backoffStrategy: (failedAttempts, _type, error) =>
          backoffMs({
            failedAttempts,
            retryAfterMs: error instanceof JobFailure ? error.retryAfterMs : undefined,
            random: Math.random(),
          }),
      },
    },
  )

  const pauseUntilEnough = createResourcePause(worker, closing.signal)
  const keepEnded = createKeptJobs(redis, worker, {
    perClient: options.keptJobsPerClient ?? 0,
    lifetimeMs: options.recordLifetimeMs ?? 0,
  })

  const afterwards = (work: Promise<unknown>) => {
    const settled = work.then(
      () => undefined,
      (error: unknown) => log.warn({ err: error, kind }, 'tidying up failed; maintenance will do it'),
    )
    tidying.add(settled)
    void settled.finally(() => tidying.delete(settled))
  }
  const tidy = (job: Job, outcome: JobEnd['outcome']) => {
    // A payload that could not be read is null here, or anything else.
    const envelope: Partial<JobEnvelope> | null = job.data
    const id = String(job.id)
    log.info({ ...jobFields(id, envelope), outcome, reason: job.failedReason }, 'job ended')
    options.onEnd?.(endedJob(kind, outcome, job))
    afterwards(task.discard(id))
    afterwards(keepEnded(job))
    const subject = envelope?.limitSubject
    if (typeof subject === 'string') afterwards(release(kind, subject, id))
    if (outcome === 'cancelled' || envelope?.options?.expires_in !== undefined) afterwards(forgetDeadline(redis, id))
    if (options.afterEnd && isEnvelope(job.data)) afterwards(options.afterEnd(job.data))
  }
  /** A job that was ended early in the very moment of a failed attempt would otherwise wait for its next one to be drained. */
  const drainIfEnded = async (job: Job) => {
    if (endsEarly(await arbiter.read(kind, String(job.id)))) await drainFirst(job)
  }

  const tell = (id: unknown) => void publishChange(kind, String(id)).catch(() => undefined)
  worker.on('completed', (job) => {
    tell(job.id)
    tidy(job, 'completed')
  })
  worker.on('failed', (job) => {
    if (job) tell(job.id)
    // Without an end the failure was that of one attempt, and what it left is kept for the next.
    if (job?.finishedOn) tidy(job, job.failedReason === 'cancelled' ? 'cancelled' : 'failed')
    else if (job) afterwards(drainIfEnded(job))
  })
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) running.stop(id, 'lock_lost')
  })
  worker.on('stalled', (jobId) => {
    tell(jobId)
    log.warn({ jobId, kind }, 'job stalled: its worker died, and it goes to the front')
  })
  worker.on('error', (error) => log.warn({ err: error, kind }, 'queue error'))

  /** Nobody may take a job that was ended early for an hour, when all workers are busy; what it left on disk goes now. */
  const discardIfWaiting = async (id: string) => {
    if ((await redis.exists(lockKey(queueKey(kind, id)))) === 0) await task.discard(id)
  }
  const earlyEnds = await listenForEarlyEnds(redis, (id) => {
    if (kindOf(id) !== kind) return
    if (running.ending(id) === null) afterwards(discardIfWaiting(id))
    else running.stop(id, 'cancelled')
  })
  void worker.run()
  log.info({ kind, concurrency, payloadVersion: PAYLOAD_VERSION }, 'taking jobs')

  return {
    async close() {
      earlyEnds.close()
      closing.abort()
      const closed = worker.close()
      running.stopAll('shutdown')
      await closed
      await Promise.all(tidying)
    },
  }
}

const isEnvelope = (data: unknown): data is JobEnvelope =>
  typeof data === 'object' && data !== null && typeof (data as Partial<JobEnvelope>).owner === 'string'
