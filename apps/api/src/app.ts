/** Builds the gateway: every plugin and every route, in order. The map of this room. */
import Fastify, { type FastifyBaseLogger, type FastifyInstance, LogController } from 'fastify'
import type { Redis } from 'ioredis'
import type { Route, RouteDependencies } from './dependencies.ts'
import { serviceUnavailable } from './errors.ts'
import { answerMalformedRequest, handleErrors, sendError } from './plugins/errors.ts'
import { watchMethods } from './plugins/method-not-allowed.ts'
import { describeApi } from './plugins/openapi.ts'
import { limitRates } from './plugins/rate-limit.ts'
import { logRequests } from './plugins/request-log.ts'
import { requestIdOf } from './request-id.ts'
import { cancelJob } from './routes/cancel-job.ts'
import { createDownload } from './routes/create-download.ts'
import { createInfoJob } from './routes/create-info-job.ts'
import { fetchFile } from './routes/fetch-file.ts'
import { getDownload } from './routes/get-download.ts'
import { getInfoJob } from './routes/get-info-job.ts'
import { getStatus } from './routes/get-status.ts'
import { health } from './routes/health.ts'
import { listDownloads } from './routes/list-downloads.ts'
import { listJobs } from './routes/list-jobs.ts'
import { listPlatforms } from './routes/list-platforms.ts'
import { retryJob } from './routes/retry-job.ts'

/** A body holds one URL and a format id; this is far above what JSON escapes can make of them. */
const BODY_BYTES_MAX = 32 * 1024
const REQUEST_TIMEOUT_MS = 30_000

/** Answer without Redis, or say themselves that it is away. */
const withoutQueue: Route[] = [getStatus, listPlatforms, health]
const withQueue: Route[] = [
  createInfoJob,
  getInfoJob,
  cancelJob,
  retryJob,
  createDownload,
  getDownload,
  listDownloads,
  fetchFile,
  listJobs,
]

export interface AppOptions {
  logger: FastifyBaseLogger
  redis: Redis
  /** Jobs per minute and client; 0 for no limit. */
  rateLimitPerMinute: number
  /** Addresses and CIDRs whose X-Forwarded-For is believed. */
  trustedProxies: string[]
}

export async function buildApp(options: AppOptions, dependencies: RouteDependencies): Promise<FastifyInstance> {
  const app = Fastify({
    loggerInstance: options.logger,
    logController: new LogController({ disableRequestLogging: true }),
    trustProxy: options.trustedProxies.length > 0 ? options.trustedProxies : false,
    bodyLimit: BODY_BYTES_MAX,
    requestTimeout: REQUEST_TIMEOUT_MS,
    genReqId: requestIdOf,
    clientErrorHandler: answerMalformedRequest,
    frameworkErrors: (error, request, reply) => void sendError(error, request, reply),
    routerOptions: { maxParamLength: 2000 },
    ajv: { customOptions: { removeAdditional: false, coerceTypes: true, allErrors: true } },
    return503OnClosing: true,
  })

  handleErrors(app)
  app.addHook('onSend', async (request, reply) => {
    reply.header('x-request-id', request.id)
  })
  logRequests(app)
  const methods = watchMethods(app)
  await limitRates(app, options.redis, options.rateLimitPerMinute)
  await describeApi(app, dependencies.paths, dependencies.version)

  for (const route of withoutQueue) await app.register(route, dependencies)
  await app.register(async (guarded) => {
    // Before anything waits: a Redis that is away is a 503 at once.
    guarded.addHook('onRequest', async () => {
      if (!dependencies.health.isQueueReachable()) throw serviceUnavailable()
    })
    for (const route of withQueue) await guarded.register(route, dependencies)
  })
  methods.close()
  return app
}
