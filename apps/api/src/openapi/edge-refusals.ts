/** Documents, for every operation at once, that a request which is not valid, or one too many, is refused. */
import type { RequestErrorCode } from '@video-scraper/contracts'
import type { FastifyInstance } from 'fastify'
import { refusals } from './schema-reference.ts'

/**
 * What is no HTTP is 400, also where an operation has nothing to validate. 405, 408, 421 and 431 are the same everywhere: the
 * description of the API names them, and no operation repeats them. (A path that is too long is 431; there is no 414.)
 */
const ANYWHERE: RequestErrorCode[] = ['invalid_request', 'too_many_requests']

/** Call it before routes are registered. What an operation says itself about one of these statuses stands. */
export function documentEdgeRefusals(app: FastifyInstance): void {
  app.addHook('onRoute', ({ schema }) => {
    if (schema === undefined || schema.hide || typeof schema.response !== 'object') return
    schema.response = { ...refusals(...ANYWHERE), ...schema.response }
  })
}
