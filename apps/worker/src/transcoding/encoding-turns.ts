/** Who may encode: only so many at once in this worker, since encoding takes all of the processor that it can get. */

export interface EncodingTurns {
  /** Runs `work` when it is its turn, first come, first served. Rejects with the signal's reason where it is aborted while waiting. */
  take<Result>(signal: AbortSignal, work: () => Promise<Result>): Promise<Result>
}

/** Those that wait are downloads that run, so the places for downloads bound their number. */
export function createEncodingTurns(atOnce: number): EncodingTurns {
  let running = 0
  const waiting: (() => void)[] = []

  const turn = (signal: AbortSignal): Promise<void> =>
    new Promise((resolve, reject) => {
      const begin = () => {
        signal.removeEventListener('abort', leave)
        resolve()
      }
      const leave = () => {
        waiting.splice(waiting.indexOf(begin), 1)
        reject(signal.reason)
      }
      signal.addEventListener('abort', leave, { once: true })
      waiting.push(begin)
    })

  return {
    async take(signal, work) {
      signal.throwIfAborted()
      if (running < atOnce) running += 1
      // Whoever ends gives its turn to the next one, so `running` stays as it is.
      else await turn(signal)
      try {
        return await work()
      } finally {
        const next = waiting.shift()
        if (next) next()
        else running -= 1
      }
    },
  }
}
