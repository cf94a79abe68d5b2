/** The delivery of a staged file: what is sent, and what is not. */
import { createHash } from 'node:crypto'
import { access, symlink, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parseSecretKeys, sealText } from '@video-scraper/boot'
import type { FileEntry, JobProgress } from '@video-scraper/contracts'
import { destinationSeal } from '@video-scraper/core'
import { createSafeUpload, createTargetPolicy } from '@video-scraper/egress'
import { fileNameFor, openLocalLibrary } from '@video-scraper/library'
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

const JOB_ID = `download_${'1'.repeat(32)}`
const OWNER = 'anonymous'
const CONTENT = 'a video'
const keys = (id: string) => parseSecretKeys(`${id}:${Buffer.alloc(32, 3).toString('base64')}`, 'the test')
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const alive = new AbortController().signal

let server: DisposableRedis
let disk: TemporaryFolder
let redis: ReturnType<typeof connectRedis>
let store: ObjectStore
let budget: ReturnType<typeof createStorageBudget>
let reported: JobProgress[]

beforeEach(async () => {
  server = await startRedis()
  disk = await temporaryFolder()
  store = await startObjectStore()
  redis = connectRedis(server.url, 'worker', () => undefined)
  reported = []
  budget = createStorageBudget(
    {
      claims: createByteClaims(redis),
      disk: 'disk',
      freeBytes: async () => 1e9,
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
  ...job
}: { known?: string; sealedFor?: string } & Partial<RunningJob> = {}) {
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
  const origin = store.origin
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
    ...job,
  }
  let prepared = 0
  const staged: PreparedDownload = { staged: [{ folder, path, entry }] }
  const upload = createSafeUpload({ policy: createTargetPolicy({ allow: [store.target] }), stallMs: 5000 })
  const dependencies = { secretKeys: keys(known), upload, log: silent, library, folders, budget }
  const task = deliverDownload(dependencies as unknown as DestinationDependencies, {
    prepare: async () => {
      prepared += 1
      return staged
    },
    publish: async () => entry,
    discard: async () => undefined,
  })
  return { running, entry, path, folder, prepare: () => task.prepare(running, alive), prepared: () => prepared, staged }
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

test('an attempt that goes on after the verdict sends nothing', async () => {
  await (await setUp({ committed: 'a.mp4', known: 'other' })).prepare()
  expect(store.sent).toEqual([])
})

test('a file that is not the one that was verified is never whole in the store, and goes', async () => {
  const { prepare, path, folder } = await setUp()
  await writeFile(path, 'a virus')
  expect(await failure(prepare())).toMatchObject({ code: 'internal_error' })
  expect(store.sent).toMatchObject([{ sha256: null }])
  await expect(access(folder)).rejects.toMatchObject({ code: 'ENOENT' })
})

test('a link in the place of the file is not followed', async () => {
  const { prepare, path } = await setUp()
  const secret = join(disk.path, 'secret')
  await writeFile(secret, CONTENT)
  await unlink(path)
  await symlink(secret, path)
  expect(await failure(prepare())).toMatchObject({ code: 'delivery_failed' })
  expect(store.sent).toEqual([])
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

test('what waits to be delivered counts against its owner', async () => {
  const { prepare } = await setUp()
  const claims = createByteClaims(redis)
  await claims.claim({ subject: { owner: OWNER }, jobId: 'other', bytes: 95, totalBytes: 100 })
  expect(await failure(prepare())).toMatchObject({ code: 'quota_exceeded' })
  expect(store.sent).toEqual([])
})
