/** Which jobs this process runs: each can be asked to stop, and none runs twice at once. */
import { Stop, type StopReason } from '@video-scraper/core'

export interface RunningJobs {
  /** Runs `attempt` under `id`. Its signal is aborted with a `Stop`. */
  run<Result>(id: string, attempt: (signal: AbortSignal) => Promise<Result>): Promise<Result>
  /** Resolves when the attempt that runs under `id` has ended; null when there is none. */
  ending(id: string): Promise<void> | null
  stop(id: string, reason: StopReason): void
  /** Stops everything, and whatever is started later at once. */
  stopAll(reason: StopReason): void
}

interface Run {
  controller: AbortController
  ended: Promise<void>
}

/**
 * BullMQ has signals of its own, but keeps them, like its renewing of locks, by id: when a lock was lost and the same
 * worker takes the job again, the first copy's signal is forgotten, and its end takes the second copy's with it.
 */
export function createRunningJobs(): RunningJobs {
  const runs = new Map<string, Run>()
  let stoppedFor: StopReason | null = null
  return {
    async run(id, attempt) {
      const controller = new AbortController()
      if (stoppedFor !== null) controller.abort(new Stop(stoppedFor))
      const result = attempt(controller.signal)
      const ended = result.then(
        () => undefined,
        () => undefined,
      )
      runs.set(id, { controller, ended })
      try {
        return await result
      } finally {
        runs.delete(id)
      }
    },
    ending: (id) => runs.get(id)?.ended ?? null,
    stop: (id, reason) => runs.get(id)?.controller.abort(new Stop(reason)),
    stopAll(reason) {
      stoppedFor = reason
      for (const { controller } of runs.values()) controller.abort(new Stop(reason))
    },
  }
}
