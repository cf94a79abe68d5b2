/** The exit code of each group of errors. */
import {
  AuthenticationError,
  ConflictError,
  ConnectionError,
  DeadlineError,
  IntegrityError,
  InvalidRequestError,
  JobCancelledError,
  JobFailedError,
  NotFoundError,
  PermissionError,
  RateLimitError,
  ServiceError,
  TimeoutError,
  UsageError,
} from '../errors.ts'

export const INTERRUPTED = 130

const CODES = [
  [JobFailedError, 1],
  [JobCancelledError, 1],
  [UsageError, 2],
  [InvalidRequestError, 2],
  [ConflictError, 2],
  [AuthenticationError, 3],
  [PermissionError, 3],
  [NotFoundError, 4],
  [RateLimitError, 5],
  [ServiceError, 6],
  [ConnectionError, 7],
  [TimeoutError, 7],
  [DeadlineError, 8],
  [IntegrityError, 9],
] as const

/** 1 for what nobody has thought of, such as a full disk. */
export const exitCodeOf = (error: unknown): number => CODES.find(([Group]) => error instanceof Group)?.[1] ?? 1
