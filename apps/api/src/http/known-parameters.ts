/** Refuses query parameters that an operation does not know: one that is misspelt would otherwise change nothing, silently. */
import type { FastifyInstance, preValidationHookHandler } from 'fastify'
import { RequestError } from './errors.ts'

/** So many are named in one answer, with so many characters each. */
const NAMED_MAX = 8
const NAME_LENGTH_MAX = 64

/** Call it before routes are registered. A page of the documentation takes any parameter. */
export function refuseUnknownParameters(app: FastifyInstance): void {
  app.addHook('onRoute', (route) => {
    const { operationId, querystring } = (route.schema ?? {}) as { operationId?: string; querystring?: object }
    if (operationId === undefined) return
    const { properties = {} } = (querystring ?? {}) as { properties?: object }
    const known = new Set(Object.keys(properties))
    // A hook of the route itself: Fastify makes `routeOptions` anew at each look, which a hook for all routes would need.
    const refuse: preValidationHookHandler = ({ query }, _reply, done) => {
      refuseOthers(query as object, known)
      done()
    }
    route.preValidation = [refuse, route.preValidation ?? []].flat()
  })
}

/** Throws a sentence that names what is not known, and what is. */
function refuseOthers(query: object, known: ReadonlySet<string>): void {
  const unknown = Object.keys(query).filter((name) => !known.has(name))
  if (unknown.length === 0) return
  const named = unknown.slice(0, NAMED_MAX).map((name) => name.slice(0, NAME_LENGTH_MAX))
  const all = known.size === 0 ? 'none' : [...known].join(', ')
  throw new RequestError('invalid_request', {
    message: `The request is not valid: there is no query parameter ${named.join(', ')} here. Known: ${all}.`,
    details: named.map((name) => ({ field: `/${name}`, message: 'is not a query parameter of this request' })),
  })
}
