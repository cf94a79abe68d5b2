/** How the routes describe their answers: shapes by name, with examples, so that the document holds each shape once. */
import { type ErrorReply, type RequestErrorCode, requestErrors } from '@video-scraper/contracts'
import { Type } from 'typebox'
import { rateLimitHeaders } from '../limits/rate-limit-fields.ts'
import { REQUEST_EXAMPLES } from './request-examples.ts'

/** A reference to a named schema of `contracts`. */
export const ref = <T>(id: string) => Type.Unsafe<T>({ $ref: `${id}#` })

/**
 * A JSON body that is asked for, with bodies to try by name, the first of which Swagger UI fills in. Without them it makes
 * one up out of the schema, with every optional field. `request-examples.ts` puts them where they belong.
 */
export const requestBody = (id: string, examples: Record<string, unknown>) => ({
  body: ref(id),
  [REQUEST_EXAMPLES]: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
})

interface AnswerOptions {
  description: string
  /** Shown in the document, by name. */
  examples?: Record<string, unknown>
  headers?: Record<string, { description: string; type: string }>
}

/** A JSON answer of a given shape. */
export const answer = (schema: object, { description, examples = {}, headers }: AnswerOptions) => ({
  description,
  ...(headers ? { headers } : {}),
  content: {
    'application/json': {
      schema,
      examples: Object.fromEntries(Object.entries(examples).map(([name, value]) => [name, { value }])),
    },
  },
})

/** The 202 of a POST that makes a job. */
export const acceptedAnswer = (schema: object, example: unknown, more: Partial<AnswerOptions> = {}) =>
  answer(schema, {
    description: 'The job was accepted.',
    examples: { accepted: example, ...more.examples },
    headers: {
      Location: { description: 'Where to ask for the status.', type: 'string' },
      'Retry-After': { description: 'After how many seconds a first look makes sense.', type: 'integer' },
      ...rateLimitHeaders,
      ...more.headers,
    },
  })

type ErrorStatus = (typeof requestErrors)[RequestErrorCode]['status']

const titles: Record<ErrorStatus, string> = {
  400: 'The request is not valid.',
  401: 'There is no API key, or it is not valid; `WWW-Authenticate` says what is wrong with it.',
  403: 'The API key is valid and may not do this, or not from there; or a link is not good, or not any more.',
  404: 'There is no such thing, or it belongs to somebody else.',
  405: 'This method is not allowed here.',
  406: 'Nothing that `Accept` allows can be had here.',
  408: 'The request took too long to arrive.',
  409: 'The state of things does not allow this.',
  412: 'A condition of the request does not hold.',
  413: 'The request body is too large.',
  415: 'The body is not JSON.',
  416: 'The range lies outside the file.',
  421: 'The request was sent to a host name that is not one of this service.',
  422: 'The request contradicts an earlier one.',
  429: 'A limit was reached; `Retry-After` says when to try again.',
  431: 'The request headers are too large.',
  500: 'Something went wrong on our side.',
  503: 'The service cannot do this at the moment; `Retry-After` says when to try again.',
}

const RETRY_AFTER = { 'Retry-After': { description: 'Seconds to wait.', type: 'integer' } }
const CHALLENGE = { 'WWW-Authenticate': { description: 'RFC 6750: why, and which scope is needed.', type: 'string' } }
const ALLOW = { Allow: { description: 'The methods that are allowed here.', type: 'string' } }

const headersOf: Partial<Record<ErrorStatus, NonNullable<AnswerOptions['headers']>>> = {
  401: CHALLENGE,
  403: CHALLENGE,
  405: ALLOW,
  429: { ...RETRY_AFTER, ...rateLimitHeaders },
  503: RETRY_AFTER,
}

/** The documented errors of an operation: each status with an example of each code that it can carry here. */
export const errors = (...expected: RequestErrorCode[]) => refusals(...expected, 'internal_error')

/** The same for what comes before an operation. */
export function refusals(...codes: RequestErrorCode[]) {
  const statuses = [...new Set(codes.map((code) => requestErrors[code].status))]
  return Object.fromEntries(
    statuses.map((status) => [
      status,
      answer(ref<ErrorReply>('ErrorReply'), {
        description: titles[status],
        examples: examplesOf(codes.filter((code) => requestErrors[code].status === status)),
        ...(headersOf[status] ? { headers: headersOf[status] } : {}),
      }),
    ]),
  )
}

const examplesOf = (codes: RequestErrorCode[]) =>
  Object.fromEntries(
    codes.map((code) => {
      const { message, status, retryable } = requestErrors[code]
      return [code, { error: message, status_code: status, code, retryable }]
    }),
  )

/** An id in a path is a plain string: whatever is not an id of ours is a 404, never a 400. */
export const IdParameter = (name: string, description: string) => Type.Object({ [name]: Type.String({ description }) })
