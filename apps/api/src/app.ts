/** Builds the gateway: every plugin and every route, in order. The map of this room. */
import type { Socket } from 'node:net'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import { type Connections, drainOnClose, watchConnections } from './connections.ts'
import { limitConnections } from './crowded-server.ts'
import type { Route, RouteDependencies } from './dependencies.ts'
import { ERROR_PAGE } from './document/describe.ts'
import { serviceUnavailable } from './errors.ts'
import { hasValidLink } from './file-link.ts'
import { createHeldRequests } from './held-requests.ts'
import type { Authenticator } from './keys/authenticator.ts'
import { CONNECTIONS_MAX, HELD_MAX, PATIENCE, type Patience } from './patience.ts'
import { authenticate } from './plugins/authenticate.ts'
import { compressJson } from './plugins/compression.ts'
import { allowOrigins } from './plugins/cors.ts'
import { documentEdgeRefusals } from './plugins/edge-refusals.ts'
import { handleErrors, sendError } from './plugins/errors.ts'
import { limitFailedAuthentications } from './plugins/failed-authentication.ts'
import { leadToDocumentation } from './plugins/front-page.ts'
import { refuseUnknownHosts } from './plugins/known-hosts.ts'
import { refuseUnknownParameters } from './plugins/known-parameters.ts'
import { answerMalformedRequest, refuseOddRequests } from './plugins/malformed-request.ts'
import { refuseUnknownRoutes } from './plugins/method-not-allowed.ts'
import { describeApi } from './plugins/openapi.ts'
import { limitRates } from './plugins/rate-limit.ts'
import { limitRequests, type RequestLimits } from './plugins/request-limits.ts'
import { logRequests } from './plugins/request-log.ts'
import { addSecureHeaders, secureHeaders } from './plugins/security-headers.ts'
import { warnOfUntrustedProxy } from './plugins/untrusted-proxy.ts'
import { requestIdOf } from './request-id.ts'
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
import { trustedPeers } from './trusted-peers.ts'

/** A body holds one URL and a format id; this is far above what JSON escapes can make of them. */
const BODY_BYTES_MAX = 32 * 1024
/** Node's limit for all headers together; an id of any length is then simply one that does not exist. */
const HEADER_BYTES_MAX = 16 * 1024

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

export interface AppOptions {
  logger: FastifyBaseLogger
  redis: Redis
  /** Null: nobody has to prove who they are. */
  authenticator: Authenticator | null
  /** Requests with a key that is not good, per minute and address; 0 for no limit. */
  failedAuthenticationsPerMinute: number
  /** Jobs per minute and client; 0 for no limit. */
  rateLimitPerMinute: number
  /** Requests per minute and client, counted by this gateway alone. */
  requestLimits: RequestLimits
  /** Connections of one address, but for trusted proxies and those named here; 0 for no limit. */
  connections: { inAll?: number; perAddress: number; exempt: readonly string[] }
  /** Event streams and waiting requests per client that are open at once; 0 for no limit. */
  heldPerClient: number
  /** Addresses and CIDRs whose X-Forwarded-For is believed. */
  trustedProxies: string[]
  /** Host names beside the loopback names and that of `PUBLIC_URL` under which requests are taken; null: any. */
  allowedHosts: readonly string[] | null
  /** Origins whose pages may read answers; none when left out. */
  corsOrigins?: string[]
  /** The gateway's own address, such as `http://localhost:5501`, for the document where no `PUBLIC_URL` is set. */
  localUrl?: string
  /** Where requests are counted; null, or nothing: nowhere. */
  metrics?: Registry | null
  /** Tests are less patient. */
  patience?: Partial<Patience>
}

export async function buildApp(options: AppOptions, dependencies: RouteDependencies): Promise<FastifyInstance> {
  const { paths, health, version } = dependencies
  const patience = { ...PATIENCE, ...options.patience }
  const app = createServer(options, patience)
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

  for (const route of withoutQueue) await app.register(route, dependencies)
  await app.register(async (guarded) => {
    // Before anything waits: a Redis that is away is a 503 at once.
    guarded.addHook('onRequest', (_request, _reply, done) => {
      if (!health.isQueueReachable()) throw serviceUnavailable()
      done()
    })
    const further = [options.authenticator === null ? [] : ofKeys, dependencies.cookieSets === null ? [] : ofCookies]
    for (const route of [withQueue, ...further].flat()) await guarded.register(route, dependencies)
  })
  return app
}

function createServer(options: AppOptions, patience: Patience): FastifyInstance {
  const { logger, trustedProxies, heldPerClient } = options
  const { inAll = CONNECTIONS_MAX, perAddress, exempt } = options.connections
  let connections: Connections
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: 'requestId' }),
    trustProxy: trustedProxies.length > 0 ? trustedProxies : false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: patience.requestMs,
    connectionTimeout: patience.silenceMs,
    http: {
      maxHeaderSize: HEADER_BYTES_MAX,
      headersTimeout: patience.headersMs,
      connectionsCheckingInterval: Math.min(patience.headersMs, 1000),
      requireHostHeader: false,
    },
    genReqId: requestIdOf,
    clientErrorHandler: (error: Error, socket: Socket) => answerMalformedRequest(error, socket, connections),
    frameworkErrors: (error, request, reply) => {
      // A path that cannot be decoded reaches neither a route nor a hook.
      addSecureHeaders(request, reply)
      void sendError(error, request, reply)
    },
    routerOptions: { maxParamLength: HEADER_BYTES_MAX, ignoreTrailingSlash: true },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
    // A request that arrives on an open connection while the gateway closes is still served.
    return503OnClosing: false,
  })
  app.server.maxConnections = inAll
  limitConnections(app.server, {
    inAll,
    perAddress,
    isExempt: trustedPeers([...trustedProxies, ...exempt]),
    onRefused: (client) =>
      logger.warn(
        { client, limit: perAddress, setting: 'MAX_CONNECTIONS_PER_ADDRESS' },
        'an address has as many connections as it may have; more are closed. If it is your reverse proxy, set TRUST_PROXY',
      ),
  })
  // The views say exactly what an answer holds, in the order of the specification; the schemas only document it.
  app.setSerializerCompiler(() => JSON.stringify)
  // A body is JSON or refused; Fastify would also take plain text.
  app.removeContentTypeParser('text/plain')
  connections = watchConnections(app.server)
  const held = createHeldRequests({ perClient: heldPerClient, inAll: HELD_MAX })
  app.decorate('held', held)
  app.decorate('patience', patience)
  drainOnClose(app, connections, { withinMs: patience.closingMs, endHeld: held.endAll })
  return app
}
