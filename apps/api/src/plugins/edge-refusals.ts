/** Documents, for every operation at once, the refusals that a request can meet before its operation is reached. */
import type { RequestErrorCode } from '@video-scraper/contracts'
import type { FastifyInstance } from 'fastify'
import { refusals } from '../schema-reference.ts'

/**
 * What is no HTTP, another method on the same path, and what is too slow or too large: 400, 405, 408, 431. (A path that is
 * too long counts as too large headers; there is no 414.)
 */
const ANYWHERE: RequestErrorCode[] = [
  'invalid_request',
  'method_not_allowed',
  'request_timeout',
  'host_not_allowed',
  'too_many_requests',
  'headers_too_large',
]

/** Call it before routes are registered. What an operation says itself about one of these statuses stands. */
export function documentEdgeRefusals(app: FastifyInstance): void {
  app.addHook('onRoute', ({ schema }) => {
    if (schema === undefined || schema.hide || typeof schema.response !== 'object') return
    schema.response = { ...refusals(...ANYWHERE), ...schema.response }
  })
}
