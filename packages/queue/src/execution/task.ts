/** What the consumer asks of whoever does a kind of job. */
import type { JobEnvelope, JobKind, JobProgress, JobResults } from '@video-scraper/contracts'

export interface RunningJob {
  id: string
  envelope: JobEnvelope
  /** 1 for the first attempt. */
  attempt: number
  /** What an earlier attempt committed to publish (`publicationOf`), also where that is empty; null where none has committed. */
  committed: string | null
  /** What an earlier attempt reported of it; undefined where none did. A report without it does not take it away. */
  delivered: JobProgress['delivered']
  /** May be called as often as there is news. */
  report(progress: JobProgress): void
  /** Resolves when it has been written, or the attempt is over. Rejects when Redis cannot write it. */
  reportNow(progress: JobProgress): Promise<void>
  /** The wall clock of the attempt stands still while `work` runs. It must have a bound of its own, or wait for others that have one. */
  withoutClock<T>(work: () => Promise<T>): Promise<T>
}

export interface CancelledJob extends Pick<RunningJob, 'id' | 'envelope'> {
  /** Writes the last progress, which stays. */
  write(progress: JobProgress): Promise<void>
}

/**
 * A kind of job in three acts, so that cancelling and crashing have a clear place between them. `Prepared` is what
 * passes from the first to the second.
 */
export interface Task<Kind extends JobKind, Prepared> {
  /**
   * Does the work up to the point of no return. Rejects with a `JobFailure`, with a `WaitUntil` where the job must wait for a
   * time, which uses no attempt, or with the signal's reason once every process of the job is gone. After a crash it is called again and goes on from what it finds.
   */
  prepare(job: RunningJob, signal: AbortSignal): Promise<Prepared>
  /**
   * What the job's record keeps with the verdict `committed`, at most some hundred bytes, so that an attempt on a machine
   * without this one's work folder finds what was published. Empty, or missing: nothing.
   */
  publicationOf?(prepared: Prepared): string
  /** Makes the result visible. Called only after the verdict `committed`; every step may be repeated, and is, until it works. */
  publish(job: RunningJob, prepared: Prepared): Promise<JobResults[Kind]>
  /**
   * What has to happen before the end of a job that was cancelled, or whose time is over, is written, such as cancelling what it has made. Repeated until it works. The
   * attempt that was stopped for it has ended by then.
   */
  beforeCancelled?(job: CancelledJob): Promise<void>
  /** Removes what the job left on this machine, once it has ended for good. Never rejects. */
  discard(id: string): Promise<void>
}

// The two types of a task's inside meet only inside the task itself.
export type AnyTask = Task<JobKind, unknown>
