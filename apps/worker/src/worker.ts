/** Puts the worker together: which kind of job runs which task, how many at once. The map of this package. */
import { setTimeout as sleep } from 'node:timers/promises'
import type { Logger, SecretKeys } from '@video-scraper/boot'
import { createCookieSets } from '@video-scraper/cookies'
import { recordLifetimeMs } from '@video-scraper/core'
import { createSafeUpload, startEgressProxy } from '@video-scraper/egress'
import {
  admissionLimitsOf,
  createJobQueue,
  createOutbox,
  createRecordKeeper,
  watchDeadlines,
} from '@video-scraper/queue'
import {
  createCookieSetStore,
  createExtractionStore,
  readStoredBytes,
  startWorkerHeartbeat,
} from '@video-scraper/store'
import { publicPaths } from '@video-scraper/views'
import { isLeased, openArgumentsFile } from '@video-scraper/ytdlp'
import type { Redis } from 'ioredis'
import type { Registry } from 'prom-client'
import type { WorkerSettings } from './config.ts'
import { createEngineMaker } from './engine-maker.ts'
import { defaultWayOf, openExitsFile, openSources } from './exits/open-exits.ts'
import { startHousekeeping } from './housekeeping.ts'
import { logSandbox } from './log-sandbox.ts'
import { openNetwork } from './open-network.ts'
import { openStorage } from './open-storage.ts'
import { resealCookies } from './reseal-cookies.ts'
import { type PublishedEngine, publishEngine } from './self-check/publish-engine.ts'
import { startConsumers } from './start-consumers.ts'
import { createTasks } from './tasks/table.ts'
import { withTestSources } from './test-sources/test-sources.ts'
import { watchTokenProvider } from './token-provider-watch.ts'
import { createEncodingLane, laneSlotsOf } from './transcoding/encoding-lane.ts'
import { encodingTimeoutOf } from './transcoding/encoding-timeout.ts'
import { createEncodingTurns } from './transcoding/encoding-turns.ts'
import { channelOf, openVersions } from './updates/open-updates.ts'
import { updateStatus } from './updates/update-status.ts'
import { createUpdates } from './updates/updates.ts'
import { createVersionedEngine } from './updates/versioned-engine.ts'
import { startWebhooks } from './webhooks/webhooks.ts'
import { createWorkerMetrics } from './worker-metrics.ts'

const HOUR_MS = 3_600_000
/** A page of a site and its scripts, from which a value of the site is found. */
const VALUE_BYTES_MAX = 32 * 2 ** 20
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
  const network = await openNetwork(settings)
  const { policy, upstream, tokens, certificateAuthorities } = network
  const { EXTRACTOR_ARGUMENTS_FILE: argumentsPath, PYTHON: python, FFMPEG: ffmpeg } = settings
  const argumentsFile = argumentsPath === '' ? null : openArgumentsFile({ path: argumentsPath, logger })
  const exitsFile = openExitsFile(settings.EGRESS_EXITS_FILE, secretKeys, logger)
  const channel = channelOf(settings)
  const versions = channel && (await openVersions(settings))
  const engines = await createEngineMaker({
    settings,
    network,
    workerId,
    logger,
    admit: (name) => egress.admit(name, { maxBytes: VALUE_BYTES_MAX }),
    ...(argumentsFile && { extractorArguments: argumentsFile.current }),
  })
  const pinned = engines.make(settings.YTDLP_HOME)
  const { version, sandbox } = await pinned.describe()
  logger.info({ ytdlpVersion: version, workerId }, 'yt-dlp is ready')
  const engine = createVersionedEngine({ serving: { version, engine: pinned }, log: logger })
  logSandbox(sandbox, logger)
  const warm = engine.warmUp()

  const egress = await startEgressProxy({ policy, upstream, logger, tokens })
  const { folders, library, files, budget, freeBytes } = await openStorage({
    settings,
    redis,
    secretKeys,
    network,
    logger,
  })
  const records = createRecordKeeper(redis, onRedisError)
  const outbox = createOutbox(redis, onRedisError)
  const retentionMs = settings.RETENTION_HOURS * HOUR_MS

  const lifetimeMs = settings.INFO_CACHE_SECONDS * 1000
  // What a source says depends on where it is asked from.
  const defaultWay = defaultWayOf(settings.EGRESS_UPSTREAM_PROXY, secretKeys)
  const extractions = lifetimeMs === 0 ? null : createExtractionStore(redis, { engine: engine.fingerprint, lifetimeMs })
  const metrics =
    registry &&
    createWorkerMetrics(registry, {
      ytdlpVersion: () => engine.serving().version,
      egressBytes: egress.receivedBytes,
      freeBytes,
    })
  const cookieSets = createCookieSets({ store: createCookieSetStore(redis), keys: secretKeys, now: Date.now })
  const sources = openSources({ file: exitsFile, egress, redis, defaultWay, settings, logger })
  const testSources = await withTestSources(engine, () => engine.serving().engine)
  const jobs = createJobQueue(redis, {
    limits: admissionLimitsOf(settings),
    keptJobs: settings.MAX_KEPT_JOBS,
    onError: onRedisError,
  })
  const encodes = settings.TRANSCODE_CONCURRENCY > 0
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
    upload: createSafeUpload({ ...network.way, stallMs: settings.STALL_SECONDS * 1000 }),
    log: logger,
    library,
    files,
    budget,
    ffmpegLocation: engines.ffmpegLocation,
    maxFileBytes: settings.MAX_FILE_BYTES,
    memoryBytes: settings.JOB_MEMORY_BYTES,
    retentionMs,
    reuseFiles: settings.REUSE_FILES,
    trustedMs: lifetimeMs,
    encodingLane: encodes
      ? createEncodingLane(laneSlotsOf(settings.WORKER_DOWNLOAD_CONCURRENCY, settings.TRANSCODE_CONCURRENCY))
      : null,
    encodingTurns: encodes ? createEncodingTurns(settings.TRANSCODE_CONCURRENCY) : null,
    encodingTimeoutMs: encodingTimeoutOf(settings),
    encodingCpuSeconds: settings.TRANSCODE_CPU_SECONDS,
  })
  const updates =
    channel &&
    versions &&
    createUpdates({
      channel,
      ...versions,
      engine,
      pinned: { version, home: settings.YTDLP_HOME },
      sandbox,
      makeEngine: engines.make,
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
  const deadlines = watchDeadlines(jobs, { log: logger, onOutage: onRedisError, firstAfterMs: 0 })
  const consumers = await startConsumers({ redis, tasks, jobs, outbox, settings, metrics, log: logger })
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
      recordLifetimeMs: recordLifetimeMs(settings.RETENTION_HOURS),
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
      deadlines.stop()
      const updated = updates?.close()
      await announced?.stop()
      argumentsFile?.stop()
      tokenWatch?.stop()
      exitsFile.stop()
      sources.stop()
      await Promise.all([consumers.close(), housekeeping.stop(), updated])
      await webhooks.close()
      await engine.close()
      engines.close()
      budget.close()
      await Promise.all([records.close(), outbox.close(), jobs.close()])
      await egress.close()
      await testSources.close()
    },
  }
}
