/** The one place where an error becomes an answer: `ErrorReply`, or RFC 9457's form of it for who asks. */
import { type ErrorReply, type RequestErrorCode, requestErrors } from '@video-scraper/contracts'
import { isRedisOutage } from '@video-scraper/store'
import { answerTextOf } from '@video-scraper/views'
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { ref } from '../openapi/schema-reference.ts'
import { invalidRequest, RequestError, routeNotFound, serviceUnavailable } from './errors.ts'
import { problemsOf } from './validation-problems.ts'

/** Fastify's and Node's words, in ours. */
const knownCodes: Record<string, RequestErrorCode> = {
  FST_ERR_VALIDATION: 'invalid_request',
  FST_ERR_BAD_URL: 'invalid_request',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_JSON_BODY: 'invalid_request',
  FST_ERR_CTP_INVALID_CONTENT_LENGTH: 'invalid_request',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'unsupported_media_type',
  FST_ERR_CTP_BODY_TOO_LARGE: 'payload_too_large',
  FST_ERR_MAX_PARAM_LENGTH: 'not_found',
}

const sentences: Record<string, string> = {
  FST_ERR_BAD_URL: 'The path holds a malformed percent-encoding.',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'The body is empty. Send a JSON object.',
  FST_ERR_CTP_INVALID_JSON_BODY: 'The body is not valid JSON.',
}

/** Of every refusal, also where no route was found that could have a schema for it. */
export const errorTextOf = answerTextOf(ref('ErrorReply'))

export function replyOf(error: RequestError): ErrorReply {
  const { code, statusCode, message, details } = error
  return {
    error: message,
    status_code: statusCode,
    code,
    retryable: requestErrors[code].retryable,
    ...(details ? { details } : {}),
  }
}

/** Gives any error its code. What nobody foresaw is a 500 that says nothing of the inside. */
export function requestErrorOf(error: unknown): RequestError {
  if (error instanceof RequestError) return error
  const { code = '', validation, statusCode, message } = error as Partial<FastifyError>
  if (validation) return invalidRequest(problemsOf(validation))
  if (isOutage(error)) return serviceUnavailable(error)
  const known = knownCodes[code] ?? codeOfStatus(statusCode)
  if (known) return new RequestError(known, { message: sentences[code] ?? sentenceFor(known, message), cause: error })
  return new RequestError('internal_error', { cause: error })
}

/** Fastify's JSON parser reports `__proto__` and syntax errors without a code of its own. */
function codeOfStatus(status: number | undefined): RequestErrorCode | undefined {
  if (status === undefined || status < 400 || status >= 500) return undefined
  const entries = Object.entries(requestErrors) as [RequestErrorCode, { status: number }][]
  return status === 400
    ? 'invalid_request'
    : (entries.find(([, rule]) => rule.status === status)?.[0] ?? 'invalid_request')
}

const sentenceFor = (code: RequestErrorCode, message: string | undefined): string | undefined =>
  code === 'invalid_request' && message?.includes('JSON') ? 'The body is not valid JSON.' : undefined

/** A connection that failed, whether Redis's or the bucket's. */
const FAILED_CONNECTION = /ECONNREFUSED|ECONNRESET|EPIPE|connect ENOENT/

const isOutage = (error: unknown): boolean =>
  isRedisOutage(error) || (error instanceof Error && FAILED_CONNECTION.test(error.message))

declare module 'fastify' {
  interface FastifyInstance {
    /** The address of the page of all error codes. */
    errorPage: string
  }
}

const PROBLEM_TYPE = 'application/problem+json; charset=utf-8'

/** `Accept` names the type itself. `*\/*` is what every client sends, so it means the plain form. */
const ASKS_FOR_PROBLEM = /\bapplication\/problem\+json(?!\s*;\s*q=0(?:\.0*)?\s*(?:,|$))/i

/** RFC 9457: its own members beside those of `ErrorReply`, which become extension members. */
const problemOf = (reply: ErrorReply, code: RequestErrorCode) => ({
  type: reply.doc_url,
  title: requestErrors[code].message,
  status: reply.status_code,
  detail: reply.error,
  ...reply,
})

export function sendError(error: unknown, request: FastifyRequest, reply: FastifyReply): FastifyReply {
  const refusal = requestErrorOf(error)
  if (refusal.statusCode >= 500) request.serverError = refusal.cause ?? refusal
  const { details, ...plain } = replyOf(refusal)
  const body: ErrorReply = {
    ...plain,
    doc_url: `${request.server.errorPage}#${refusal.code}`,
    request_id: request.id,
    ...(details ? { details } : {}),
  }
  const asked = ASKS_FOR_PROBLEM.test(request.headers.accept ?? '')
  return reply
    .code(refusal.statusCode)
    .headers(refusal.headers)
    .type(asked ? PROBLEM_TYPE : 'application/json; charset=utf-8')
    .send(errorTextOf(asked ? problemOf(body, refusal.code) : body))
}

/** `documentation`: the path under which all routes are listed; `errorPage`: the address of the page of all error codes. */
export function handleErrors(app: FastifyInstance, documentation: string, errorPage: string): void {
  app.decorate('errorPage', errorPage)
  app.setErrorHandler((error, request, reply) => sendError(error, request, reply))
  app.setNotFoundHandler((request, reply) => sendError(routeNotFound(documentation), request, reply))
}
