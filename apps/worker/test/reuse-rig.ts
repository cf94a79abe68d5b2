/** A library with files that may answer a download, and downloads that ask it. */
import { createHash } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import type { FileEntry, JobEnvelope } from '@video-scraper/contracts'
import { fileNameFor, type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createFileIndex, type FileIndex } from '@video-scraper/store'
import { type DisposableRedis, startRedis, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { answersOf, type ReuseCheck, reuseOrFetch } from '../src/reuse-or-fetch.ts'

export const HOUR_MS = 3_600_000
export const URL = 'http://example.com/video'
export const IDENTITY = 'a'.repeat(64)
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const alive = new AbortController().signal

const envelope = (change: Partial<JobEnvelope> = {}): JobEnvelope => ({
  version: 1,
  kind: 'download',
  owner: 'anonymous',
  limitSubject: '192.0.2.1',
  url: URL,
  options: {},
  requestId: 'request',
  retryOf: null,
  ...change,
})

const JOB_ID = `download_${'1'.repeat(32)}`

export interface Ask extends Partial<JobEnvelope> {
  reuseFiles?: boolean
  trustedMs?: number
  retentionMs?: number
  signal?: AbortSignal
}

export const FETCHED = { fetched: true }

/** A download that lasts until it is stopped. */
export const endless = ({ signal }: ReuseCheck) =>
  new Promise<never>((_resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

/** A download that is done once what it leads to was looked up. */
export const fetching = (identity: string) => async (look: ReuseCheck) => {
  look.onIdentity(identity)
  await look.settled()
  return FETCHED
}

export interface ReuseRig {
  readonly server: DisposableRedis
  readonly disk: TemporaryFolder
  readonly redis: ReturnType<typeof connectRedis>
  readonly library: LocalLibrary
  readonly files: FileIndex
  /** Publishes a file of a job like the one that `ask` asks for. */
  publish(change?: Partial<FileEntry>): Promise<FileEntry>
  /** Asks for a download; `fetch` stands for what yt-dlp would do. */
  ask(options?: Ask, fetch?: (look: ReuseCheck) => Promise<object>): ReturnType<typeof reuseOrFetch<object>>
}

/** A library and its index for each test, on a Redis of its own. */
export function useReuse(): ReuseRig {
  let server: DisposableRedis
  let disk: TemporaryFolder
  let redis: ReturnType<typeof connectRedis>
  let library: LocalLibrary
  let files: FileIndex

  beforeEach(async () => {
    server = await startRedis()
    disk = await temporaryFolder()
    redis = connectRedis(server.url, 'worker', () => undefined)
    library = await openLocalLibrary({ directory: join(disk.path, 'library') })
    files = createFileIndex(redis)
  })
  afterEach(async () => {
    server.thaw()
    redis.disconnect()
    await server.stop()
    await disk.remove()
  })

  async function publish(change: Partial<FileEntry> = {}): Promise<FileEntry> {
    const path = join(disk.path, 'media.mp4')
    await writeFile(path, 'a video')
    const entry: FileEntry = {
      filename: fileNameFor({ title: 'A video', jobId: JOB_ID, extension: 'mp4' }),
      jobId: JOB_ID,
      owner: 'anonymous',
      title: 'A video',
      sourceUrl: URL,
      mediaType: 'video/mp4',
      durationSeconds: 1,
      sizeBytes: 7,
      sha256: createHash('sha256').update('a video').digest('hex'),
      createdAt: Date.now(),
      expiresAt: Date.now() + HOUR_MS,
      answers: answersOf(envelope(), IDENTITY),
      ...change,
    }
    await files.add(await library.publish({ folder: disk.path, path, entry }))
    return entry
  }

  async function ask(
    { reuseFiles = true, trustedMs = HOUR_MS, retentionMs = HOUR_MS, signal = alive, ...change }: Ask = {},
    fetch: (look: ReuseCheck) => Promise<object> = async () => FETCHED,
  ) {
    const job: RunningJob = {
      id: JOB_ID,
      envelope: envelope(change),
      attempt: 1,
      committed: null,
      delivered: undefined,
      report: () => undefined,
      reportNow: async () => undefined,
      withoutClock: (work) => work(),
    }
    return reuseOrFetch({ library, files, retentionMs, reuseFiles, trustedMs, log: silent }, job, signal, fetch)
  }

  return {
    get server() {
      return server
    },
    get disk() {
      return disk
    },
    get redis() {
      return redis
    },
    get library() {
      return library
    },
    get files() {
      return files
    },
    publish,
    ask,
  }
}
