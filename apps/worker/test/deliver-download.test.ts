/** The delivery of a staged file: what is sent, and what is not. */
import { createHash } from 'node:crypto'
import { access, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseSecretKeys, sealText } from '@video-scraper/boot'
import type { FileEntry, JobProgress } from '@video-scraper/contracts'
import { destinationSeal, Stop } from '@video-scraper/core'
import { BodyFailed, createSafeUpload, createTargetPolicy } from '@video-scraper/egress'
import { fileNameFor, openLocalLibrary } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createByteClaims } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  type ObjectStore,
  startObjectStore,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { failureOfDelivery } from '../src/destination/delivery-failures.ts'
import { createStorageBudget } from '../src/storage-budget.ts'
import { type DestinationDependencies, deliverDownload } from '../src/tasks/deliver-download.ts'
import type { PreparedDownload } from '../src/tasks/download-video.ts'
import { openWorkFolders } from '../src/work-folders.ts'

const JOB_ID = `download_${'1'.repeat(32)}`
const OWNER = 'anonymous'
const CONTENT = 'a video'
const keys = (id: string) => parseSecretKeys(`${id}:${Buffer.alloc(32, 3).toString('base64')}`, 'the test')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

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
  const entry: FileEntry = {
    filename: fileNameFor({ title: 'A video', jobId: JOB_ID, extension: 'mp4' }),
    jobId: JOB_ID,
    owner: OWNER,
    title: 'A video',
    sourceUrl: 'http://example.com/video',
    mediaType: 'video/mp4',
    durationSeconds: 1,
    sizeBytes: CONTENT.length,
    sha256: createHash('sha256').update(CONTENT).digest('hex'),
    createdAt: Date.now(),
    expiresAt: null,
  }
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

const failure = (work: Promise<unknown>) =>
  work.then(
    () => null,
    (error: unknown) => error,
  )

test('the staged file is sent, and the record holds its digest before the attempt goes on', async () => {
  const { prepare, entry, staged } = await setUp()
  expect(await prepare()).toBe(staged)
  expect(store.sent).toMatchObject([{ path: '/a?sig=1', sha256: entry.sha256 }])
  expect(reported.at(-1)).toMatchObject({ phase: 'finalizing', delivered: { sha256: entry.sha256 } })
})

test('what was delivered is not sent again, and the record goes on to say so; another file is', async () => {
  const at = 1_700_000_000_000
  const sha256 = createHash('sha256').update(CONTENT).digest('hex')
  await (await setUp({ delivered: { at, sha256 } })).prepare()
  expect(store.sent).toEqual([])
  expect(reported.at(-1)).toMatchObject({ delivered: { at, sha256 } })
  await (await setUp({ delivered: { at, sha256: 'f'.repeat(64) } })).prepare()
  expect(store.sent).toMatchObject([{ sha256 }])
})

test.each(['a.mp4', ''])('an attempt that goes on after the verdict sends nothing (%j)', async (committed) => {
  await (await setUp({ committed, known: 'other' })).prepare()
  expect(store.sent).toEqual([])
})

test('a file that is not the one that was verified is never whole in the store, and goes', async () => {
  const { prepare, path, folder } = await setUp()
  await writeFile(path, 'a virus')
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error' })
  expect(store.sent).toMatchObject([{ sha256: null }])
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['damaged', 'a virus'],
  ['gone', null],
])('where the file of the library is %s, another one is fetched and sent', async (_, content) => {
  const { prepare, entry, staged } = await setUp({ inLibrary: true })
  if (content !== null) await writeFile(join(disk.path, 'library', entry.filename), content)
  expect(await prepare()).toBe(staged)
  expect(store.sent.map(({ sha256 }) => sha256)).toEqual([...(content === null ? [] : [null]), entry.sha256])
})

test('a link in the place of the file is not followed, and goes', async () => {
  const { prepare, path, folder } = await setUp()
  const secret = join(disk.path, 'secret')
  await writeFile(secret, CONTENT)
  await unlink(path)
  await symlink(secret, path)
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error', retryable: true })
  expect(store.sent).toEqual([])
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test.each([
  ['by a key that is gone', { known: 'other' }],
  ['for somebody else', { sealedFor: 'somebody else' }],
])('an address that was sealed %s is not opened, and nothing is fetched', async (_, change) => {
  const { prepare, prepared } = await setUp(change)
  expect(await failure(prepare())).toMatchObject({ code: 'delivery_failed', retryable: true })
  expect(prepared()).toBe(0)
  expect(store.sent).toEqual([])
})

test('a file that cannot be read now stays, the fault is ours, and the log learns which one it is', async () => {
  const { prepare, staged, folder } = await setUp()
  if ('staged' in staged && staged.staged[0]) staged.staged[0].path = join(folder, 'x'.repeat(300))
  const cause = { message: 'The file could not be read: Error ENAMETOOLONG' }
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error', retryable: true, cause })
  await access(folder)
})

test('a fault of ours is no fault of the store, and its words stay out of the log', () => {
  const failed = failureOfDelivery(new TypeError('Invalid: http://store.example/?signature'))
  expect(failed).toMatchObject({ code: 'internal_error', cause: { message: 'The delivery failed: TypeError' } })
  expect(
    failureOfDelivery(new BodyFailed('x', { cause: Object.assign(new Error('secret'), { code: 'EIO' }) })),
  ).toMatchObject({
    code: 'internal_error',
    cause: { message: 'The file could not be read: Error EIO' },
  })
})

test('while Redis takes no writes nothing is sent', async () => {
  const { prepare } = await setUp({ reportNow: () => Promise.reject(new Error('OOM')) })
  expect(await failure(prepare())).toMatchObject({ message: 'OOM' })
  expect(store.sent).toEqual([])
})

test('a name that is not found now is asked for again when the file is there', async () => {
  const { prepare, prepared } = await setUp({ origin: 'http://nowhere.example' })
  expect(await failure(prepare())).toMatchObject({ code: 'delivery_failed', cause: { message: 'host_not_found' } })
  expect(prepared()).toBe(1)
})

test('names are resolved on the share of the client, which owners have in common', async () => {
  const { prepare, requesters } = await setUp()
  await prepare()
  expect(requesters).toEqual(Array(2).fill({ owner: '192.0.2.1', job: JOB_ID }))
})

test.each([
  ['the delivery', 0, false],
  ['fetching', 1500, true],
])('where %s took most of the time of the attempt, another one: %#', async (_, prepareMs, retryable) => {
  store.answer('hang')
  const stop = new AbortController()
  const { prepare } = await setUp({ prepareMs, signal: stop.signal })
  const failed = failure(prepare())
  await eventually(() => store.sent[0]?.sha256 != null)
  await sleep(200)
  stop.abort(new Stop('timeout'))
  expect(await failed).toMatchObject({ code: 'delivery_failed', retryable })
})

test('a disk that is full does not keep a finished file from its store', async () => {
  const { prepare, entry } = await setUp()
  freeBytes = 0
  await prepare()
  expect(store.sent).toMatchObject([{ sha256: entry.sha256 }])
})

test('a disk that fills up during the delivery does not end it', async () => {
  store.answer('hang')
  const stop = new AbortController()
  const { prepare, folder } = await setUp({ signal: stop.signal })
  const failed = failure(prepare())
  await eventually(() => store.sent.length === 1)
  freeBytes = -1
  // Longer than the disk is looked at.
  await sleep(1500)
  stop.abort(new Stop('shutdown'))
  expect(await failed).toMatchObject({ reason: 'shutdown' })
  await access(folder)
})

test('what was delivered already needs no place', async () => {
  const sha256 = createHash('sha256').update(CONTENT).digest('hex')
  const { prepare, staged } = await setUp({ delivered: { at: 1, sha256 } })
  await createByteClaims(redis).claim({ subject: { owner: OWNER }, jobId: 'other', bytes: 95, totalBytes: 100 })
  expect(await prepare()).toBe(staged)
})

test('what waits to be delivered counts against its owner', async () => {
  const { prepare, folder } = await setUp()
  const claims = createByteClaims(redis)
  await claims.claim({ subject: { owner: OWNER }, jobId: 'other', bytes: 95, totalBytes: 100 })
  expect(await failure(prepare())).toMatchObject({ code: 'quota_exceeded' })
  expect(store.sent).toEqual([])
  await access(folder)
})
