/** The worker's process: settings, Redis, consumers, close. A program: it has effects on import. */
import { randomUUID } from 'node:crypto'
import { resolve } from 'node:path'
import {
  closeOnSignals,
  createLogger,
  createMetrics,
  loadSecretKeys,
  logPlainLines,
  readEnvironment,
  redisAddress,
  serveMetrics,
} from '@video-scraper/boot'
import { storageContradictionIn } from '@video-scraper/library'
import { connectRedis, createOutageLog, whenSilent } from '@video-scraper/store'
import { WorkerSettings } from './config.ts'
import { startHeartbeatFile } from './heartbeat-file.ts'
import { startWorker } from './worker.ts'

/** A Redis that does not answer for this long is not waited for when the worker ends. */
const SILENT_FOR_MS = 3000
/** The longest a job's processes take to go, with space to hand the jobs back. */
const CLOSE_WITHIN_MS = 20_000

async function main(): Promise<void> {
  const given = readEnvironment(WorkerSettings, process.env)
  const problem = storageContradictionIn(given)
  if (problem !== null) throw new Error(problem)
  const settings = {
    ...given,
    DATA_DIR: resolve(given.DATA_DIR),
    EGRESS_CA_FILE: given.EGRESS_CA_FILE && resolve(given.EGRESS_CA_FILE),
    EGRESS_EXITS_FILE: given.EGRESS_EXITS_FILE && resolve(given.EGRESS_EXITS_FILE),
    EXTRACTOR_ARGUMENTS_FILE: given.EXTRACTOR_ARGUMENTS_FILE && resolve(given.EXTRACTOR_ARGUMENTS_FILE),
  }
  const secretKeys = await loadSecretKeys(settings)
  const outages = createOutageLog()
  const logger = createLogger({ service: 'worker', level: settings.LOG_LEVEL, omits: outages.omits })
  logPlainLines(logger)
  const redis = connectRedis(redisAddress(settings), 'worker', outages.report)
  outages.start({ redis, log: logger })
  const metrics = settings.WORKER_METRICS_PORT === 0 ? null : createMetrics('worker')
  const worker = await startWorker({
    workerId: randomUUID(),
    redis,
    logger,
    onRedisError: outages.report,
    settings,
    secretKeys,
    metrics,
  })
  const metricsServer =
    metrics && (await serveMetrics(metrics, { host: settings.METRICS_HOST, port: settings.WORKER_METRICS_PORT }))
  const heartbeatFile = startHeartbeatFile(redis)
  closeOnSignals({
    logger,
    withinMs: CLOSE_WITHIN_MS,
    close: async () => {
      // Jobs cannot be handed back to a Redis that is away: their locks run out, and whoever is there by then takes them. Their
      // processes have been stopped by then, or end with this one.
      await Promise.race([worker.close(), whenSilent(redis, SILENT_FOR_MS)])
      heartbeatFile.stop()
      await metricsServer?.close()
      outages.stop()
      redis.disconnect()
    },
  })
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exit(1)
})
