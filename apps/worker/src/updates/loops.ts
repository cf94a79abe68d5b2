/** Work that is done again and again until a signal ends it. */
import { setTimeout as sleep } from 'node:timers/promises'

export interface Loops {
  /** Does the work after each wait. It must not reject. A wait alone does not keep the process alive. */
  every(waitMs: () => number, work: () => Promise<void>): void
  /** Resolves when the signal has ended all of them and none is at work. */
  ended(): Promise<unknown>
}

export function createLoops(signal: AbortSignal): Loops {
  const loops: Promise<void>[] = []
  const loop = async (waitMs: () => number, work: () => Promise<void>): Promise<void> => {
    while (!signal.aborted) {
      await sleep(waitMs(), undefined, { signal, ref: false }).catch(() => undefined)
      if (!signal.aborted) await work()
    }
  }
  return {
    every: (waitMs, work) => void loops.push(loop(waitMs, work)),
    ended: () => Promise.all(loops),
  }
}
