/** A known path with a wrong method is 405 with `Allow` (RFC 9110, 15.5.6), not 404. */
import type { FastifyInstance } from 'fastify'
import { RequestError, routeNotFound } from './errors.ts'

interface KnownPath {
  pattern: RegExp
  methods: Set<string>
}

/**
 * Watches every route that is registered from now on, and refuses what leads to none of them. It does so before the body
 * is read, whatever was sent with the request.
 */
export function refuseUnknownRoutes(app: FastifyInstance, documentation: string): void {
  const known = new Map<string, KnownPath>()
  app.addHook('onRoute', ({ url, method }) => {
    const path = known.get(url) ?? { pattern: patternOf(url), methods: new Set<string>() }
    for (const one of [method].flat()) path.methods.add(one)
    known.set(url, path)
  })
  app.addHook('onRequest', (request, reply, done) => {
    // The plugin for CORS has a route of its own, OPTIONS for any path. Fastify makes `routeOptions` anew at each look.
    const isKnown = !request.is404 && (request.method !== 'OPTIONS' || request.routeOptions.url !== '*')
    if (isKnown) return done()
    const path = withoutFinalSlash(request.url.split('?', 1)[0] ?? '')
    const allowed = [...known.values()].find(({ pattern }) => pattern.test(path))?.methods
    if (allowed === undefined || allowed.has(request.method)) throw routeNotFound(documentation)
    const allow = [...allowed, 'OPTIONS'].sort().join(', ')
    // RFC 9110, 9.3.7. A preflight of CORS_ORIGINS has been answered before.
    if (request.method === 'OPTIONS') return void reply.code(204).header('allow', allow).send()
    throw new RequestError('method_not_allowed', {
      message: `This method is not allowed here. Allowed: ${allow}.`,
      headers: { allow },
    })
  })
}

/** The router takes a path with a final slash for the one without. */
const withoutFinalSlash = (path: string) => (path.length > 1 && path.endsWith('/') ? path.slice(0, -1) : path)

/** Fastify's `/a/:b` and `/a/*` as an expression. */
function patternOf(url: string): RegExp {
  const parts = url.split('/').map((part) => {
    if (part.startsWith(':')) return '[^/]*'
    return part === '*' ? '.*' : part.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')
  })
  return new RegExp(`^${parts.join('/')}$`)
}
