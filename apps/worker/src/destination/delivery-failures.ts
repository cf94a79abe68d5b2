/** What becomes of a delivery that did not work: which code, and whether it is tried again. */
import { JobFailure } from '@video-scraper/core'
import { BodyFailed, SafeFetchError, type UploadReply } from '@video-scraper/egress'
import { retryAfterMs } from '@video-scraper/webhooks'
import { OtherBytes } from './verified-bytes.ts'

/** Of the refusals (4xx) those that say: not now (RFC 9110 section 15.5.9, RFC 8470 section 5.2, RFC 6585 section 4). */
const NOT_NOW: ReadonlySet<number> = new Set([408, 425, 429])

/** Null: the store has the file. Of the answer nothing is kept but its status: stores repeat in it what they were sent. */
export function failureOfAnswer({ status, headers }: UploadReply, now: number): JobFailure | null {
  if (status >= 200 && status < 300) return null
  const cause = new Error(`The store answered ${status}.`)
  if (status < 500 && !NOT_NOW.has(status)) return new JobFailure('delivery_refused', { cause })
  return new JobFailure('delivery_failed', { cause, retryAfterMs: retryAfterMs(headers['retry-after'], now) })
}

/** Names neither the address nor what the store said: the text goes into the log. */
export function failureOfDelivery(error: unknown): JobFailure {
  if (error instanceof JobFailure) return error
  if (error instanceof SafeFetchError) {
    const code = error.code === 'blocked_target' ? 'delivery_blocked' : 'delivery_failed'
    return new JobFailure(code, { cause: new Error(`${error.code} ${systemCodeIn(error.cause)}`.trim()) })
  }
  if (error instanceof BodyFailed && error.cause instanceof OtherBytes)
    return new JobFailure('internal_error', { cause: error.cause })
  return new JobFailure('delivery_failed', { cause: new Error('The file could not be read.') })
}

function systemCodeIn(cause: unknown): string {
  const { code } = (cause ?? {}) as { code?: unknown }
  return typeof code === 'string' && /^[A-Z0-9_]{1,60}$/.test(code) ? code : ''
}
