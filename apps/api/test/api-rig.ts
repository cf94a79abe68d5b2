/** Gateways on a real Redis and a real library, for tests; what a test opened is closed after it, however it ends. */
import { afterAll, afterEach, beforeAll } from '@jest/globals'
import { parseSecretKeys, type SecretKeys } from '@video-scraper/boot'
import { type CookieSets, createCookieSets } from '@video-scraper/cookies'
import { type Library, type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { type AdmissionLimits, createJobQueue, type JobQueue, readSiteRests } from '@video-scraper/queue'
import {
  connectRedis,
  createCookieSetStore,
  createDeliveryLog,
  createFileIndex,
  createKeyStore,
  createWebhookRegistry,
  type FileIndex,
  isReady,
  isWorkerAlive,
  proveWritable,
  readEngineCheck,
  readPlatforms,
  readPublishedExits,
} from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
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

export interface ApiRig {
  readonly server: DisposableRedis
  readonly library: LocalLibrary
  readonly libraryPath: string
  readonly files: FileIndex
  /** Also for looking at what is there, and for breaking it. */
  workerConnection(): Promise<Connection>
  gateway(options?: GatewayOptions): Promise<Gateway>
  /** One for all tests of the file; for those that leave nothing behind in it. */
  standing(): Promise<Gateway>
  /** Calls this after the test, before the gateways are closed. */
  afterwards(end: () => unknown): void
}

export const PLATFORM_SNAPSHOT = [{ name: 'YouTube', domain: 'youtube.com', support_level: 'full' }] as const

export const SECRET_KEYS = parseSecretKeys(`test:${Buffer.alloc(32, 1).toString('base64')}`, 'the rig')

function cookieSetsOf(redis: Connection, now: () => number, options: GatewayOptions): CookieSets | null {
  const { keepsCookies = true, secretKeys = SECRET_KEYS } = options
  return keepsCookies ? createCookieSets({ store: createCookieSetStore(redis), keys: secretKeys, now }) : null
}

interface ApiRigOptions {
  /**
   * `production`: gateways give Redis as little time as there, for tests of outages. Elsewhere a busy machine must not
   * turn a slow answer into a 503.
   */
  timeouts?: 'production' | 'long'
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

export function useApi({ timeouts: redisTimeout = 'long' }: ApiRigOptions = {}): ApiRig {
  let server: DisposableRedis
  let folder: TemporaryFolder
  let library: LocalLibrary
  let shared: Connection
  const endings: (() => unknown)[] = []
  const lastEndings: (() => unknown)[] = []
  let standing: Promise<Gateway> | null = null
  const afterwards: ApiRig['afterwards'] = (end) => void endings.push(end)

  beforeAll(async () => {
    server = await startRedis()
    folder = await temporaryFolder()
    library = await openLocalLibrary({ directory: folder.path })
    shared = await connected('worker')
  })
  afterEach(async () => {
    // Without a server its own error says why, and none of ours should stand before it.
    if (server === undefined) return
    server.thaw()
    for (const end of endings.splice(0).reverse()) await end()
    if (isReady(shared)) await shared.flushall()
  })
  afterAll(async () => {
    for (const end of lastEndings) await end()
    shared?.disconnect()
    await server?.stop()
    await folder?.remove()
  })

  async function connected(kind: 'gateway' | 'worker'): Promise<Connection> {
    const connection = connectRedis(server.url, kind, () => undefined)
    await eventually(() => isReady(connection))
    return connection
  }

  async function gateway(options: GatewayOptions = {}, after = afterwards): Promise<Gateway> {
    const { limits, basePath = '', publicUrl = '', accelLocation = '', now = Date.now } = options
    const { redisUrl = server.url, auth = 'none', failedAuthenticationsPerMinute = 0 } = options
    const redis = connectRedis(redisUrl, 'gateway', () => undefined)
    if (redisTimeout === 'long') redis.options.commandTimeout = LONG_TIMEOUT_MS
    if (redisUrl === server.url) await eventually(() => isReady(redis))
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

  return {
    get server() {
      return server
    },
    get library() {
      return library
    },
    get libraryPath() {
      return folder.path
    },
    get files() {
      return createFileIndex(shared)
    },
    async workerConnection() {
      const connection = await connected('worker')
      afterwards(() => connection.disconnect())
      return connection
    },
    gateway: (options) => gateway(options),
    standing() {
      standing ??= gateway({}, (end) => void lastEndings.push(end))
      return standing
    },
    afterwards,
  }
}
