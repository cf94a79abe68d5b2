/** What expired goes, what crashes left goes, and what is still needed stays. */

import { spawn } from 'node:child_process'
import { randomBytes, randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdir, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
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
import { connectRedis, createFileIndex, type FileIndex, keys, readStoredBytes } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  readRuntime,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { isLeased } from '@video-scraper/ytdlp'
import { housekeepingRound, startHousekeeping } from '../src/housekeeping.ts'
import { openWorkFolders, type WorkFolders } from '../src/work-folders.ts'

const HOUR_MS = 3_600_000
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

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
const OPTIONS = {
  recordLifetimeMs: 48 * HOUR_MS,
  workRetentionMs: 6 * HOUR_MS,
  leftOverMs: HOUR_MS,
  libraryMaxBytes: 0,
}

/** One round, from its start to its end. */
async function runHousekeeping({
  workRetentionMs = 6 * HOUR_MS,
  libraryMaxBytes = 0,
  signal = new AbortController().signal,
} = {}): Promise<void> {
  await housekeepingRound(dependencies(), { ...OPTIONS, workRetentionMs, libraryMaxBytes }, signal)
}

const newDownloadId = () => `download_${randomBytes(16).toString('hex')}`

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

/** A work folder in which nothing has happened for a while. */
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

test('a file whose time is over goes from the index and the disk, and the others stay', async () => {
  const over = await publishFile(Date.now() - 1)
  const kept = await publishFile(Date.now() + HOUR_MS)
  await runHousekeeping()
  expect(await files.find(over.filename)).toBeNull()
  expect(await library.open(over.filename)).toBeNull()
  expect((await files.list('anonymous', 10))?.entries).toEqual([kept])
  expect(await readdir(join(disk.path, 'library'))).toEqual([kept.filename, `${kept.filename}.json`])
})

test('thousands of files whose time is over go in one round', async () => {
  const kept = await publishFile(Date.now() + HOUR_MS)
  for (let round = 0; round < 1100; round += 1) {
    await files.add({ ...kept, filename: `x-${randomBytes(16).toString('hex')}.mp4`, expiresAt: 1 })
  }
  await runHousekeeping()
  expect(await files.expired(Date.now(), 10)).toEqual([])
  expect(await readStoredBytes(redis).total()).toBe(6)
})

test('when all files together are too large, the oldest go, and no more than must', async () => {
  const ages = [5, 1, 4, 2, 3]
  const made = new Map<number, FileEntry>()
  for (const age of ages) made.set(age, await publishFile(Date.now() + HOUR_MS, Date.now() - age * 1000))
  await runHousekeeping({ libraryMaxBytes: 3 * 6 })
  const left = (await files.list('anonymous', 10))?.entries.map(({ filename }) => filename)
  expect(left).toEqual([1, 2, 3].map((age) => made.get(age)?.filename))
  expect((await readdir(join(disk.path, 'library'))).length).toBe(6)
  expect(await readStoredBytes(redis).total()).toBe(3 * 6)
})
test.each(['nothing', 'the media', 'the media and its sidecar'])(
  'a removal that a gateway decided, and of which it did %s before it died, is finished',
  async (done) => {
    const { filename } = await publishFile(Date.now() + HOUR_MS)
    const kept = await publishFile(Date.now() + HOUR_MS)
    await files.expire(filename, Date.now())
    const path = join(disk.path, 'library', filename)
    if (done !== 'nothing') await rm(path)
    if (done === 'the media and its sidecar') await rm(`${path}.json`)
    await runHousekeeping()
    expect(await readdir(join(disk.path, 'library'))).toEqual([kept.filename, `${kept.filename}.json`])
    expect((await files.list('anonymous', 10))?.entries).toEqual([kept])
    expect((await redis.keys('*')).filter((key) => key.includes(filename))).toEqual([])
    expect(await files.expired(Number.MAX_SAFE_INTEGER, 10)).toEqual([kept.filename])
  },
)

test('the folder of a job that is unknown or has ended is swept, that of an unfinished one is kept for resuming', async () => {
  const unfinished = await submitted()
  await workFolderOf(unfinished, 2 * HOUR_MS)
  await workFolderOf(newDownloadId(), 2 * HOUR_MS)
  await runHousekeeping()
  expect(await readdir(join(disk.path, 'work'))).toEqual([unfinished])
})

test('what an unfinished job left is swept when its time is over', async () => {
  await workFolderOf(await submitted(), 7 * HOUR_MS)
  await runHousekeeping({ workRetentionMs: 6 * HOUR_MS })
  expect(await readdir(join(disk.path, 'work'))).toEqual([])
})

test('a folder that was just made is left alone, whatever is known of its job', async () => {
  const id = newDownloadId()
  await folders.open(id)
  await runHousekeeping()
  expect(await readdir(join(disk.path, 'work'))).toEqual([id])
})

test('a folder in which a process still works is left alone', async () => {
  const id = newDownloadId()
  const path = await workFolderOf(id, 2 * HOUR_MS)
  await writeFile(join(path, 'lease'), '')
  const hold =
    'import fcntl,sys,time; f=open(sys.argv[1]); fcntl.flock(f, fcntl.LOCK_EX); print("held", flush=True); time.sleep(60)'
  const holder = spawn(readRuntime().python, ['-c', hold, join(path, 'lease')], { stdio: ['ignore', 'pipe', 'ignore'] })
  try {
    await once(holder.stdout, 'data')
    const then = new Date(Date.now() - 2 * HOUR_MS)
    for (const at of [join(path, 'lease'), path]) await utimes(at, then, then)
    await runHousekeeping()
    expect(await readdir(join(disk.path, 'work'))).toEqual([id])
  } finally {
    holder.kill('SIGKILL')
    await once(holder, 'exit')
  }
  await runHousekeeping()
  await eventually(async () => expect(await readdir(join(disk.path, 'work'))).toEqual([]))
})

test('a folder that is no job of ours is never touched', async () => {
  const strange = join(disk.path, 'work', 'lost+found')
  await mkdir(strange)
  await utimes(strange, new Date(0), new Date(0))
  await runHousekeeping()
  expect(await readdir(join(disk.path, 'work'))).toEqual(['lost+found'])
  await expect(folders.open('../library')).rejects.toThrow('Not the id of a job')
})

test('a stop aborts a running round at once, also while Redis does not answer', async () => {
  const housekeeping = startHousekeeping(dependencies(), OPTIONS)
  server.freeze()
  const before = Date.now()
  try {
    await housekeeping.stop()
    expect(Date.now() - before).toBeLessThan(2000)
  } finally {
    server.thaw()
  }
})

test('rounds do not pile up while Redis is away: when it is back, one goes on', async () => {
  let looks = 0
  const counted = { ...records, claim: async () => looks++ < 0 }
  server.freeze()
  const housekeeping = startHousekeeping(
    { ...dependencies(), records: counted, folders: { ...folders, list: () => redis.ping().then(() => []) } },
    { ...OPTIONS, everyMs: 20 },
  )
  await new Promise((resolve) => setTimeout(resolve, 500))
  expect(looks).toBe(0)
  server.thaw()
  await eventually(() => expect(looks).toBeGreaterThan(0))
  const first = looks
  await housekeeping.stop()
  // With one round for each missed tick there would be 25 at once.
  expect(first).toBeLessThan(5)
})

test('the library is walked through once an hour, whoever asks', async () => {
  let sweeps = 0
  const counted = { ...dependencies(), library: { ...library, sweep: async () => [String(sweeps++)] } }
  const { signal } = new AbortController()
  for (let round = 0; round < 3; round += 1) {
    await redis.del(keys.maintenance('round'))
    await housekeepingRound({ ...counted, workerId: randomUUID() }, OPTIONS, signal)
  }
  expect(sweeps).toBe(1)
  expect(await redis.ttl(keys.maintenance('sweep'))).toBeGreaterThan(3500)
})
