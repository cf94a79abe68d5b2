/** The gateway's process: settings, Redis, listen, close. A program: it has effects on import. */
import { readFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import {
  closeOnSignals,
  createLogger,
  createMetrics,
  loadSecretKeys,
  logPlainLines,
  readCertificateAuthorities,
  readEnvironment,
  redisAddress,
  serveMetrics,
} from '@video-scraper/boot'
import { createCookieSets } from '@video-scraper/cookies'
import { openLibrary } from '@video-scraper/library'
import {
  admissionLimitsOf,
  createJobQueue,
  createQueueDepth,
  readSiteRests,
  watchDeadlines,
} from '@video-scraper/queue'
import {
  connectRedis,
  createCookieSetStore,
  createDeliveryLog,
  createFileIndex,
  createKeyStore,
  createOutageLog,
  createWebhookRegistry,
  isReady,
  isWorkerAlive,
  proveWritable,
  readEngineCheck,
  readPlatforms,
  readPublishedExits,
} from '@video-scraper/store'
import { publicPaths } from '@video-scraper/views'
import { buildApp } from './app.ts'
import { createAuthenticator } from './auth/authenticator.ts'
import { parseTrustedProxies } from './auth/client.ts'
import { createKeyCache } from './auth/key-cache.ts'
import { createKeyRing } from './auth/key-ring.ts'
import { ApiSettings, allowedHostsOf, contradictionIn } from './config.ts'
import { parseOrigins } from './http/cors.ts'
import { dockerGateway } from './http/crowded-server.ts'
import { listenOn } from './http/listen.ts'
import { measureQueues, measureRests } from './http/request-metrics.ts'
import { type KnownRests, knownRests } from './service/known-rests.ts'
import { VERSION } from './service/version.ts'

const CLOSE_WITHIN_MS = 10_000

async function main(): Promise<void> {
  const settings = readEnvironment(ApiSettings, process.env)
  const problem = contradictionIn(settings)
  if (problem !== null) throw new Error(problem)

  const outages = createOutageLog()
  const logger = createLogger({ service: 'api', level: settings.LOG_LEVEL, omits: outages.omits })
  logPlainLines(logger)
  const redis = connectRedis(redisAddress(settings), 'gateway', outages.report)
  outages.start({ redis, log: logger })
  const jobs = createJobQueue(redis, {
    limits: admissionLimitsOf(settings),
    keptJobs: settings.MAX_KEPT_JOBS,
    onError: outages.report,
  })
  const deadlines = watchDeadlines(jobs, { log: logger, onOutage: outages.report })
  const snapshot = JSON.parse(readFileSync(new URL('../data/platforms.json', import.meta.url), 'utf8'))

  const secretKeys = await loadSecretKeys(settings)
  const store = createKeyStore(redis)
  const cache = createKeyCache(store)

  const metrics = settings.METRICS_PORT === 0 ? null : createMetrics('api')
  const depth = metrics && createQueueDepth(redis, outages.report)
  if (metrics && depth) measureQueues(metrics, depth.read)

  const sites: KnownRests = {
    readPlatforms: () => readPlatforms(redis),
    readPublishedExits: () => readPublishedExits(redis),
    readSiteRests: () => readSiteRests(redis, Date.now()),
    platformSnapshot: snapshot.platforms,
  }
  if (metrics) measureRests(metrics, () => knownRests(sites))

  const app = await buildApp(
    {
      logger,
      redis,
      authenticator: settings.AUTH === 'api-key' ? createAuthenticator({ cache, store, now: Date.now }) : null,
      failedAuthenticationsPerMinute: settings.MAX_FAILED_AUTHENTICATIONS,
      rateLimitPerMinute: settings.RATE_LIMIT_PER_MINUTE,
      requestLimits: { requests: settings.MAX_REQUESTS_PER_MINUTE, refused: settings.MAX_REFUSED_REQUESTS },
      connections: {
        perAddress: settings.MAX_CONNECTIONS_PER_ADDRESS,
        exempt: [dockerGateway()].filter((address) => address !== null),
      },
      heldPerClient: settings.MAX_STREAMS_PER_CLIENT,
      trustedProxies: parseTrustedProxies(settings.TRUST_PROXY),
      allowedHosts: allowedHostsOf(settings),
      corsOrigins: parseOrigins(settings.CORS_ORIGINS),
      localUrl: `http://localhost:${settings.PORT}`,
      metrics,
    },
    {
      version: VERSION,
      jobs,
      keyRing: createKeyRing({ store, now: Date.now, changed: cache.forget }),
      cookieSets:
        settings.AUTH === 'api-key' || settings.ANONYMOUS_COOKIES
          ? createCookieSets({ store: createCookieSetStore(redis), keys: secretKeys, now: Date.now })
          : null,
      files: createFileIndex(redis),
      webhooks: { registry: createWebhookRegistry(redis), deliveries: createDeliveryLog(redis) },
      library: await openLibrary({
        directory: join(resolve(settings.DATA_DIR), 'library'),
        settings,
        links: settings.S3_DELIVERY === 'redirect',
        certificateAuthorities: await readCertificateAuthorities(settings.EGRESS_CA_FILE),
      }),
      health: {
        isQueueReachable: () => isReady(redis),
        ping: () => proveWritable(redis),
        isWorkerAlive: () => isWorkerAlive(redis),
        readEngineCheck: () => readEngineCheck(redis),
      },
      ...sites,
      accelLocation: settings.X_ACCEL_LOCATION.replace(/\/?$/, (end) => (settings.X_ACCEL_LOCATION ? '/' : end)),
      secretKeys,
      retentionSeconds: settings.RETENTION_HOURS * 3600,
      playlistItemsMax: settings.MAX_PLAYLIST_ITEMS,
      paths: publicPaths(settings.BASE_PATH, settings.PUBLIC_URL),
      now: Date.now,
    },
  )

  const metricsServer =
    metrics && (await serveMetrics(metrics, { host: settings.METRICS_HOST, port: settings.METRICS_PORT }))
  let listening = { close: () => {} }
  closeOnSignals({
    logger,
    withinMs: CLOSE_WITHIN_MS,
    close: async () => {
      listening.close()
      await app.close()
      deadlines.stop()
      await jobs.close()
      await depth?.close()
      await metricsServer?.close()
      outages.stop()
      redis.disconnect()
    },
  })
  listening = await listenOn(app, settings.HOST, settings.PORT)
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
