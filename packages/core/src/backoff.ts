/** How long a failed attempt waits before the next one. */

const FIRST_MS = 2000
const GROWTH = 4
const LONGEST_MS = 15 * 60_000

interface BackoffRequest {
  /** 1 after the first failed attempt. */
  failedAttempts: number
  /** What the source asked for, if it did. Honoured up to 15 minutes. */
  retryAfterMs?: number | undefined
  /** 0 to 1; spreads the attempts of jobs that failed together. */
  random: number
}

/** Growing waits, 2 s, 8 s, 32 s …, each with up to half of it on top; never less than the source asked for. */
export function backoffMs({ failedAttempts, retryAfterMs = 0, random }: BackoffRequest): number {
  const wait = FIRST_MS * GROWTH ** (failedAttempts - 1) * (1 + random / 2)
  return Math.round(Math.min(Math.max(wait, retryAfterMs), LONGEST_MS))
}
