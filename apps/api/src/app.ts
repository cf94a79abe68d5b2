/** Builds the gateway: every plugin and every route, in order. The map of this package. */
import type { FastifyInstance } from 'fastify'
import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import { createServer, type ServerOptions } from './create-server.ts'
import type { Route, RouteDependencies } from './dependencies.ts'
import { ERROR_PAGE } from './document/describe.ts'
import { serviceUnavailable } from './errors.ts'
import { hasValidLink } from './file-link.ts'
import type { Authenticator } from './keys/authenticator.ts'
import { authenticate } from './plugins/authenticate.ts'
import { compressJson } from './plugins/compression.ts'
import { allowOrigins } from './plugins/cors.ts'
import { documentEdgeRefusals } from './plugins/edge-refusals.ts'
import { handleErrors } from './plugins/errors.ts'
import { limitFailedAuthentications } from './plugins/failed-authentication.ts'
import { leadToDocumentation } from './plugins/front-page.ts'
import { sendOnlyKnownFields } from './plugins/known-fields-only.ts'
import { refuseUnknownHosts } from './plugins/known-hosts.ts'
import { refuseUnknownParameters } from './plugins/known-parameters.ts'
import { refuseOddRequests } from './plugins/malformed-request.ts'
import { refuseUnknownRoutes } from './plugins/method-not-allowed.ts'
import { describeApi } from './plugins/openapi.ts'
import { limitRates } from './plugins/rate-limit.ts'
import { limitRequests, type RequestLimits } from './plugins/request-limits.ts'
import { logRequests } from './plugins/request-log.ts'
import { secureHeaders } from './plugins/security-headers.ts'
import { warnOfUntrustedProxy } from './plugins/untrusted-proxy.ts'
import { measureRequests } from './request-metrics.ts'
import { cancelJob } from './routes/cancel-job.ts'
import { cancelJobs } from './routes/cancel-jobs.ts'
import { changeWebhook } from './routes/change-webhook.ts'
import { createArchiveLink } from './routes/create-archive-link.ts'
import { createEventLink } from './routes/create-event-link.ts'
import { createFileLink } from './routes/create-file-link.ts'
import { createRoutes } from './routes/create-job.ts'
import { createKey } from './routes/create-key.ts'
import { deleteCookies } from './routes/delete-cookies.ts'
import { deleteFile } from './routes/delete-file.ts'
import { deleteJob } from './routes/delete-job.ts'
import { deleteJobs } from './routes/delete-jobs.ts'
import { deleteWebhook } from './routes/delete-webhook.ts'
import { fetchArchive } from './routes/fetch-archive.ts'
import { fetchFile } from './routes/fetch-file.ts'
import { fetchTranscript } from './routes/fetch-transcript.ts'
import { streamDownload, streamInfoJob } from './routes/follow-job.ts'
import { getCookies } from './routes/get-cookies.ts'
import { getDownload, getInfoJob } from './routes/get-job.ts'
import { getKey } from './routes/get-key.ts'
import { getLiveness } from './routes/get-liveness.ts'
import { getReadiness } from './routes/get-readiness.ts'
import { getStatus } from './routes/get-status.ts'
import { getWebhook } from './routes/get-webhook.ts'
import { listCookies } from './routes/list-cookies.ts'
import { listDeliveries } from './routes/list-deliveries.ts'
import { listDownloads } from './routes/list-downloads.ts'
import { listEntries } from './routes/list-entries.ts'
import { listJobs } from './routes/list-jobs.ts'
import { listKeys } from './routes/list-keys.ts'
import { listPlatforms } from './routes/list-platforms.ts'
import { listWebhooks } from './routes/list-webhooks.ts'
import { putCookies } from './routes/put-cookies.ts'
import { registerWebhook } from './routes/register-webhook.ts'
import { replayDeliveries } from './routes/replay-deliveries.ts'
import { replayDelivery } from './routes/replay-delivery.ts'
import { retryJob } from './routes/retry-job.ts'
import { revokeKey } from './routes/revoke-key.ts'
import { rotateKey } from './routes/rotate-key.ts'
import { rotateWebhookSecret } from './routes/rotate-webhook-secret.ts'
import { streamByLink } from './routes/stream-by-link.ts'
import { testWebhook } from './routes/test-webhook.ts'
import { updateKey } from './routes/update-key.ts'
import { TIMEOUTS, type Timeouts } from './timeouts.ts'
import { trustedPeers } from './trusted-peers.ts'

/** The base URL of the specification. */
const LOCAL_URL = 'http://localhost:5501'

/** Answer without Redis, or say themselves that it is away. */
const withoutQueue: Route[] = [getStatus, listPlatforms, getLiveness, getReadiness]
const withQueue: Route[] = [
  ...createRoutes,
  getInfoJob,
  cancelJob,
  retryJob,
  deleteJob,
  getDownload,
  listDownloads,
  fetchFile,
  fetchArchive,
  fetchTranscript,
  createFileLink,
  createArchiveLink,
  deleteFile,
  listJobs,
  listEntries,
  cancelJobs,
  deleteJobs,
  registerWebhook,
  listWebhooks,
  getWebhook,
  changeWebhook,
  deleteWebhook,
  testWebhook,
  rotateWebhookSecret,
  listDeliveries,
  replayDeliveries,
  replayDelivery,
  streamInfoJob,
  streamDownload,
  createEventLink,
  streamByLink,
]
/** Only where keys are asked for: without, everybody could make one that counts later. */
const ofKeys: Route[] = [createKey, listKeys, getKey, updateKey, rotateKey, revokeKey]
/** Only where they are kept. */
const ofCookies: Route[] = [putCookies, listCookies, getCookies, deleteCookies]

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
  handleErrors(app, documentation, paths.absolute(paths.at(ERROR_PAGE)))
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
    for (const route of withoutQueue) await routes.register(named(route), dependencies)
    await routes.register(async (guarded) => {
      // Before anything waits: a Redis that is away is a 503 at once.
      guarded.addHook('onRequest', (_request, _reply, done) => {
        if (!health.isQueueReachable()) throw serviceUnavailable()
        done()
      })
      const further = [options.authenticator === null ? [] : ofKeys, dependencies.cookieSets === null ? [] : ofCookies]
      for (const route of [withQueue, ...further].flat()) await guarded.register(named(route), dependencies)
    })
  })
  return app
}
