/** Which requests are repeated, after what, and after how long. */
import { ConnectionError, TimeoutError, type VideoScraperError } from './errors.ts'

const STATUSES: readonly number[] = [408, 429, 502, 503, 504]
const FIRST_WAIT_MS = 500
const LONGEST_WAIT_MS = 8000
/** Who is asked to wait longer is better off with the error. */
const LONGEST_RETRY_AFTER_S = 60

/** Whether the same request may have another answer in a moment. */
export const isPassing = (error: VideoScraperError): boolean =>
  error instanceof ConnectionError ||
  error instanceof TimeoutError ||
  STATUSES.includes(error.status) ||
  error.code === 'request_in_progress'

/** Milliseconds to wait before the next attempt; null for giving up. `attempt` is the number of attempts so far. */
export function waitBefore(error: VideoScraperError, attempt: number): number | null {
  if (!isPassing(error)) return null
  const { retryAfter } = error
  if (retryAfter !== null && retryAfter > LONGEST_RETRY_AFTER_S) return null
  return (retryAfter ?? 0) * 1000 + spread(FIRST_WAIT_MS * 2 ** (attempt - 1))
}

/** Half of it for sure, the rest by chance, so that not all clients come back at once. */
export const spread = (milliseconds: number): number => {
  const most = Math.min(milliseconds, LONGEST_WAIT_MS)
  return most / 2 + (Math.random() * most) / 2
}
