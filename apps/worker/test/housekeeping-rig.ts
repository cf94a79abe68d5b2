/** What housekeeping keeps, for tests: a library, work folders and jobs, and rounds that are run by hand. */
import { randomBytes, randomUUID } from 'node:crypto'
import { utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import {
  createJobQueue,
  createOutbox,
  createRecordKeeper,
  type JobQueue,
  type Outbox,
  type RecordKeeper,
} from '@video-scraper/queue'
import { connectRedis, createFileIndex, type FileIndex, readStoredBytes } from '@video-scraper/store'
import {
  type DisposableRedis,
  readRuntime,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { isLeased } from '@video-scraper/ytdlp'
import { housekeepingRound } from '../src/housekeeping.ts'
import { openWorkFolders, type WorkFolders } from '../src/work-folders.ts'

export const HOUR_MS = 3_600_000
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

export const OPTIONS = {
  recordLifetimeMs: 48 * HOUR_MS,
  workRetentionMs: 6 * HOUR_MS,
  leftOverMs: HOUR_MS,
  libraryMaxBytes: 0,
}

export const newDownloadId = () => `download_${randomBytes(16).toString('hex')}`

export interface HousekeepingRig {
  readonly server: DisposableRedis
  readonly disk: TemporaryFolder
  readonly library: LocalLibrary
  readonly folders: WorkFolders
  readonly files: FileIndex
  readonly records: RecordKeeper
  readonly redis: ReturnType<typeof connectRedis>
  dependencies(): Parameters<typeof housekeepingRound>[0]
  /** One round, from its start to its end. */
  runRound(options?: { workRetentionMs?: number; libraryMaxBytes?: number; signal?: AbortSignal }): Promise<void>
  publishFile(expiresAt: number, createdAt?: number): Promise<FileEntry>
  /** A work folder in which nothing has happened for a while. */
  workFolderOf(id: string, ageMs: number): Promise<string>
  /** The id of a download that was submitted, and waits. */
  submitted(): Promise<string>
}

/** A library, work folders and a queue for each test, on a Redis of its own. */
export function useHousekeeping(): HousekeepingRig {
  let server: DisposableRedis
  let disk: TemporaryFolder
  let library: LocalLibrary
  let folders: WorkFolders
  let files: FileIndex
  let records: RecordKeeper
  let outbox: Outbox
  let jobs: JobQueue
  let redis: ReturnType<typeof connectRedis>

  beforeEach(async () => {
    server = await startRedis()
    disk = await temporaryFolder()
    redis = connectRedis(server.url, 'worker', () => undefined)
    library = await openLocalLibrary({ directory: join(disk.path, 'library') })
    folders = await openWorkFolders(join(disk.path, 'work'))
    files = createFileIndex(redis)
    records = createRecordKeeper(redis, () => undefined)
    outbox = createOutbox(redis, () => undefined)
    jobs = createJobQueue(redis, {
      limits: { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 },
      onError: () => undefined,
    })
  })
  afterEach(async () => {
    await Promise.all([records.close(), jobs.close(), outbox.close()])
    redis.disconnect()
    await server.stop()
    await disk.remove()
  })

  const dependencies = () => ({
    workerId: randomUUID(),
    library,
    files,
    stored: readStoredBytes(redis),
    folders,
    records,
    outbox,
    isLeased: (folder: string) => isLeased(readRuntime().python, folder),
    log: silent,
  })

  async function runRound({
    workRetentionMs = 6 * HOUR_MS,
    libraryMaxBytes = 0,
    signal = new AbortController().signal,
  } = {}): Promise<void> {
    await housekeepingRound(dependencies(), { ...OPTIONS, workRetentionMs, libraryMaxBytes }, signal)
  }

  async function publishFile(expiresAt: number, createdAt = Date.now()): Promise<FileEntry> {
    const jobId = newDownloadId()
    const folder = await folders.open(jobId)
    const path = join(folder, 'media.mp4')
    await writeFile(path, 'a film')
    const entry: FileEntry = {
      filename: `a-film-${jobId.slice('download_'.length)}.mp4`,
      jobId,
      owner: 'anonymous',
      title: 'A film',
      sourceUrl: 'https://example.org/film',
      mediaType: 'video/mp4',
      durationSeconds: 1,
      sizeBytes: 6,
      sha256: 'a'.repeat(64),
      createdAt,
      expiresAt,
    }
    await library.publish({ folder, path, entry })
    await files.add(entry)
    await folders.remove(jobId)
    return entry
  }

  async function workFolderOf(id: string, ageMs: number): Promise<string> {
    const path = await folders.open(id)
    await writeFile(join(path, 'media.mp4.part'), 'half a fi')
    const then = new Date(Date.now() - ageMs)
    for (const at of [join(path, 'media.mp4.part'), path]) await utimes(at, then, then)
    return path
  }

  const submitted = async () => {
    const submission = await jobs.submit({
      kind: 'download',
      owner: 'anonymous',
      limitSubject: '127.0.0.1',
      url: 'https://example.org/film',
      options: {},
      requestId: 'test',
      retryOf: null,
    })
    if (!submission.accepted) throw new Error('The job was refused.')
    return submission.id
  }

  return {
    get server() {
      return server
    },
    get disk() {
      return disk
    },
    get library() {
      return library
    },
    get folders() {
      return folders
    },
    get files() {
      return files
    },
    get records() {
      return records
    },
    get redis() {
      return redis
    },
    dependencies,
    runRound,
    publishFile,
    workFolderOf,
    submitted,
  }
}
