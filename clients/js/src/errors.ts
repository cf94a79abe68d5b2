/** What can go wrong, as classes: one for each group of codes. A code that is not known goes by its status. */
import type { Download, ErrorReply, Job } from './generated/schemas.ts'

export interface ErrorFacts {
  /** A stable word for programs; one that this client has never heard is passed on. */
  readonly code: string
  /** The HTTP status; 0 when there was no answer. */
  readonly status?: number
  /** Whether the same may work later. */
  readonly retryable?: boolean
  /** `X-Request-Id` of the answer: name it when you report a problem. */
  readonly requestId?: string | null
  /** Seconds to wait, as the service says; null when it says nothing. */
  readonly retryAfter?: number | null
  /** Each problem of a request that is not valid. */
  readonly details?: ErrorReply['details']
  readonly cause?: unknown
}

/** Everything that this client throws, but for the reason of an `AbortSignal` of yours, which comes as it is. */
export class VideoScraperError extends Error {
  readonly code: string
  readonly status: number
  readonly retryable: boolean
  readonly requestId: string | null
  readonly retryAfter: number | null
  readonly details: NonNullable<ErrorReply['details']>

  constructor(message: string, facts: ErrorFacts) {
    super(message, facts.cause === undefined ? undefined : { cause: facts.cause })
    this.name = new.target.name
    this.code = facts.code
    this.status = facts.status ?? 0
    this.retryable = facts.retryable ?? false
    this.requestId = facts.requestId ?? null
    this.retryAfter = facts.retryAfter ?? null
    this.details = facts.details ?? []
  }
}

/** The client was set up or called in a way that cannot work; nothing was sent. */
export class UsageError extends VideoScraperError {}
/** There was no answer (`connection_failed`), or it broke off, or it is none of this service (`unreadable_answer`). */
export class ConnectionError extends VideoScraperError {}
/** Nothing came in time (`timed_out`). */
export class TimeoutError extends VideoScraperError {}
/** 400 and whatever else is refused for what it says. */
export class InvalidRequestError extends VideoScraperError {}
/** 401: no key, or none that is valid. */
export class AuthenticationError extends VideoScraperError {}
/** 403: the key, the address or the link may not do this. */
export class PermissionError extends VideoScraperError {}
/** 404: it is not there, not any more (`file_expired`), or not yours. */
export class NotFoundError extends VideoScraperError {}
/** 409: the state of the job, the key or the webhook does not allow it. */
export class ConflictError extends VideoScraperError {}
/** 429: a limit was reached; `retryAfter` says when to try again. */
export class RateLimitError extends VideoScraperError {}
/** 408 and 5xx: the service, or what stands in front of it, could not do it. */
export class ServiceError extends VideoScraperError {}
/** The file that came is not the one that was announced (`digest_differs`). */
export class IntegrityError extends VideoScraperError {}
/** The webhook is not from the service (`signature_invalid`), or too old, or of the future (`timestamp_out_of_range`). */
export class WebhookVerificationError extends VideoScraperError {}

/** The deadline of a wait is over (`deadline_exceeded`). The job goes on, unless `cancelOnAbort` was set. */
export class DeadlineError extends VideoScraperError {
  readonly jobId: string | null

  constructor(jobId: string | null) {
    super('The job did not end before the deadline. Wait for it again by its id, or cancel it.', {
      code: 'deadline_exceeded',
      retryable: true,
    })
    this.jobId = jobId
  }
}

/** The job ended without a result. `code` is that of the failure, as in docs/errors.md. */
export class JobFailedError<Of extends Job | Download = Job | Download> extends VideoScraperError {
  readonly job: Of
  /** What to do about it, for people; null when the service does not say. */
  readonly nextStep: string | null

  constructor(job: Of) {
    const { error, code, retryable, next_step } = job as Readonly<object> as Partial<Record<string, unknown>>
    super(String(error ?? 'The job failed.'), { code: String(code ?? 'unknown'), retryable: retryable === true })
    this.job = job
    this.nextStep = typeof next_step === 'string' ? next_step : null
  }
}

/** The job was cancelled, by whomever (`job_cancelled`). */
export class JobCancelledError<Of extends Job | Download = Job | Download> extends VideoScraperError {
  readonly job: Of

  constructor(job: Of) {
    super('The job was cancelled.', { code: 'job_cancelled' })
    this.job = job
  }
}
