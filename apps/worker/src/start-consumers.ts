/** Takes jobs of every kind, as many at once as the settings say and as file descriptors allow. */
import type { Logger } from '@video-scraper/boot'
import { jobKinds } from '@video-scraper/contracts'
import { recordLifetimeMs } from '@video-scraper/core'
import { type JobQueue, type Outbox, startConsumer } from '@video-scraper/queue'
import type { Redis } from 'ioredis'
import type { WorkerSettings } from './config.ts'
import { createDescriptorWatch } from './descriptor-watch.ts'
import { limitsOf } from './kind-settings.ts'
import type { Tasks } from './tasks/table.ts'
import type { WorkerMetrics } from './worker-metrics.ts'

const DAY_MS = 24 * 3_600_000
/** Connections to Redis and to the bucket, the log, the fork server. */
const DESCRIPTORS_OF_WORKER = 32
/** Its process's pipes and control connection, and the two ends of each connection through the proxy. */
const DESCRIPTORS_PER_JOB = 16

interface Surroundings {
  redis: Redis
  tasks: Tasks
  jobs: JobQueue
  outbox: Outbox
  settings: WorkerSettings
  /** Null: nothing is counted. */
  metrics: WorkerMetrics | null
  log: Logger
}

/** Resolves once jobs are being taken. Closing hands unfinished jobs back. */
export async function startConsumers(surroundings: Surroundings): Promise<{ close(): Promise<void> }> {
  const { redis, tasks, jobs, outbox, settings, metrics, log } = surroundings
  const concurrency = jobKinds.reduce((sum, kind) => sum + limitsOf(kind, settings).concurrency, 0)
  const descriptors = createDescriptorWatch({ needed: DESCRIPTORS_OF_WORKER + concurrency * DESCRIPTORS_PER_JOB, log })
  const consumers = await Promise.all(
    jobKinds.map((kind) =>
      startConsumer(redis, kind, tasks[kind], {
        ...limitsOf(kind, settings),
        recordEnd: outbox.recordEnd,
        afterEnd: async ({ parent }) => parent && jobs.wake(parent.id),
        keptJobsPerClient: settings.MAX_KEPT_JOBS_PER_CLIENT,
        recordLifetimeMs: recordLifetimeMs(settings.RETENTION_HOURS),
        startWaits: { longestMs: settings.WAIT_FOR_START_DAYS * DAY_MS, waitingMax: settings.MAX_WAITING_JOBS },
        ...(metrics && { onEnd: metrics.jobEnded }),
        resources: descriptors,
        log,
      }),
    ),
  )
  return {
    async close() {
      descriptors.stop()
      await Promise.all(consumers.map((consumer) => consumer.close()))
    },
  }
}
