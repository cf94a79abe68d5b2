/** Builds the gateway: every plugin and every route, in order. The map of this package. */
import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import { authenticate } from './auth/authenticate.ts'
import type { Authenticator } from './auth/authenticator.ts'
import { limitFailedAuthentications } from './auth/failed-authentication.ts'
import { keyRoutes } from './auth/key-routes.ts'
import { cookieRoutes } from './cookies/cookie-routes.ts'
import type { Route, RouteDependencies } from './dependencies.ts'
import { eventRoutes } from './events/event-routes.ts'
import { hasValidLink } from './files/file-link.ts'
import { fileRoutes } from './files/file-routes.ts'
import { compressJson } from './http/compression.ts'
import { allowOrigins } from './http/cors.ts'
import { createServer, type ServerOptions } from './http/create-server.ts'
import { serviceUnavailable } from './http/errors.ts'
import { handleErrors } from './http/handle-errors.ts'
import { sendOnlyKnownFields } from './http/known-fields-only.ts'
import { refuseUnknownHosts } from './http/known-hosts.ts'
import { refuseUnknownParameters } from './http/known-parameters.ts'
import { refuseOddRequests } from './http/malformed-request.ts'
import { refuseUnknownRoutes } from './http/method-not-allowed.ts'
import { logRequests } from './http/request-log.ts'
import { measureRequests } from './http/request-metrics.ts'
import { secureHeaders } from './http/security-headers.ts'
import { TIMEOUTS, type Timeouts } from './http/timeouts.ts'
import { trustedPeers } from './http/trusted-peers.ts'
import { warnOfUntrustedProxy } from './http/untrusted-proxy.ts'
import { jobRoutes } from './jobs/job-routes.ts'
import { limitRates } from './limits/rate-limit.ts'
import { limitRequests, type RequestLimits } from './limits/request-limits.ts'
import { ERROR_PAGE } from './openapi/describe.ts'
import { describeApi } from './openapi/describe-api.ts'
import { documentEdgeRefusals } from './openapi/edge-refusals.ts'
import { leadToDocumentation } from './openapi/front-page.ts'
import { serviceRoutes } from './service/service-routes.ts'
import { webhookRoutes } from './webhooks/webhook-routes.ts'

/** The base URL of the specification. */
const LOCAL_URL = 'http://localhost:5501'

/** What answers only while Redis does. */
const withQueue: readonly Route[] = [jobRoutes, fileRoutes, webhookRoutes, eventRoutes].flat()

/** A plugin without a name of its own is looked for among all loaded modules, at each registration of it. */
const DISPLAY_NAME = Symbol.for('fastify.display-name')
const named = (route: Route): Route => Object.assign(route, { [DISPLAY_NAME]: route.name || 'route' })

export interface AppOptions extends ServerOptions {
  redis: Redis
  /** Null: nobody has to prove who they are. */
  authenticator: Authenticator | null
  /** Requests with a key that is not good, per minute and address; 0 for no limit. */
  failedAuthenticationsPerMinute: number
  /** Jobs per minute and client; 0 for no limit. */
  rateLimitPerMinute: number
  /** Requests per minute and client, counted by this gateway alone. */
  requestLimits: RequestLimits
  /** Host names beside the loopback names and that of `PUBLIC_URL` under which requests are taken; null: any. */
  allowedHosts: readonly string[] | null
  /** Origins whose pages may read answers; none when left out. */
  corsOrigins?: string[]
  /** The gateway's own address, such as `http://localhost:5501`, for the document where no `PUBLIC_URL` is set. */
  localUrl?: string
  /** Where requests are counted; null, or nothing: nowhere. */
  metrics?: Registry | null
  /** Tests are less patient. */
  timeouts?: Partial<Timeouts>
}

export async function buildApp(options: AppOptions, dependencies: RouteDependencies): Promise<FastifyInstance> {
  const { paths, health, version } = dependencies
  const timeouts = { ...TIMEOUTS, ...options.timeouts }
  const app = createServer(options, timeouts)
  const documentation = paths.at('/docs')

  logRequests(app)
  if (options.metrics) measureRequests(app, options.metrics)
  secureHeaders(app)
  warnOfUntrustedProxy(app)
  handleErrors(app, documentation, paths.absolute(paths.api(ERROR_PAGE)))
  await allowOrigins(app, options.corsOrigins ?? [])
  await compressJson(app)
  refuseOddRequests(app)
  if (options.allowedHosts !== null) {
    refuseUnknownHosts(app, {
      allowed: options.allowedHosts,
      publicUrl: paths.origin,
      isExempt: (path) => path.startsWith(paths.at('/health/')),
      isTrustedPeer: trustedPeers(options.trustedProxies),
    })
  }
  refuseUnknownRoutes(app, documentation)
  documentEdgeRefusals(app)
  authenticate(app, paths, {
    authenticator: options.authenticator,
    failures: limitFailedAuthentications(options.redis, options.failedAuthenticationsPerMinute),
    isOpenedBySignature: (request) => hasValidLink(dependencies, request),
  })
  limitRequests(app, options.requestLimits)
  await limitRates(app, options.redis, options.rateLimitPerMinute)
  leadToDocumentation(app, paths)
  refuseUnknownParameters(app)
  await describeApi(app, {
    paths,
    version,
    localUrl: options.localUrl ?? LOCAL_URL,
    needsKeys: options.authenticator !== null,
  })
  await app.register(async (routes) => {
    // Not of the pages of the documentation, which send what they are made of.
    sendOnlyKnownFields(routes)
    for (const route of serviceRoutes) await routes.register(named(route), dependencies)
    await routes.register(async (guarded) => {
      // Before anything waits: a Redis that is away is a 503 at once.
      guarded.addHook('onRequest', (_request, _reply, done) => {
        if (!health.isQueueReachable()) throw serviceUnavailable()
        done()
      })
      const further = [
        options.authenticator === null ? [] : keyRoutes,
        dependencies.cookieSets === null ? [] : cookieRoutes,
      ]
      for (const route of [withQueue, ...further].flat()) await guarded.register(named(route), dependencies)
    })
  })
  return app
}
