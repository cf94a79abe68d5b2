/**
 * Remembers for a while that questions to the provider of PO tokens are in vain, so that one job waits for it and not each of them.
 * The provider asks through the exit that it is given. An exit that is broken says nothing of the others, so each is counted apart.
 */

export interface TokenOutages {
  /** Whether questions through this exit are in vain now. */
  lasts(exit: string): boolean
  /** `null`: the provider itself is away, for all exits. */
  begin(exit: string | null): void
  /** `null`: the provider itself is there again. It may still fail through an exit. */
  end(exit: string | null): void
}

/** `forMs`: how long one failure counts, in milliseconds. There are as many entries as exits, and the operator names those. */
export function createTokenOutages(forMs: number): TokenOutages {
  const until = new Map<string | null, number>()
  const isOut = (exit: string | null): boolean => (until.get(exit) ?? 0) > performance.now()
  return {
    lasts: (exit) => isOut(null) || isOut(exit),
    begin: (exit) => void until.set(exit, performance.now() + forMs),
    end: (exit) => void until.delete(exit),
  }
}
