/** Puts the worker together: which kind of job runs which task, how many at once. The map of this package. */
import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { keyFor, type Logger, readCertificateAuthorities, type SecretKeys } from '@video-scraper/boot'
import { jobKinds } from '@video-scraper/contracts'
import { createCookieSets } from '@video-scraper/cookies'
import { recordLifetimeMs } from '@video-scraper/core'
import {
  createNameResolver,
  createSafeFetch,
  createSafeUpload,
  createTargetPolicy,
  createTokenProvider,
  installFfmpegShim,
  jobFilterIn,
  LANDLOCK_FOLDER,
  parseDnsServers,
  parseEgressAllow,
  parseEgressPorts,
  parseTokenProviderUrl,
  parseUpstreamProxy,
  startEgressProxy,
  TOKEN_ADDRESS,
} from '@video-scraper/egress'
import { openLibrary } from '@video-scraper/library'
import {
  admissionLimitsOf,
  createJobQueue,
  createOutbox,
  createRecordKeeper,
  startConsumer,
} from '@video-scraper/queue'
import {
  createByteClaims,
  createCookieSetStore,
  createExtractionStore,
  createFileIndex,
  createKeyStore,
  readStoredBytes,
  startWorkerHeartbeat,
} from '@video-scraper/store'
import { publicPaths } from '@video-scraper/views'
import { createEngine, type Engine, isLeased, openArgumentsFile } from '@video-scraper/ytdlp'
import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import type { WorkerSettings } from './config.ts'
import { createDescriptorWatch } from './descriptor-watch.ts'
import { diskIdOf } from './disk-id.ts'
import { defaultWayOf, openExitsFile, openSources } from './exits/open-exits.ts'
import { PLAYER_SENT_BYTES_MAX, PLAYER_TIMEOUT_MS, playerFetcher } from './fetch-player.ts'
import { startHousekeeping } from './housekeeping.ts'
import { limitsOf } from './kind-settings.ts'
import { logSandbox } from './log-sandbox.ts'
import { resealCookies } from './reseal-cookies.ts'
import { type PublishedEngine, publishEngine } from './self-check/publish-engine.ts'
import { createStorageBudget } from './storage-budget.ts'
import { createTasks } from './tasks/table.ts'
import { withTestSources } from './test-sources/test-sources.ts'
import { watchTokenProvider } from './token-provider-watch.ts'
import { channelOf, openVersions } from './updates/open-updates.ts'
import { updateStatus } from './updates/update-status.ts'
import { createUpdates } from './updates/updates.ts'
import { createVersionedEngine } from './updates/versioned-engine.ts'
import { usersForJobs } from './users-for-jobs.ts'
import { startWebhooks } from './webhooks/webhooks.ts'
import { openWorkFolders } from './work-folders.ts'
import { createWorkerMetrics } from './worker-metrics.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
/** Connections to Redis and to the bucket, the log, the fork server. */
const DESCRIPTORS_OF_WORKER = 32
/** Its process's pipes and control connection, and the two ends of each connection through the proxy. */
const DESCRIPTORS_PER_JOB = 16
/** Then jobs are taken cold. */
const WARM_WITHIN_MS = 10_000

interface WorkerDependencies {
  workerId: string
  redis: Redis
  logger: Logger
  /** Hears errors of connections and queues. */
  onRedisError: (error: Error) => void
  settings: WorkerSettings
  secretKeys: SecretKeys
  /** Where the worker counts; null: it does not. */
  metrics: Registry | null
}

export interface RunningWorker {
  /** Hands unfinished jobs back and resolves when nothing that they started is left. */
  close(): Promise<void>
}

/** Resolves once jobs are being taken. Rejects when yt-dlp cannot be started, before any job is taken. */
export async function startWorker({
  workerId,
  redis,
  logger,
  onRedisError,
  settings,
  secretKeys,
  metrics: registry,
}: WorkerDependencies): Promise<RunningWorker> {
  // First, so that a bad setting stops the start before anything has begun.
  const policy = createTargetPolicy({
    allow: parseEgressAllow(settings.EGRESS_ALLOW),
    ports: parseEgressPorts(settings.EGRESS_PORTS),
    resolve: createNameResolver({ servers: parseDnsServers(settings.EGRESS_DNS_SERVERS) }),
  })
  const upstream = parseUpstreamProxy(settings.EGRESS_UPSTREAM_PROXY)
  const tokenProviderUrl = parseTokenProviderUrl(settings.POT_PROVIDER_URL)
  const tokens = tokenProviderUrl && createTokenProvider({ url: tokenProviderUrl })
  const { EGRESS_CA_FILE: authorityFile, EXTRACTOR_ARGUMENTS_FILE: argumentsPath } = settings
  const argumentsFile = argumentsPath === '' ? null : openArgumentsFile({ path: argumentsPath, logger })
  const exitsFile = openExitsFile(settings.EGRESS_EXITS_FILE, secretKeys, logger)
  const certificateAuthorities = await readCertificateAuthorities(authorityFile)
  const { PYTHON: python, FFMPEG: ffmpeg, FFPROBE: ffprobe, MAX_FILE_BYTES: maxFileBytes } = settings
  const ffmpegLocation = await installFfmpegShim({
    directory: join(settings.DATA_DIR, 'ffmpeg', fingerprintOf([python, ffmpeg, ffprobe])),
    python,
    ffmpeg,
    ffprobe,
  })
  const channel = channelOf(settings)
  const versions = channel && (await openVersions(settings))
  const users = await usersForJobs({ dataDir: settings.DATA_DIR, python, from: settings.JOB_USERS_FROM, logger })
  const fetchPlayer = playerFetcher(
    createSafeFetch({
      policy,
      upstream,
      timeoutMs: PLAYER_TIMEOUT_MS,
      maxBytes: PLAYER_SENT_BYTES_MAX,
      ...(certificateAuthorities && { certificateAuthorities }),
    }),
  )
  const makeEngine = (home: string): Engine =>
    createEngine({
      players: { folder: join(settings.DATA_DIR, 'players'), fetch: fetchPlayer },
      // By the default way: it is started below, and asked for only by jobs.
      values: { admit: (name) => egress.admit(name) },
      ...(users && { users }),
      python,
      home,
      ffmpegLocation,
      maxFileBytes,
      stallSeconds: settings.STALL_SECONDS,
      limits: {
        info: { cpuSeconds: settings.INFO_CPU_SECONDS, memoryBytes: settings.JOB_MEMORY_BYTES },
        download: { cpuSeconds: settings.JOB_CPU_SECONDS, memoryBytes: settings.JOB_MEMORY_BYTES },
      },
      workerId,
      logger,
      ...(certificateAuthorities && { authorityFile }),
      legacyTls: settings.EGRESS_LEGACY_TLS,
      ...(argumentsFile && { extractorArguments: argumentsFile.current }),
      ...(tokens && { tokenAddress: TOKEN_ADDRESS }),
      sandbox: {
        landlock: LANDLOCK_FOLDER,
        filter: jobFilterIn(ffmpegLocation),
        required: settings.SANDBOX === 'required',
        programs: [ffmpeg, ffprobe],
      },
      ...(settings.WORKER_WARM && {
        warm: { idleChildren: settings.WORKER_WARM_CHILDREN, idleSeconds: settings.WORKER_WARM_IDLE_SECONDS },
      }),
    })
  const pinned = makeEngine(settings.YTDLP_HOME)
  const { version, sandbox } = await pinned.describe()
  logger.info({ ytdlpVersion: version, workerId }, 'yt-dlp is ready')
  const engine = createVersionedEngine({ serving: { version, engine: pinned }, log: logger })
  logSandbox(sandbox, logger)
  const warm = engine.warmUp()

  const egress = await startEgressProxy({ policy, upstream, logger, tokens })
  const folders = await openWorkFolders(join(settings.DATA_DIR, 'work'))
  const library = await openLibrary({
    directory: join(settings.DATA_DIR, 'library'),
    settings,
    links: false,
    noteKeys: secretKeys.map((key) => keyFor('notes of finished downloads', key)),
    certificateAuthorities,
  })
  const files = createFileIndex(redis)
  const records = createRecordKeeper(redis, onRedisError)
  const outbox = createOutbox(redis, onRedisError)
  const { announce } = outbox
  const retentionMs = settings.RETENTION_HOURS * HOUR_MS

  const lifetimeMs = settings.INFO_CACHE_SECONDS * 1000
  // What a source says depends on where it is asked from.
  const defaultWay = defaultWayOf(settings.EGRESS_UPSTREAM_PROXY, secretKeys)
  const extractions = lifetimeMs === 0 ? null : createExtractionStore(redis, { engine: engine.fingerprint, lifetimeMs })
  const freeBytes = async () => Math.min(await folders.freeBytes(), await library.freeBytes())
  const metrics =
    registry &&
    createWorkerMetrics(registry, {
      ytdlpVersion: () => engine.serving().version,
      egressBytes: egress.receivedBytes,
      freeBytes,
    })
  const apiKeys = createKeyStore(redis)
  const budget = createStorageBudget(
    {
      claims: createByteClaims(redis),
      disk: await diskIdOf(settings.DATA_DIR),
      freeBytes,
      // An owner is a key, which may have a limit of its own.
      ownerLimitBytes: async (owner) => (await apiKeys.find(owner))?.limits.storageBytes ?? settings.OWNER_MAX_BYTES,
      onError: (error) => logger.warn({ err: error }, 'the disk could not be looked after; tried again in a second'),
    },
    { reserveBytes: settings.DISK_RESERVE_BYTES },
  )
  const cookieSets = createCookieSets({ store: createCookieSetStore(redis), keys: secretKeys, now: Date.now })
  const sources = openSources({ file: exitsFile, egress, redis, defaultWay, settings, logger })
  const testSources = await withTestSources(engine, () => engine.serving().engine)
  const jobs = createJobQueue(redis, {
    limits: admissionLimitsOf(settings),
    keptJobs: settings.MAX_KEPT_JOBS,
    onError: onRedisError,
  })
  const tasks = createTasks({
    jobs,
    jobsAtOnce: settings.PLAYLIST_JOBS_AT_ONCE,
    itemsMax: settings.MAX_PLAYLIST_ITEMS,
    engine: testSources.engine,
    source: sources.access,
    folders,
    extractions,
    cookieSets,
    secretKeys,
    upload: createSafeUpload({
      policy,
      upstream,
      stallMs: settings.STALL_SECONDS * 1000,
      ...(certificateAuthorities && { certificateAuthorities }),
    }),
    log: logger,
    library,
    files,
    budget,
    ffmpegLocation,
    maxFileBytes,
    memoryBytes: settings.JOB_MEMORY_BYTES,
    retentionMs,
    reuseFiles: settings.REUSE_FILES,
    trustedMs: lifetimeMs,
  })
  const recordLifetime = recordLifetimeMs(settings.RETENTION_HOURS)
  const kept = {
    keptJobsPerClient: settings.MAX_KEPT_JOBS_PER_CLIENT,
    recordLifetimeMs: recordLifetime,
    startWaits: { longestMs: settings.WAIT_FOR_START_DAYS * DAY_MS, waitingMax: settings.MAX_WAITING_JOBS },
    ...(metrics && { onEnd: metrics.jobEnded }),
  }
  const updates =
    channel &&
    versions &&
    createUpdates({
      channel,
      ...versions,
      engine,
      pinned: { version, home: settings.YTDLP_HOME },
      sandbox,
      makeEngine,
      ffmpeg,
      log: logger,
      onEvent(change) {
        metrics?.versionChanged(change)
        if (change.event === 'served') announced?.again(change.version)
      },
    })
  let announced: PublishedEngine | null = null
  // Jobs should begin with what served before the worker was started. Where other workers are warm, a job is done sooner by them
  // than by this one while it starts cold.
  const ready = Promise.all([warm, updates?.serveDecided()])
  await Promise.race([ready, sleep(WARM_WITHIN_MS, undefined, { ref: false })])
  const concurrency = jobKinds.reduce((sum, kind) => sum + limitsOf(kind, settings).concurrency, 0)
  const descriptors = createDescriptorWatch({
    needed: DESCRIPTORS_OF_WORKER + concurrency * DESCRIPTORS_PER_JOB,
    log: logger,
  })
  const consumers = await Promise.all(
    jobKinds.map((kind) =>
      startConsumer(redis, kind, tasks[kind], {
        ...limitsOf(kind, settings),
        announce,
        afterEnd: async ({ parent }) => parent && jobs.wake(parent.id),
        ...kept,
        resources: descriptors,
        log: logger,
      }),
    ),
  )
  const webhooks = startWebhooks(redis, {
    outbox,
    policy,
    upstream,
    certificateAuthorities,
    secretKeys,
    paths: publicPaths(settings.BASE_PATH, ''),
    concurrency: settings.WEBHOOK_CONCURRENCY,
    waitsMs: settings.WEBHOOK_RETRY_WAITS.split(',').map((seconds) => Number(seconds) * 1000),
    log: logger,
    ...(metrics && { onAttempt: metrics.webhookAttempted }),
  })
  const heartbeat = startWorkerHeartbeat(redis, workerId)
  const housekeeping = startHousekeeping(
    {
      workerId,
      library,
      files,
      stored: readStoredBytes(redis),
      folders,
      records,
      outbox,
      isLeased: (folder) => isLeased(python, folder),
      log: logger,
    },
    {
      recordLifetimeMs: recordLifetime,
      workRetentionMs: settings.WORK_RETENTION_HOURS * HOUR_MS,
      leftOverMs: Math.max(HOUR_MS, settings.JOB_TIMEOUT_SECONDS * 1000 || 24 * HOUR_MS),
      libraryMaxBytes: settings.LIBRARY_MAX_BYTES,
    },
  )
  resealCookies(cookieSets, logger)
  const tokenWatch = tokens && watchTokenProvider({ provider: tokens, logger })
  announced = publishEngine(
    {
      engine: () => engine.serving().engine,
      ffmpeg,
      redis,
      logger,
      updates: () => channel && updates && updateStatus(channel, updates.now()),
      tokenProvider: () => tokenWatch?.state() ?? 'none',
    },
    engine.serving().version,
  )
  updates?.start()

  return {
    async close() {
      heartbeat.stop()
      const updated = updates?.close()
      await announced?.stop()
      argumentsFile?.stop()
      tokenWatch?.stop()
      exitsFile.stop()
      sources.stop()
      descriptors.stop()
      await Promise.all([...consumers.map((consumer) => consumer.close()), housekeeping.stop(), updated])
      await webhooks.close()
      await engine.close()
      users?.close()
      budget.close()
      await Promise.all([records.close(), outbox.close(), jobs.close()])
      await egress.close()
      await testSources.close()
    },
  }
}

/** Workers with other programs may share the folder, and the shim holds the paths of these. */
const fingerprintOf = (paths: string[]): string =>
  createHash('sha256').update(paths.join('\0')).digest('hex').slice(0, 12)
