/** The error that an answer of the service, or of a proxy before it, means. */
import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  InvalidRequestError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServiceError,
  type VideoScraperError,
} from './errors.ts'
import type { ErrorReply } from './generated/schemas.ts'

const byStatus: Readonly<Record<number, typeof VideoScraperError>> = {
  401: AuthenticationError,
  403: PermissionError,
  404: NotFoundError,
  408: ServiceError,
  409: ConflictError,
  429: RateLimitError,
}

/** The longest text that is read of an answer that is none of ours, such as a page of a proxy. */
const EXCERPT = 200

/** The error that an answer means. `text` is its body. */
export function errorOfAnswer(response: Response, text: string): VideoScraperError {
  const reply = readReply(text)
  const { status } = response
  const Group =
    byStatus[status] ?? (status >= 500 ? ServiceError : status >= 400 ? InvalidRequestError : ConnectionError)
  const retryable = reply.retryable ?? [408, 429, 502, 503, 504].includes(status)
  const message = reply.error ?? `The answer was ${status} without a reason. ${text.slice(0, EXCERPT)}`.trim()
  return new Group(message, {
    code: reply.code ?? `http_${status}`,
    status,
    retryable,
    requestId: response.headers.get('x-request-id'),
    retryAfter: retryAfterOf(response.headers.get('retry-after')),
    ...(Array.isArray(reply.details) && { details: reply.details }),
  })
}

function readReply(text: string): Partial<ErrorReply> {
  try {
    const { error, code, retryable, details } = JSON.parse(text) as Partial<Record<string, unknown>>
    return {
      ...(typeof error === 'string' && { error }),
      ...(typeof code === 'string' && { code }),
      ...(typeof retryable === 'boolean' && { retryable }),
      ...(Array.isArray(details) && { details: details as NonNullable<ErrorReply['details']> }),
    }
  } catch {
    return {}
  }
}

/** Seconds, from a number or a date (RFC 9110, 10.2.3). */
function retryAfterOf(header: string | null): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header)) return Number(header)
  const seconds = Math.ceil((Date.parse(header) - Date.now()) / 1000)
  return Number.isNaN(seconds) ? null : Math.max(0, seconds)
}
