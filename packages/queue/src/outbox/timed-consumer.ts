/** Takes small jobs that say themselves when they want to be called again: what webhooks are made of. */
import { KEY_PREFIX } from '@video-scraper/store'
import { DelayedError, type Job, Worker } from 'bullmq'
import type { Redis } from 'ioredis'
import type { JobLog } from '../job-log.ts'

const LOCK_MS = 30_000
const STALLED_EVERY_MS = 10_000
/** A worker that dies says nothing about the job, so a stall never ends one. */
const STALLS_MAX = 1_000_000
const AFTER_ERROR_MS = 5000

interface TimedConsumerOptions<Payload> {
  /** How many run at once. */
  concurrency: number
  /** Null: this process cannot read it; a newer one may. */
  read(data: unknown): Payload | null
  /**
   * Resolves with null when the job is done, or with the milliseconds after which it wants to be called again. When it
   * rejects, it is called again in five seconds. The signal is aborted when the worker ends.
   */
  run(payload: Payload, signal: AbortSignal): Promise<number | null>
  log: JobLog
  /** How long the lock of a job outlives its worker, in milliseconds. Default 30 s. */
  lockMs?: number
  /** How often jobs of dead workers are looked for, in milliseconds. Default 10 s. */
  stalledEveryMs?: number
}

/** Such a job is kept until it is done, whatever happens to it on the way. */
export const timedJobOptions = (jobId: string, delayMs: number) => ({
  jobId,
  delay: delayMs,
  attempts: STALLS_MAX,
  backoff: { type: 'fixed', delay: AFTER_ERROR_MS },
  removeOnComplete: true,
  removeOnFail: true,
  stackTraceLimit: 0,
})

/** Starts taking them. `redis` stays the caller's. */
export function startTimedConsumer<Payload>(
  redis: Redis,
  name: string,
  options: TimedConsumerOptions<Payload>,
): { close(): Promise<void> } {
  const { concurrency, read, run, log, lockMs = LOCK_MS, stalledEveryMs = STALLED_EVERY_MS } = options
  const stopping = new AbortController()

  const againAfter = async (job: Job, waitMs: number, token: string): Promise<never> => {
    await job.moveToDelayed(Date.now() + waitMs, token)
    throw new DelayedError()
  }

  const worker = new Worker(
    name,
    async (job: Job, token = '') => {
      const payload = read(job.data)
      if (payload === null) return againAfter(job, LOCK_MS, token)
      const waitMs = await run(payload, stopping.signal).catch((error: unknown) => {
        if (!stopping.signal.aborted) log.warn({ err: error, queue: name, id: job.id }, 'tried again in a moment')
        return stopping.signal.aborted ? 0 : AFTER_ERROR_MS
      })
      return waitMs === null ? null : againAfter(job, waitMs, token)
    },
    {
      connection: redis,
      prefix: KEY_PREFIX,
      autorun: false,
      concurrency,
      lockDuration: lockMs,
      stalledInterval: stalledEveryMs,
      maxStalledCount: STALLS_MAX,
    },
  )
  worker.on('error', (error) => log.warn({ err: error, queue: name }, 'queue error'))
  void worker.run()

  return {
    async close() {
      stopping.abort()
      await worker.close()
    },
  }
}
