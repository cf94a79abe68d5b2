/** A known path with a wrong method is 405 with `Allow` (RFC 9110, 15.5.6), not 404. */
import type { FastifyInstance, HTTPMethods } from 'fastify'
import { RequestError } from '../errors.ts'

const METHODS = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE', 'OPTIONS'] as const

/** Watches every route that is registered from now on; `close()` adds the refusals for all other methods. */
export function watchMethods(app: FastifyInstance): { close(): void } {
  const allowed = new Map<string, Set<string>>()
  app.addHook('onRoute', ({ url, method }) => {
    // The pages of Swagger UI come with routes of their own making, some of them twice.
    if (/\*|\/docs(\/|$)/.test(url)) return
    const methods = allowed.get(url) ?? new Set()
    for (const one of [method].flat()) methods.add(one)
    allowed.set(url, methods)
  })

  return {
    close() {
      for (const [url, methods] of [...allowed]) {
        const others = METHODS.filter((method) => !methods.has(method))
        if (others.length === 0) continue
        const allow = [...methods].sort().join(', ')
        app.route({
          method: others as HTTPMethods[],
          url,
          schema: { hide: true },
          // Before the body is read: a wrong method is refused whatever was sent with it.
          onRequest: async () => {
            throw new RequestError('method_not_allowed', {
              message: `This method is not allowed here. Allowed: ${allow}.`,
              headers: { allow },
            })
          },
          handler: async () => undefined,
        })
      }
    },
  }
}
