/** A file that lies in the library and in no list, and an entry without a file: neither stays. */
import { createHash, randomBytes } from 'node:crypto'
import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { createJobQueue, createRecordKeeper, type JobQueue, type RecordKeeper } from '@video-scraper/queue'
import { connectRedis, createFileIndex, type FileIndex, readStoredBytes } from '@video-scraper/store'
import { type DisposableRedis, startRedis, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { reconcileLibrary } from '../src/reconcile-library.ts'

const HOUR_MS = 3_600_000
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const alive = new AbortController().signal

let server: DisposableRedis
let disk: TemporaryFolder
let redis: ReturnType<typeof connectRedis>
let library: LocalLibrary
let files: FileIndex
let records: RecordKeeper
let jobs: JobQueue

beforeEach(async () => {
  server = await startRedis()
  disk = await temporaryFolder()
  redis = connectRedis(server.url, 'worker', () => undefined)
  library = await openLocalLibrary({ directory: join(disk.path, 'library') })
  files = createFileIndex(redis)
  records = createRecordKeeper(redis, () => undefined)
  jobs = createJobQueue(redis, {
    limits: { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 },
    onError: () => undefined,
  })
})
afterEach(async () => {
  await Promise.all([records.close(), jobs.close()])
  redis.disconnect()
  await server.stop()
  await disk.remove()
})

const reconcile = () =>
  reconcileLibrary(
    { library, files, stored: readStoredBytes(redis), records, log: silent },
    { settledMs: HOUR_MS, signal: alive },
  )

/** Published two hours ago, and not indexed. */
async function published(change: Partial<FileEntry> = {}): Promise<FileEntry> {
  const digits = (change.jobId ?? randomBytes(16).toString('hex')).replace('download_', '')
  const path = join(disk.path, 'media.mp4')
  await writeFile(path, 'a video')
  const entry: FileEntry = {
    filename: `a-video-${digits}.mp4`,
    jobId: `download_${digits}`,
    owner: 'somebody',
    title: 'A video',
    sourceUrl: 'http://example.com/video',
    mediaType: 'video/mp4',
    durationSeconds: 1,
    sizeBytes: 7,
    sha256: createHash('sha256').update('a video').digest('hex'),
    createdAt: Date.now() - 2 * HOUR_MS,
    expiresAt: Date.now() + HOUR_MS,
    ...change,
  }
  return library.publish({ folder: disk.path, path, entry })
}

const listed = async () => (await files.list('somebody', 10))?.entries ?? []

test('a published file that the index does not know is listed, counted and expires; twice is once', async () => {
  const entry = await published()
  await reconcile()
  await reconcile()
  expect(await listed()).toEqual([entry])
  expect(await readStoredBytes(redis).ofOwner('somebody')).toBe(7)
  expect(await files.expired(Number(entry.expiresAt), 10)).toEqual([entry.filename])
})

test('one whose time is over is removed', async () => {
  const { filename } = await published({ expiresAt: Date.now() - 1 })
  await reconcile()
  expect(await library.open(filename)).toBeNull()
  expect(await listed()).toEqual([])
})

test('one that was just published, and one of a job that has not ended, are left to their attempts', async () => {
  await published({ createdAt: Date.now() })
  const submission = await jobs.submit({
    kind: 'download',
    owner: 'somebody',
    limitSubject: '192.0.2.1',
    url: 'http://example.com/video',
    options: {},
    requestId: 'request',
    retryOf: null,
  })
  if (!submission.accepted) throw new Error('refused')
  await published({ jobId: submission.id })
  await reconcile()
  expect(await listed()).toEqual([])
})

test('an entry whose file has gone is dropped, and no other', async () => {
  const [gone, kept] = [await published(), await published()]
  for (const entry of [gone, kept]) await files.add(entry)
  await rm(join(disk.path, 'library', gone.filename))
  await reconcile()
  expect(await listed()).toEqual([kept])
  expect(await readStoredBytes(redis).total()).toBe(7)
})

test('a file that nothing describes is left alone', async () => {
  const { filename } = await published()
  await rm(join(disk.path, 'library', `${filename}.json`))
  await reconcile()
  expect(await listed()).toEqual([])
  const file = await library.open(filename)
  await file?.close()
  expect(file).not.toBeNull()
})
