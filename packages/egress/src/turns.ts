/** Lets a few things of each kind happen at once; the others wait for their turn, and only so many may wait. */

export interface Turns {
  /** Runs `work` when it is its turn. Rejects with `TooManyWaiting` at once where too many wait already. */
  take<Result>(key: string, work: () => Promise<Result>): Promise<Result>
}

/** There are too many that wait already. */
export class TooManyWaiting extends Error {
  override readonly name = 'TooManyWaiting'
}

interface Line {
  running: number
  readonly waiting: (() => void)[]
}

/** Counts each key apart, and forgets a key when nothing of it is left. */
export function createTurns(limits: { readonly atOnce: number; readonly waiting: number }): Turns {
  const lines = new Map<string, Line>()
  return {
    async take(key, work) {
      const line = lines.get(key) ?? { running: 0, waiting: [] }
      lines.set(key, line)
      if (line.running < limits.atOnce) line.running += 1
      else if (line.waiting.length >= limits.waiting) throw new TooManyWaiting()
      // Whoever ends gives its turn to the next one, so `running` stays as it is.
      else await new Promise<void>((resolve) => line.waiting.push(resolve))
      try {
        return await work()
      } finally {
        const next = line.waiting.shift()
        if (next) next()
        else if (--line.running === 0) lines.delete(key)
      }
    },
  }
}
