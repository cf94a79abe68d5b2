/** A staged file, the store that it is delivered to, and the task that does it; what a test opened is closed after it. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach } from '@jest/globals'
import { parseSecretKeys, sealText } from '@video-scraper/boot'
import type { JobProgress } from '@video-scraper/contracts'
import { destinationSeal } from '@video-scraper/core'
import { createSafeUpload, createTargetPolicy } from '@video-scraper/egress'
import { openLocalLibrary } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createByteClaims } from '@video-scraper/store'
import {
  type DisposableRedis,
  type ObjectStore,
  startObjectStore,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { createStorageBudget } from '../src/storage-budget.ts'
import { type DestinationDependencies, deliverDownload } from '../src/tasks/deliver-download.ts'
import type { PreparedDownload } from '../src/tasks/download-video.ts'
import { openWorkFolders } from '../src/work-folders.ts'
import { videoEntry } from './video-entry.ts'

export const JOB_ID = `download_${'1'.repeat(32)}`
export const OWNER = 'anonymous'
export const CONTENT = 'a video'
const keys = (id: string) => parseSecretKeys(`${id}:${Buffer.alloc(32, 3).toString('base64')}`, 'the test')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

interface Setting {
  known?: string
  sealedFor?: string
  origin?: string
  /** How long fetching takes. */
  prepareMs?: number
  signal?: AbortSignal
  /** Whether a file of the library answers, unless the request is for a fresh one. */
  inLibrary?: boolean
}

export function useDeliveries() {
  let server: DisposableRedis
  let disk: TemporaryFolder
  let redis: ReturnType<typeof connectRedis>
  let store: ObjectStore
  let budget: ReturnType<typeof createStorageBudget>
  let reported: JobProgress[]
  let freeBytes: number

  beforeEach(async () => {
    server = await startRedis()
    disk = await temporaryFolder()
    store = await startObjectStore()
    redis = connectRedis(server.url, 'worker', () => undefined)
    reported = []
    freeBytes = 1e9
    budget = createStorageBudget(
      {
        claims: createByteClaims(redis),
        disk: 'disk',
        freeBytes: async () => freeBytes,
        ownerLimitBytes: async () => 100,
        onError: () => undefined,
      },
      { reserveBytes: 0 },
    )
  })
  afterEach(async () => {
    budget.close()
    redis.disconnect()
    await Promise.all([server.stop(), disk.remove(), store.stop()])
  })

  /** A job whose file is staged in its work folder, and the task that delivers it. */
  async function setUp({
    known = 'k1',
    sealedFor = OWNER,
    origin = store.origin,
    prepareMs = 0,
    signal = new AbortController().signal,
    inLibrary = false,
    ...job
  }: Setting & Partial<RunningJob> = {}) {
    const folders = await openWorkFolders(join(disk.path, 'work'))
    const library = await openLocalLibrary({ directory: join(disk.path, 'library') })
    const folder = await folders.open(JOB_ID)
    const path = join(folder, 'media.mp4')
    await writeFile(path, CONTENT)
    const entry = videoEntry({ jobId: JOB_ID, content: CONTENT })
    const sealed = sealText(keys('k1'), destinationSeal({ owner: sealedFor, origin }), `${origin}/a?sig=1`)
    const running: RunningJob = {
      id: JOB_ID,
      envelope: {
        version: 7,
        kind: 'download',
        owner: OWNER,
        limitSubject: '192.0.2.1',
        url: 'http://example.com/video',
        options: { destination: { origin } },
        requestId: 'request',
        retryOf: null,
        destination: { sealed },
      },
      attempt: 1,
      committed: null,
      delivered: undefined,
      report: (progress) => void reported.push(progress),
      reportNow: async (progress) => void reported.push(progress),
      withoutClock: (work) => work(),
      ...job,
    }
    let prepared = 0
    const staged: PreparedDownload = { staged: [{ folder, path, entry }] }
    const policy = createTargetPolicy({ allow: [store.target, 'nowhere.example:80'], resolve: async () => [] })
    const requesters: unknown[] = []
    const recording: typeof policy = {
      check: (host, port, requester) => {
        requesters.push(requester)
        return policy.check(host, port, requester)
      },
    }
    const upload = createSafeUpload({ policy: recording, stallMs: 5000 })
    const dependencies = { secretKeys: keys(known), upload, log: silent, library, folders, budget }
    const task = deliverDownload(dependencies as unknown as DestinationDependencies, {
      prepare: async ({ envelope }) => {
        prepared += 1
        await sleep(prepareMs)
        return inLibrary && envelope.fresh !== true ? { known: [entry] } : staged
      },
      publish: async () => entry,
      discard: async () => undefined,
    })
    const prepare = () => task.prepare(running, signal)
    return { running, entry, path, folder, prepare, prepared: () => prepared, staged, requesters }
  }

  return {
    setUp,
    get store() {
      return store
    },
    get redis() {
      return redis
    },
    get disk() {
      return disk
    },
    reported: () => reported,
    /** What the disk has left from now on, in bytes. */
    setFreeBytes: (bytes: number) => {
      freeBytes = bytes
    },
  }
}

/** What the work rejects with; null where it does not. */
export const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )
