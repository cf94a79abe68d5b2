/** What the consumer asks of whoever does a kind of job. */
import type { JobEnvelope, JobProgress, JobResults } from '@video-scraper/contracts'

export interface RunningJob {
  id: string
  envelope: JobEnvelope
  /** 1 for the first attempt. */
  attempt: number
  /** May be called as often as there is news. */
  report(progress: JobProgress): void
}

/**
 * A kind of job in three acts, so that cancelling and crashing have a clear place between them. `Prepared` is what
 * passes from the first to the second.
 */
export interface Task<Kind extends keyof JobResults, Prepared> {
  /**
   * Does the work up to the point of no return. Rejects with a `JobFailure`, or with the signal's reason once every
   * process of the job is gone. After a crash it is called again and goes on from what it finds.
   */
  prepare(job: RunningJob, signal: AbortSignal): Promise<Prepared>
  /** Makes the result visible. Called only after the verdict `committed`; every step may be repeated. */
  publish(job: RunningJob, prepared: Prepared): Promise<JobResults[Kind]>
  /** Removes what the job left on this machine, once it has ended for good. Never rejects. */
  discard(id: string): Promise<void>
}
