/** When a delivery that failed is tried again. */

/** A receiver may ask for a longer wait, but not for days. */
const RETRY_AFTER_MAX_MS = 6 * 3_600_000

interface RetryRequest {
  /** The waits between attempts, in milliseconds, growing. There is one attempt more than waits. */
  waitsMs: readonly number[]
  /** 1 after the first failed attempt. */
  failedAttempts: number
  /** `Retry-After` of the answer, as it came: seconds or a date (RFC 9110, 10.2.3). */
  retryAfter: string | undefined
  /** Epoch milliseconds. */
  now: number
  /** 0 to 1; spreads what failed together. */
  random: number
}

/** The wait with up to a fifth on top, and never less than the receiver asked for. Null: that was the last attempt. */
export function retryWaitMs({ waitsMs, failedAttempts, retryAfter, now, random }: RetryRequest): number | null {
  const wait = waitsMs[failedAttempts - 1]
  if (wait === undefined) return null
  const asked = Math.min(retryAfterMs(retryAfter, now), RETRY_AFTER_MAX_MS)
  return Math.round(Math.max(wait * (1 + random / 5), asked))
}

/** What a `Retry-After` asks for, as it came, in milliseconds from `now`; 0 where it says nothing that can be read. */
export function retryAfterMs(text: string | undefined, now: number): number {
  if (text === undefined) return 0
  if (/^\d{1,9}$/.test(text)) return Number(text) * 1000
  const date = Date.parse(text)
  return Number.isNaN(date) ? 0 : Math.max(0, date - now)
}
