/** Refuses query parameters that an operation does not know: one that is misspelt would otherwise change nothing, silently. */
import type { FastifyInstance } from 'fastify'
import { RequestError } from '../errors.ts'

declare module 'fastify' {
  interface FastifyContextConfig {
    /** The names of the query parameters of an operation; absent for pages, which take any. */
    parameters?: ReadonlySet<string>
  }
}

/** So many are named in one answer, with so many characters each. */
const NAMED_MAX = 8
const NAME_LENGTH_MAX = 64

/** Call it before routes are registered. */
export function refuseUnknownParameters(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { operationId, querystring } = (route.schema ?? {}) as { operationId?: string; querystring?: object }
    if (operationId === undefined) return
    const { properties = {} } = (querystring ?? {}) as { properties?: object }
    route.config = { ...route.config, parameters: new Set(Object.keys(properties)) }
  })
  app.addHook('preValidation', (request, _reply, done) => {
    const { parameters } = request.routeOptions.config
    if (parameters === undefined) return done()
    const unknown = Object.keys(request.query as object).filter((name) => !parameters.has(name))
    if (unknown.length === 0) return done()
    const known = parameters.size === 0 ? 'none' : [...parameters].join(', ')
    const named = unknown.slice(0, NAMED_MAX).map((name) => name.slice(0, NAME_LENGTH_MAX))
    throw new RequestError('invalid_request', {
      message: `The request is not valid: there is no query parameter ${named.join(', ')} here. Known: ${known}.`,
      details: named.map((name) => ({ field: `/${name}`, message: 'is not a query parameter of this request' })),
    })
  })
}
