/** A gateway for tests, on the Redis and the library of a rig; it holds each of its answers against its own document. */
import { parseSecretKeys, type SecretKeys } from '@video-scraper/boot'
import { type CookieSets, createCookieSets } from '@video-scraper/cookies'
import type { Library } from '@video-scraper/library'
import { type AdmissionLimits, createJobQueue, type JobQueue, readSiteRests } from '@video-scraper/queue'
import {
  connectRedis,
  createCookieSetStore,
  createDeliveryLog,
  createFileIndex,
  createKeyStore,
  createWebhookRegistry,
  isReady,
  isWorkerAlive,
  proveWritable,
  readEngineCheck,
  readPlatforms,
  readPublishedExits,
} from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { publicPaths } from '@video-scraper/views'
import type { FastifyInstance, InjectOptions, LightMyRequestResponse } from 'fastify'
import { type AppOptions, buildApp } from '../src/app.ts'
import { createAuthenticator } from '../src/auth/authenticator.ts'
import { createKeyCache } from '../src/auth/key-cache.ts'
import { createKeyRing, type KeyRing } from '../src/auth/key-ring.ts'
import { documentOf, type ReplyCheck } from './documented-replies.ts'
import { createRecorder, type LogLine } from './log-recorder.ts'

export type Connection = ReturnType<typeof connectRedis>

export interface GatewayOptions
  extends Partial<
    Pick<
      AppOptions,
      | 'failedAuthenticationsPerMinute'
      | 'rateLimitPerMinute'
      | 'heldPerClient'
      | 'trustedProxies'
      | 'corsOrigins'
      | 'allowedHosts'
      | 'connections'
      | 'requestLimits'
      | 'timeouts'
    >
  > {
  limits?: Partial<AdmissionLimits>
  basePath?: string
  publicUrl?: string
  accelLocation?: string
  /** Whether cookie sets are kept. Default: true. */
  keepsCookies?: boolean
  /** Default: files are kept for ever. */
  retentionSeconds?: number
  /** Default: 1000. */
  playlistItemsMax?: number
  /** Default: `SECRET_KEYS`. */
  secretKeys?: SecretKeys
  /** Default: the one of the rig. */
  library?: Library
  now?: () => number
  /** Default: `none`. */
  auth?: 'none' | 'api-key'
  /** How long Redis may take for a command, in milliseconds; default: as in life, where a loaded machine may be late. */
  redisTimeoutMs?: number
  /** Default: the server of the rig, and the gateway is ready when it is returned. */
  redisUrl?: string
}

export interface Gateway {
  app: FastifyInstance
  jobs: JobQueue
  redis: Connection
  /** Makes keys for the tests, as the command line does. */
  keyRing: KeyRing
  log: LogLine[]
  /** Sends a request past the network and holds the answer against the OpenAPI document. */
  ask(request: InjectOptions): Promise<LightMyRequestResponse>
  /** Posts JSON. */
  post(url: string, body: unknown, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  get(url: string, headers?: Record<string, string>): Promise<LightMyRequestResponse>
  /** Holds an answer that came over a socket against the document. */
  check: ReplyCheck
  /** Listens on a free port of loopback; the same one when asked again. */
  origin(): Promise<string>
}

export const PLATFORM_SNAPSHOT = [{ name: 'YouTube', domain: 'youtube.com', support_level: 'full' }] as const
export const SECRET_KEYS = parseSecretKeys(`test:${Buffer.alloc(32, 1).toString('base64')}`, 'the rig')

function cookieSetsOf(redis: Connection, now: () => number, options: GatewayOptions): CookieSets | null {
  const { keepsCookies = true, secretKeys = SECRET_KEYS } = options
  return keepsCookies ? createCookieSets({ store: createCookieSetStore(redis), keys: secretKeys, now }) : null
}

const LONG_TIMEOUT_MS = 20_000
const checks = new Map<string, ReplyCheck>()

/** The document of gateways with the same options is the same, and drawing it takes half of their start. */
function checkOf(app: FastifyInstance, options: GatewayOptions): ReplyCheck {
  const key = JSON.stringify(options)
  const check = checks.get(key) ?? documentOf(app).check
  checks.set(key, check)
  return check
}

interface Surroundings {
  /** Of the server of the rig. */
  readonly redisUrl: string
  readonly library: Library
  /** `production`: Redis gets as little time as there. */
  readonly redisTimeout: 'production' | 'long'
  /** Is given what closes the gateway. */
  after(end: () => unknown): void
}

/** A gateway that is ready, as long as its Redis is that of the rig. */
export async function startGateway(
  { redisUrl: ownUrl, library, redisTimeout, after }: Surroundings,
  options: GatewayOptions = {},
): Promise<Gateway> {
  const { limits, basePath = '', publicUrl = '', accelLocation = '', now = Date.now } = options
  const { redisUrl = ownUrl, auth = 'none', failedAuthenticationsPerMinute = 0 } = options
  const redis = connectRedis(redisUrl, 'gateway', () => undefined)
  if (redisTimeout === 'long') redis.options.commandTimeout = LONG_TIMEOUT_MS
  if (redisUrl === ownUrl) await eventually(() => isReady(redis))
  if (options.redisTimeoutMs !== undefined) redis.options.commandTimeout = options.redisTimeoutMs
  const jobs = createJobQueue(redis, {
    limits: { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0, ...limits },
    onError: () => undefined,
  })
  const { logger, lines } = createRecorder()
  const { rateLimitPerMinute = 0, heldPerClient = 0, trustedProxies = [], corsOrigins = [], timeouts = {} } = options
  const store = createKeyStore(redis)
  const cache = createKeyCache(store)
  const keyRing = createKeyRing({ store, now, changed: cache.forget })
  const authenticator = auth === 'api-key' ? createAuthenticator({ cache, store, now }) : null
  const app = await buildApp(
    {
      logger,
      redis,
      authenticator,
      failedAuthenticationsPerMinute,
      rateLimitPerMinute,
      requestLimits: options.requestLimits ?? { requests: 0, refused: 0 },
      heldPerClient,
      connections: options.connections ?? { perAddress: 0, exempt: [] },
      trustedProxies,
      allowedHosts: options.allowedHosts ?? null,
      corsOrigins,
      timeouts,
    },
    {
      version: '1.0.0',
      jobs,
      keyRing,
      cookieSets: cookieSetsOf(redis, now, options),
      files: createFileIndex(redis),
      webhooks: { registry: createWebhookRegistry(redis), deliveries: createDeliveryLog(redis) },
      library: options.library ?? library,
      health: {
        isQueueReachable: () => isReady(redis),
        ping: () => proveWritable(redis),
        isWorkerAlive: () => isWorkerAlive(redis),
        readEngineCheck: () => readEngineCheck(redis),
      },
      readPlatforms: () => readPlatforms(redis),
      readPublishedExits: () => readPublishedExits(redis),
      readSiteRests: () => readSiteRests(redis, Date.now()),
      platformSnapshot: [...PLATFORM_SNAPSHOT],
      secretKeys: options.secretKeys ?? SECRET_KEYS,
      accelLocation,
      retentionSeconds: options.retentionSeconds ?? 0,
      playlistItemsMax: options.playlistItemsMax ?? 1000,
      paths: publicPaths(basePath, publicUrl),
      now,
    },
  )
  after(async () => {
    await app.close()
    await jobs.close()
    redis.disconnect()
  })
  await app.ready()
  const check = checkOf(app, options)
  let origin: Promise<string> | null = null
  const ask: Gateway['ask'] = async (request) => {
    const reply = await app.inject(request)
    check({
      method: request.method ?? 'GET',
      url: String(request.url),
      status: reply.statusCode,
      headers: reply.headers,
      body: reply.body,
    })
    return reply
  }
  return {
    app,
    jobs,
    redis,
    keyRing,
    log: lines,
    ask,
    check,
    post: (url, body, headers = {}) => ask({ method: 'POST', url, payload: body as object, headers }),
    get: (url, headers = {}) => ask({ method: 'GET', url, headers }),
    origin: () => {
      origin ??= app.listen({ host: '127.0.0.1', port: 0 })
      return origin
    },
  }
}
