/** The worker's side of the queue: takes jobs of one kind, a few at a time, and puts away what ended. */
import { type JobEnvelope, type JobKind, type JobResults, PAYLOAD_VERSION } from '@video-scraper/contracts'
import { backoffMs, JobFailure, type StopReason } from '@video-scraper/core'
import { KEY_PREFIX } from '@video-scraper/store'
import { type Job, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import { createAdmission } from './admission.ts'
import { type AnyTask, type AttemptRooms, runAttempt } from './attempt.ts'
import { listenForCancels } from './cancellation.ts'
import { type JobLog, jobFields } from './job-log.ts'
import { queueKey } from './queues.ts'
import type { Task } from './task.ts'
import { createArbiter } from './verdict.ts'

/** A dead worker's jobs are found after at most the lock and two of these. */
const LOCK_MS = 20_000
const STALLED_EVERY_MS = 10_000
/** BullMQ's own limit ignores attempts, so it stands above our counter of starts, which speaks first. */
const STALLS_MAX = 5

interface ConsumerOptions {
  /** How many jobs run at once. */
  concurrency: number
  /** Wall clock of one attempt, in milliseconds; 0 for none. */
  timeoutMs: number
  log: JobLog
}

export interface Consumer {
  /** Takes no more jobs, hands running ones back, and resolves when nothing of theirs is left. */
  close(): Promise<void>
}

/** Starts taking jobs, once it can hear of cancelled ones. `redis` stays the caller's. */
export async function startConsumer<Kind extends JobKind, Prepared>(
  redis: Redis,
  kind: Kind,
  task: Task<Kind & keyof JobResults, Prepared>,
  { concurrency, timeoutMs, log }: ConsumerOptions,
): Promise<Consumer> {
  const anyTask = task as unknown as AnyTask
  const admission = createAdmission(redis, queueKey, { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 })
  const rooms: AttemptRooms = { redis, admission, arbiter: createArbiter(redis), log, timeoutMs }
  const tidying = new Set<Promise<void>>()

  const worker = new Worker(
    kind,
    // BullMQ passes the signal only to a function with exactly three declared parameters.
    async (job: Job, token: string | undefined, signal: AbortSignal | undefined) =>
      runAttempt(job, token ?? '', signal ?? new AbortController().signal, anyTask, rooms),
    {
      connection: redis,
      prefix: KEY_PREFIX,
      autorun: false,
      concurrency,
      lockDuration: LOCK_MS,
      stalledInterval: STALLED_EVERY_MS,
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

  const tidy = (job: Job, outcome: string) => {
    const envelope = job.data as JobEnvelope
    const id = String(job.id)
    log.info({ ...jobFields(id, envelope), outcome, reason: job.failedReason }, 'job ended')
    const work = Promise.all([
      task.discard(id),
      kind === 'download' ? admission.release(envelope.limitSubject, id).catch(() => undefined) : undefined,
    ]).then(() => undefined)
    tidying.add(work)
    void work.finally(() => tidying.delete(work))
  }
  const stop = (id: string, reason: StopReason) => worker.cancelJob(id, reason)

  worker.on('completed', (job) => tidy(job, 'completed'))
  worker.on('failed', (job) => {
    // Without an end the failure was that of one attempt, and what it left is kept for the next.
    if (job?.finishedOn) tidy(job, job.failedReason === 'cancelled' ? 'cancelled' : 'failed')
  })
  worker.on('lockRenewalFailed', (ids) => {
    for (const id of ids) stop(id, 'lock_lost')
  })
  worker.on('stalled', (jobId) => log.warn({ jobId, kind }, 'job stalled: its worker died, and it goes to the front'))
  worker.on('error', (error) => log.warn({ err: error, kind }, 'queue trouble'))

  const cancels = await listenForCancels(redis, (id) => stop(id, 'cancelled'))
  void worker.run()
  log.info({ kind, concurrency, payloadVersion: PAYLOAD_VERSION }, 'taking jobs')

  return {
    async close() {
      cancels.close()
      const closed = worker.close()
      worker.cancelAllJobs('shutdown' satisfies StopReason)
      await closed
      await Promise.all(tidying)
    },
  }
}
