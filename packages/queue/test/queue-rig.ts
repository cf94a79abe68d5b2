/** A real Redis, gateways and workers for the tests of the queue; what a test opened is closed after it. */
import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals'
import type { JobKind, JobResults } from '@video-scraper/contracts'
import type { StartWaitLimits } from '@video-scraper/core'
import {
  type AdmissionLimits,
  type Consumer,
  createJobQueue,
  createRecordKeeper,
  type JobQueue,
  type JobRequest,
  type JobSnapshot,
  type RecordKeeper,
  startConsumer,
  type Task,
} from '@video-scraper/queue'
import { connectRedis, isReady } from '@video-scraper/store'
import { type DisposableRedis, eventually, startRedis } from '@video-scraper/testkit'
import { Queue } from 'bullmq'

export type Connection = ReturnType<typeof connectRedis>

const limitsOfTests: AdmissionLimits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 }

interface WorkerOptions {
  concurrency?: number
  timeoutMs?: number
  lockMs?: number
  stalledEveryMs?: number
  keptJobsPerClient?: number
  recordLifetimeMs?: number
  startWaits?: StartWaitLimits
  /** Default: the server itself. */
  url?: string
}

export interface QueueRig {
  readonly server: DisposableRedis
  /** A plain connection, to look at what is there and to break it. */
  readonly redis: Connection
  connect(kind: 'gateway' | 'worker', url?: string): Promise<Connection>
  gateway(limits?: Partial<AdmissionLimits>, keptJobs?: number): Promise<JobQueue>
  worker<Kind extends JobKind, Prepared>(
    kind: Kind,
    task: Task<Kind & keyof JobResults, Prepared>,
    options?: WorkerOptions,
  ): Promise<Consumer>
  keeper(): RecordKeeper
  /** Calls this after the test, while Redis is still there. */
  afterwards(end: () => Promise<void>): void
  /** BullMQ's own view of a queue. */
  bull(kind: JobKind): Queue
  /** Lines of the workers' log. */
  readonly log: { message: string; [field: string]: unknown }[]
}

interface QueueRigOptions {
  /** Whether Redis survives a restart with its data. */
  appendOnly?: boolean
  /**
   * `production`: gateways give Redis as little time as there, for tests of outages. Elsewhere a busy machine must not
   * turn a slow answer into a failure.
   */
  timeouts?: 'production' | 'long'
}

const LONG_TIMEOUT_MS = 20_000

export function useQueue({ appendOnly = false, timeouts = 'long' }: QueueRigOptions = {}): QueueRig {
  let server: DisposableRedis
  let redis: Connection
  const log: QueueRig['log'] = []
  const endings: (() => unknown)[] = []
  const openQueues: (() => Promise<void>)[] = []

  beforeAll(async () => {
    server = await startRedis({ appendOnly })
  })
  beforeEach(async () => {
    redis = await connect('worker')
    await redis.flushall()
    log.length = 0
  })
  afterEach(async () => {
    server.thaw()
    await Promise.all(openQueues.splice(0).map((close) => close()))
    for (const end of endings.splice(0)) end()
  })
  afterAll(() => server.stop())

  async function connect(kind: 'gateway' | 'worker', url = server.url): Promise<Connection> {
    const connection = connectRedis(url, kind, () => undefined)
    if (kind === 'gateway' && timeouts === 'long') connection.options.commandTimeout = LONG_TIMEOUT_MS
    endings.push(() => connection.disconnect())
    await eventually(() => isReady(connection))
    return connection
  }
  const write = (fields: object, message: string) => void log.push({ ...fields, message })

  return {
    get server() {
      return server
    },
    get redis() {
      return redis
    },
    log,
    connect,
    async gateway(limits = {}, keptJobs = 0) {
      const options = { limits: { ...limitsOfTests, ...limits }, keptJobs, onError: () => undefined }
      const gateway = createJobQueue(await connect('gateway'), options)
      openQueues.push(() => gateway.close())
      return gateway
    },
    async worker(kind, task, { concurrency = 1, timeoutMs = 0, url, ...timings } = {}) {
      const options = { concurrency, timeoutMs, log: { info: write, warn: write, error: write }, ...timings }
      const consumer = await startConsumer(await connect('worker', url), kind, task, options)
      openQueues.push(() => consumer.close())
      return consumer
    },
    afterwards: (end) => void openQueues.push(end),
    keeper() {
      const keeper = createRecordKeeper(redis, () => undefined)
      openQueues.push(() => keeper.close())
      return keeper
    },
    bull(kind) {
      const queue = new Queue(kind, { connection: redis, prefix: '{video-scraper}' })
      queue.on('error', () => undefined)
      openQueues.push(() => queue.close())
      return queue
    },
  }
}

export const jobRequest = (kind: JobKind, change: Partial<JobRequest> = {}): JobRequest => ({
  kind,
  owner: 'anonymous',
  limitSubject: '192.0.2.1',
  url: 'http://example.com/video',
  options: {},
  requestId: 'request-1',
  retryOf: null,
  ...change,
})

/** Submits and insists on being accepted. */
export async function submitted(gateway: JobQueue, kind: JobKind, change: Partial<JobRequest> = {}): Promise<string> {
  const submission = await gateway.submit(jobRequest(kind, change))
  if (!submission.accepted) throw new Error(`refused: ${submission.refusal}`)
  return submission.id
}

export async function found(gateway: JobQueue, id: string): Promise<JobSnapshot> {
  const job = await gateway.find(id)
  if (job === null) throw new Error(`There is no job ${id}.`)
  return job
}

/** Waits until the job is in that state. */
export const becomes = (gateway: JobQueue, id: string, state: JobSnapshot['state'], timeoutMs = 20_000) =>
  eventually(
    async () => {
      const job = await found(gateway, id)
      if (job.state !== state) throw new Error(`${id} is ${job.state} (${job.failure}), not ${state}.`)
      return job
    },
    { timeoutMs, everyMs: 10 },
  )

/**
 * What was written so far, and what is written from now on, is on the disk. Without it the append-only file is flushed
 * once a second, and what is younger may be lost, as docs/states.md says. (WAITAOF says the same, but Redis has it from 7.2.)
 */
export async function onDisk(redis: Connection): Promise<void> {
  await redis.config('SET', 'appendfsync', 'always')
  await redis.set('on-disk', '1')
}
