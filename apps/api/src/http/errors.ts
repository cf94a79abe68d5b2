/** Refusals: why a request gets no answer but an error. */
import { type ErrorReply, type RequestErrorCode, requestErrors } from '@video-scraper/contracts'

interface RefusalOptions {
  /** More exact than the table's sentence. */
  message?: string | undefined
  details?: ErrorReply['details']
  /** Headers of the answer, such as `retry-after`. */
  headers?: Record<string, string>
  cause?: unknown
}

/** An error whose code stands in the table of `contracts/errors.ts`; the error plugin turns it into the answer. */
export class RequestError extends Error {
  override readonly name = 'RequestError'
  readonly code: RequestErrorCode
  readonly statusCode: number
  readonly details: ErrorReply['details']
  readonly headers: Record<string, string>

  constructor(code: RequestErrorCode, { message, details, headers = {}, cause }: RefusalOptions = {}) {
    super(message ?? requestErrors[code].message, cause === undefined ? undefined : { cause })
    this.code = code
    this.statusCode = requestErrors[code].status
    this.details = details
    this.headers = headers
  }
}

/** Each problem of a request, as `validation-problems.ts` finds them. */
export function invalidRequest(details: NonNullable<ErrorReply['details']>): RequestError {
  const summary = details.map(({ field, message }) => `${field === '/' ? 'the body' : field.slice(1)} ${message}`)
  return new RequestError('invalid_request', {
    message: `The request is not valid: ${summary.join('; ')}.`,
    details,
  })
}

/** `documentation`: the path under which all routes are listed. */
export const routeNotFound = (documentation: string) =>
  new RequestError('not_found', { message: `There is no such route. GET ${documentation} lists all of them.` })

const RETRY_AFTER_OUTAGE_SECONDS = '2'
/** An estimate is never taken so seriously that nobody looks again. */
const RETRY_AFTER_MAX_SECONDS = 300

/** The same answer for what never was, what is malformed, and what belongs to somebody else. */
export const jobNotFound = () => new RequestError('not_found', { message: 'There is no job with this id.' })

export const keyNotFound = () => new RequestError('not_found', { message: 'There is no API key with this id.' })

export const fileNotFound = () => new RequestError('not_found', { message: 'There is no file with this name.' })

export const serviceUnavailable = (cause?: unknown) =>
  new RequestError('service_unavailable', { cause, headers: { 'retry-after': RETRY_AFTER_OUTAGE_SECONDS } })

/** `waitMs`: the queue's own estimate of when there is space. */
export const submissionRefused = (
  code: 'too_many_downloads' | 'too_many_waiting_jobs' | 'queue_full',
  waitMs: number,
) =>
  new RequestError(code, {
    headers: { 'retry-after': String(Math.max(1, Math.min(RETRY_AFTER_MAX_SECONDS, Math.ceil(waitMs / 1000)))) },
  })

/** Streams end with their jobs; nobody knows when that is. */
const RETRY_AFTER_HELD_SECONDS = '15'

/** Requests that stay open have taken all the slots there are for them. */
export const tooManyHeld = () =>
  new RequestError('service_unavailable', {
    message: 'Too many clients are following jobs here at the moment. Ask for the status instead, or try again.',
    headers: { 'retry-after': RETRY_AFTER_OUTAGE_SECONDS },
  })

export const tooManyStreams = () =>
  new RequestError('too_many_streams', { headers: { 'retry-after': RETRY_AFTER_HELD_SECONDS } })

export const invalidCursor = () =>
  new RequestError('invalid_request', {
    message: 'The cursor is not one that this API gave out. Leave it out to start at the newest.',
  })
