/** How the methods that wait for a job do it. */
import { JobCancelledError, JobFailedError } from '../errors.ts'
import type * as Api from '../generated/schemas.ts'
import type { CallOptions } from '../transport.ts'
import { type JobSource, underDeadline, type WaitOptions, waitForEnd } from '../wait.ts'
import type { StartOptions } from './arguments.ts'

export const CANCEL_WITHIN_MS = 10_000

/** A start that may have to be cancelled is not broken off: its answer has the id of the job. */
export function starting(
  { cancelOnAbort, idempotencyKey, retries, headers }: StartOptions<never>,
  signal: AbortSignal,
) {
  signal.throwIfAborted()
  return { idempotencyKey, retries, headers, ...(!cancelOnAbort && { signal }) }
}

/** Resolves with the job as it ended, however that was. */
export function untilEnded<Of extends Api.Job | Api.Download>(
  source: JobSource<Of>,
  options: WaitOptions<Of>,
): Promise<Of> {
  return underDeadline(options, (signal, know) => {
    know(source)
    return waitForEnd(source, { ...options, signal })
  })
}

/** The options of a request whose answer may be held back until something happens. */
export const holding = (seconds: number, options: CallOptions): CallOptions => ({
  ...options,
  headers: { ...options.headers, prefer: `wait=${seconds}` },
})

/** A state that this client has never heard of is given as it is. */
export function completed<Of extends Api.Job | Api.Download, Completed extends Of>(job: Of): Completed {
  if (job.status === 'failed') throw new JobFailedError(job)
  if (job.status === 'cancelled') throw new JobCancelledError(job)
  return job as Completed
}
