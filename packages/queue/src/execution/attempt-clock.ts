/** The wall clock of an attempt, which stands still while the attempt does what has a bound of its own. */

/** Timers of Node hold 31 bits; a longer one would fire at once. */
const TIMER_MAX_MS = 2 ** 31 - 1

export interface AttemptClock {
  /** The clock stands still while `work` runs, also where several works overlap. */
  without<T>(work: () => Promise<T>): Promise<T>
  stop(): void
}

/** Calls `onEnd` when the clock has run for `timeoutMs`; 0: never. */
export function startClock(timeoutMs: number, onEnd: () => void): AttemptClock {
  let leftMs = timeoutMs
  let works = 0
  let startedAt = 0
  let timer: NodeJS.Timeout | undefined
  let stopped = timeoutMs <= 0
  const run = () => {
    if (stopped || works > 0) return
    startedAt = performance.now()
    timer = setTimeout(onEnd, Math.min(Math.max(0, leftMs), TIMER_MAX_MS))
  }
  const stand = () => {
    if (works === 1 && timer !== undefined) leftMs -= performance.now() - startedAt
    clearTimeout(timer)
  }
  run()
  return {
    async without(work) {
      works += 1
      stand()
      try {
        return await work()
      } finally {
        works -= 1
        run()
      }
    },
    stop() {
      stopped = true
      clearTimeout(timer)
    },
  }
}
