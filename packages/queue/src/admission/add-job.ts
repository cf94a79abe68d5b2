/** Makes a job that was admitted, with BullMQ's own `add`. */
import type { JobEnvelope } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { type Queues, queueKey } from '../queues.ts'
import { script } from '../scripts.ts'
import type { FairPlace } from './admission.ts'

/** Attempts of a job whose failures are retryable; the waits between them are in `core/backoff.ts`. */
export const JOB_ATTEMPTS = 3

/**
 * Ended jobs stay until maintenance removes them (BullMQ's own ages are lazy), unless there are so many that Redis would
 * fill up before. Stack traces are for the log.
 */
const jobOptions = (jobId: string, priority: number, keptJobs: number) => ({
  jobId,
  priority,
  attempts: JOB_ATTEMPTS,
  backoff: { type: 'custom' },
  removeOnComplete: keptJobs > 0 ? { count: keptJobs } : false,
  removeOnFail: keptJobs > 0 ? { count: keptJobs } : false,
  stackTraceLimit: 0,
})

/** Resolves when the job is there. With the id of one that is there already nothing is made. Rejects when Redis does not answer. */
export type AddJob = (id: string, envelope: JobEnvelope, place: FairPlace) => Promise<void>

interface AddJobOptions {
  /** Ended jobs of which BullMQ keeps the records, per queue and outcome; 0 for all. */
  keptJobs: number
  /** Hears of a tag, or of a line of a job that expires, that could not be looked at again. */
  onError: (error: Error) => void
}

export function createAddJob(redis: Redis, queues: Queues, { keptJobs, onError }: AddJobOptions): AddJob {
  const lowerLate = bindScript<number>(redis, script('lower-late-tag'))

  /** All tags may have been moved down between the admission and now; this one was not among them. */
  async function lowerLateTag(id: string, { kind }: JobEnvelope, { tag, lowerings }: FairPlace): Promise<void> {
    const amount = Number(await redis.get(keys.fairLowerings(kind))) - lowerings
    if (amount > 0) await lowerLate([queueKey(kind, '')], [id, tag, amount])
  }

  return async (id, envelope, place) => {
    const { kind } = envelope
    await queues[kind].add(kind, envelope, jobOptions(id, place.tag, keptJobs))
    // Nobody waits for it. Without it the job stands further behind, until tags are moved down the next time.
    void lowerLateTag(id, envelope, place).catch(onError)
    const { expiresAt } = envelope
    // Where this process was cut off between the two for long, the line was taken for one of a job that is never made.
    if (expiresAt !== undefined) void redis.zadd(keys.deadlines, 'NX', expiresAt, id).catch(onError)
  }
}
