/** Stops a worker from taking jobs while this process has too little to run one. */
import type { Worker } from 'bullmq'

/** What this process needs to run a job, beside the job itself. */
export interface Resources {
  hasEnough(): boolean
  /** Resolves when there is enough again. */
  untilEnough(): Promise<void>
}

/** Pauses without waiting for the jobs that run; the worker goes on when there is enough, unless `closing`. */
export function createResourcePause(worker: Worker, closing: AbortSignal): (lacking: Resources) => Promise<void> {
  let pausing = false
  return async (lacking) => {
    if (pausing) return
    pausing = true
    await worker.pause(true)
    const resume = async () => {
      await lacking.untilEnough()
      pausing = false
      if (!closing.aborted) await worker.resume()
    }
    void resume()
  }
}
