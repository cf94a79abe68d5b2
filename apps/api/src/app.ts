/** Builds the gateway: every plugin and every route, in order. The map of this room. */
import type { Socket } from 'node:net'
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Redis } from 'ioredis'
import { type Connections, drainOnClose, watchConnections } from './connections.ts'
import type { Route, RouteDependencies } from './dependencies.ts'
import { serviceUnavailable } from './errors.ts'
import { CONNECTIONS_MAX, PATIENCE, type Patience } from './patience.ts'
import { handleErrors, sendError } from './plugins/errors.ts'
import { answerMalformedRequest, refuseOddRequests } from './plugins/malformed-request.ts'
import { refuseUnknownRoutes } from './plugins/method-not-allowed.ts'
import { describeApi } from './plugins/openapi.ts'
import { limitRates } from './plugins/rate-limit.ts'
import { logRequests } from './plugins/request-log.ts'
import { addSecureHeaders, secureHeaders } from './plugins/security-headers.ts'
import { requestIdOf } from './request-id.ts'
import { cancelJob } from './routes/cancel-job.ts'
import { createDownload } from './routes/create-download.ts'
import { createFileLink } from './routes/create-file-link.ts'
import { createInfoJob } from './routes/create-info-job.ts'
import { deleteFile } from './routes/delete-file.ts'
import { fetchFile } from './routes/fetch-file.ts'
import { getDownload } from './routes/get-download.ts'
import { getInfoJob } from './routes/get-info-job.ts'
import { getLiveness } from './routes/get-liveness.ts'
import { getReadiness } from './routes/get-readiness.ts'
import { getStatus } from './routes/get-status.ts'
import { listDownloads } from './routes/list-downloads.ts'
import { listJobs } from './routes/list-jobs.ts'
import { listPlatforms } from './routes/list-platforms.ts'
import { retryJob } from './routes/retry-job.ts'

/** A body holds one URL and a format id; this is far above what JSON escapes can make of them. */
const BODY_BYTES_MAX = 32 * 1024
/** Node's limit for all headers together; an id of any length is then simply one that does not exist. */
const HEADER_BYTES_MAX = 16 * 1024

/** Answer without Redis, or say themselves that it is away. */
const withoutQueue: Route[] = [getStatus, listPlatforms, getLiveness, getReadiness]
const withQueue: Route[] = [
  createInfoJob,
  getInfoJob,
  cancelJob,
  retryJob,
  createDownload,
  getDownload,
  listDownloads,
  fetchFile,
  createFileLink,
  deleteFile,
  listJobs,
]

export interface AppOptions {
  logger: FastifyBaseLogger
  redis: Redis
  /** Jobs per minute and client; 0 for no limit. */
  rateLimitPerMinute: number
  /** Addresses and CIDRs whose X-Forwarded-For is believed. */
  trustedProxies: string[]
  /** Tests are less patient. */
  patience?: Partial<Patience>
}

export async function buildApp(options: AppOptions, dependencies: RouteDependencies): Promise<FastifyInstance> {
  const { paths, health, version } = dependencies
  const patience = { ...PATIENCE, ...options.patience }
  const app = createServer(options, patience)
  const documentation = paths.at('/docs')

  logRequests(app)
  secureHeaders(app)
  refuseOddRequests(app)
  refuseUnknownRoutes(app, documentation)
  handleErrors(app, documentation)
  await limitRates(app, options.redis, options.rateLimitPerMinute)
  await describeApi(app, paths, version)

  for (const route of withoutQueue) await app.register(route, dependencies)
  await app.register(async (guarded) => {
    // Before anything waits: a Redis that is away is a 503 at once.
    guarded.addHook('onRequest', (_request, _reply, done) => {
      if (!health.isQueueReachable()) throw serviceUnavailable()
      done()
    })
    for (const route of withQueue) await guarded.register(route, dependencies)
  })
  return app
}

function createServer({ logger, trustedProxies }: AppOptions, patience: Patience): FastifyInstance {
  let connections: Connections
  const app = Fastify({
    loggerInstance: logger,
    logController: new LogController({ disableRequestLogging: true }),
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
    routerOptions: { maxParamLength: HEADER_BYTES_MAX },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
    // A request that arrives on an open connection while the gateway closes is still served.
    return503OnClosing: false,
  })
  app.server.maxConnections = CONNECTIONS_MAX
  // The views say exactly what an answer holds, in the order of the specification; the schemas only document it.
  app.setSerializerCompiler(() => JSON.stringify)
  // A body is JSON or refused; Fastify would also take plain text.
  app.removeContentTypeParser('text/plain')
  connections = watchConnections(app.server)
  drainOnClose(app, connections, patience.closingMs)
  return app
}
