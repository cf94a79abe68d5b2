/** Asks who is there, before anything else is done: every operation states its access, and nothing passes without. */
import { API_PREFIX } from '@video-scraper/contracts'
import type { KeyRecord } from '@video-scraper/store'
import type { PublicPaths } from '@video-scraper/views'
import type { FastifyInstance, FastifyRequest, RouteOptions } from 'fastify'
import { RequestError } from '../http/errors.ts'
import { beginningsOf } from '../openapi/front-page.ts'
import type { Authenticator } from './authenticator.ts'
import { addressOf, clientOf } from './client.ts'
import type { FailedAuthenticationLimit } from './failed-authentication.ts'
import { givenKey } from './given-key.ts'
import { type RouteAccess, routeAccess } from './route-access.ts'

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
const PAGES = ['/docs', '/docs.md', '/openapi.json', '/llms.txt'].flatMap((page) => [page, `${API_PREFIX}${page}`])

export interface Authentication {
  /** Null: nobody has to prove who they are. */
  authenticator: Authenticator | null
  failures: FailedAuthenticationLimit
  /** Whether a signature in the address stands for a key. Throws where there is one that is not good. */
  isOpenedBySignature(request: FastifyRequest): boolean
}

/**
 * Gives each route that is registered from now on its access, and throws for one that has none. Without an
 * authenticator (`AUTH=none`) everybody may do everything.
 */
export function authenticate(
  app: FastifyInstance,
  paths: PublicPaths,
  { authenticator, failures, isOpenedBySignature }: Authentication,
): void {
  const pages = PAGES.map((page) => paths.at(page))
  const beginnings = beginningsOf(paths)
  app.decorateRequest('apiKey', null)
  app.addHook('onRoute', (route) => {
    route.config = { ...route.config, access: accessOf(route, pages, beginnings) }
  })
  if (authenticator === null) return
  app.addHook('onRequest', (request, _reply, done) => {
    const { access } = request.routeOptions.config
    if (access === 'open') return done()
    if (access === undefined) throw new Error(`${request.routeOptions.url} was registered before its access was known.`)
    if (isOpenedBySignature(request)) return done()
    const key = givenKey(request.headers)
    const take = (record: KeyRecord) => {
      request.apiKey = record
      done()
    }
    const refuse = (error: Error) => void refusalFor(request, key, error, failures).then(done)
    const attempt = { key, scope: access, address: () => addressOf(request) }
    try {
      const admitted = authenticator.admit(attempt)
      // A promise for what is known costs more than all else that is done here.
      if (admitted instanceof Promise) admitted.then(take, refuse)
      else take(admitted)
    } catch (error) {
      refuse(error as Error)
    }
  })
}

/**
 * A key that is not good counts against its address, and too many of them are refused as such. Good keys are never: they
 * are admitted before anything is counted, so that nobody is shut out by a stranger behind the same address.
 */
async function refusalFor(
  request: FastifyRequest,
  key: string | null,
  error: Error,
  failures: FailedAuthenticationLimit,
): Promise<Error> {
  if (key === null || !(error instanceof RequestError) || error.code !== 'unauthorized') return error
  const address = clientOf(request).limitSubject
  try {
    await failures.check(address)
    await failures.countFailedAuthentication(address)
    return error
  } catch (refusal) {
    return refusal as Error
  }
}

function accessOf({ url, method, schema }: RouteOptions, pages: string[], beginnings: string[]): RouteAccess {
  const operationId = (schema as { operationId?: string } | undefined)?.operationId
  const isPage = beginnings.includes(url) || pages.some((page) => url === page || url.startsWith(`${page}/`))
  // A preflight carries no key (Fetch, 3.2.2), and is answered without asking any operation.
  const isOpen = operationId === undefined && (isPage || method === 'OPTIONS')
  const isKnown = operationId !== undefined && Object.hasOwn(routeAccess, operationId)
  const access = isOpen ? 'open' : isKnown ? routeAccess[operationId] : undefined
  if (access !== undefined) return access
  throw new Error(`${String(method)} ${url} has no row for "${operationId ?? ''}" in auth/route-access.ts.`)
}
