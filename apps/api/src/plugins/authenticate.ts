/** Asks who is there, before anything else is done: every operation states its access, and nothing passes without. */
import type { KeyRecord } from '@video-scraper/store'
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyInstance, RouteOptions } from 'fastify'
import { addressOf } from '../client.ts'
import type { Authenticator } from '../keys/authenticator.ts'
import { givenKey } from '../keys/given-key.ts'
import { type RouteAccess, routeAccess } from '../keys/route-access.ts'

declare module 'fastify' {
  interface FastifyRequest {
    /** The key that the request was admitted with; null on what is open to everybody, and everywhere with `AUTH=none`. */
    apiKey: KeyRecord | null
  }
  interface FastifyContextConfig {
    access?: RouteAccess
  }
}

/** Pages of the documentation; they and their parts have no `operationId`. */
const PAGES = ['/docs', '/openapi.json', '/api/video-scraper/docs', '/api/video-scraper/openapi.json']

/**
 * Gives each route that is registered from now on its access, and throws for one that has none. Without an
 * authenticator (`AUTH=none`) everybody may do everything.
 */
export function authenticate(app: FastifyInstance, paths: PublicPaths, authenticator: Authenticator | null): void {
  const pages = PAGES.map((page) => paths.at(page))
  app.decorateRequest('apiKey', null)
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: accessOf(route, pages) }
  })
  if (authenticator === null) return
  app.addHook('onRequest', (request, _reply, done) => {
    const { access } = request.routeOptions.config
    if (access === 'open') return done()
    if (access === undefined) throw new Error(`${request.routeOptions.url} was registered before its access was known.`)
    const address = () => addressOf(request)
    const admitted = authenticator.admit({ key: givenKey(request.headers), scope: access, address })
    const take = (key: KeyRecord) => {
      request.apiKey = key
      done()
    }
    // A promise for what is known costs more than all else that is done here.
    if (admitted instanceof Promise) admitted.then(take, done)
    else take(admitted)
  })
}

function accessOf({ url, method, schema }: RouteOptions, pages: string[]): RouteAccess {
  const operationId = (schema as { operationId?: string } | undefined)?.operationId
  const isPage = pages.some((page) => url === page || url.startsWith(`${page}/`))
  // A preflight carries no key (Fetch, 3.2.2), and is answered without asking any operation.
  const isOpen = operationId === undefined && (isPage || method === 'OPTIONS')
  const isKnown = operationId !== undefined && Object.hasOwn(routeAccess, operationId)
  const access = isOpen ? 'open' : isKnown ? routeAccess[operationId] : undefined
  if (access !== undefined) return access
  throw new Error(`${String(method)} ${url} has no row for "${operationId ?? ''}" in keys/route-access.ts.`)
}
