/** When a file answers a download, and when the download goes on: whatever is lost, removed or slow meanwhile. */
import { createHash } from 'node:crypto'
import { rm, truncate, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileEntry, JobEnvelope } from '@video-scraper/contracts'
import { Stop } from '@video-scraper/core'
import { fileNameFor, type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createFileIndex, type FileIndex } from '@video-scraper/store'
import {
  type DisposableRedis,
  eventually,
  startRedis,
  type TemporaryFolder,
  temporaryFolder,
} from '@video-scraper/testkit'
import { answersOf, type ReuseCheck, reuseOrFetch } from '../src/reuse-or-fetch.ts'

const HOUR_MS = 3_600_000
const URL = 'http://example.com/video'
const IDENTITY = 'a'.repeat(64)
const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }
const alive = new AbortController().signal

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

interface Ask extends Partial<JobEnvelope> {
  reuseFiles?: boolean
  trustedMs?: number
  retentionMs?: number
  signal?: AbortSignal
}

const FETCHED = { fetched: true }

/** Asks for a download; `fetch` stands for what yt-dlp would do. */
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

/** A download that lasts until it is stopped. */
const endless = ({ signal }: ReuseCheck) =>
  new Promise<never>((_resolve, reject) => {
    signal.throwIfAborted()
    signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

test('a file of the same request answers it, and nothing is fetched', async () => {
  const known = await publish()
  expect(await ask()).toEqual({ known: [known] })
})

test('files that came with the media are part of the answer; where one is gone, nothing answers', async () => {
  const path = join(disk.path, 'media.en.vtt')
  await writeFile(path, 'WEBVTT')
  const other: FileEntry = {
    ...(await publish()),
    filename: `a-video-${'1'.repeat(32)}-2-subtitle.vtt`,
    mediaType: 'text/vtt',
    sizeBytes: 6,
    sha256: createHash('sha256').update('WEBVTT').digest('hex'),
    answers: [],
    role: 'subtitle',
  }
  await files.add(await library.publish({ folder: disk.path, path, entry: other }))
  const media = await publish({ otherFiles: [other.filename] })
  expect(await ask()).toEqual({ known: [media, other] })
  await library.remove(other.filename)
  expect(await ask()).toBe(FETCHED)
  await files.forget(other.filename, 'anonymous')
  expect(await ask()).toBe(FETCHED)
})

test.each<[string, Ask]>([
  ['another owner', { owner: 'somebody' }],
  ['another address', { url: `${URL}2` }],
  ['another format', { options: { format_id: '22' } }],
  ['one who wants it fresh', { fresh: true }],
  ['one who allows no age', { options: { max_age: 0 } }],
  ['a worker that was asked not to', { reuseFiles: false }],
])('%s gets a file of its own', async (_name, change) => {
  await publish()
  expect(await ask(change)).toBe(FETCHED)
})

test('a file without its media, or with another length, answers nothing', async () => {
  const { filename } = await publish()
  await truncate(join(disk.path, 'library', filename), 3)
  expect(await ask()).toBe(FETCHED)
  await rm(join(disk.path, 'library', filename))
  expect(await ask()).toBe(FETCHED)
})

test('where files are kept for ever, one of before that is about to expire answers nothing either', async () => {
  await publish({ expiresAt: Date.now() + 60_000 })
  expect(await ask({ retentionMs: 0 })).toBe(FETCHED)
})

test('a file that was removed or is about to expire answers nothing; one that is kept for ever does', async () => {
  const { filename } = await publish({ expiresAt: Date.now() + 60_000 })
  expect(await ask()).toBe(FETCHED)
  await files.forget(filename, 'anonymous')
  expect(await ask()).toBe(FETCHED)
  const known = await publish({ expiresAt: null })
  expect(await ask()).toEqual({ known: [known] })
})

test('a file from a direct link answers without a question for a while; then it is asked once whether it is the same', async () => {
  const known = await publish({ direct: true })
  expect(await ask()).toEqual({ known: [known] })
  let looks = 0
  const check = (look: ReuseCheck) => {
    looks += 1
    look.onIdentity(IDENTITY)
    return endless(look)
  }
  const old = await publish({ direct: true, createdAt: Date.now() - 61_000 })
  expect(await ask({ trustedMs: 60_000 }, check)).toEqual({ known: [old] })
  expect(await ask({ trustedMs: 60_000 }, check)).toEqual({ known: [old] })
  expect(looks).toBe(1)
  expect(await ask({ trustedMs: 0 }, check)).toEqual({ known: [old] })
  expect(await ask({ trustedMs: 0 }, check)).toEqual({ known: [old] })
})

test('a file from a direct link at which another file lies by now answers nothing', async () => {
  await publish({ direct: true, createdAt: Date.now() - 61_000 })
  const another = async (look: ReuseCheck) => {
    look.onIdentity('c'.repeat(64))
    await look.settled()
    return FETCHED
  }
  expect(await ask({ trustedMs: 60_000 }, another)).toBe(FETCHED)
  // It was not found to be the same, so nothing was noted.
  expect(await ask({ trustedMs: 60_000 }, another)).toBe(FETCHED)
})

test('what lies at a page is not asked for again, however old it is', async () => {
  const known = await publish({ createdAt: Date.now() - 10 * HOUR_MS })
  expect(await ask({ trustedMs: 60_000 })).toEqual({ known: [known] })
})

test('a download is stopped once what it leads to is known, and the next is free', async () => {
  const known = await publish()
  const requested = { url: `${URL}?another=spelling`, options: { format_id: '22' } }
  const answer = await ask(requested, (look) => {
    look.onIdentity(IDENTITY)
    return endless(look)
  })
  expect(answer).toEqual({ known: [known] })
  expect(await ask(requested)).toEqual({ known: [known] })
})

test('a download that is done before the library has answered waits for the answer', async () => {
  const known = await publish()
  const answer = await ask({ options: { format_id: '22' } }, async (look) => {
    look.onIdentity(IDENTITY)
    await look.settled()
    return FETCHED
  })
  expect(answer).toEqual({ known: [known] })
})

/** A download that is done once what it leads to was looked up. */
const fetching = (identity: string) => async (look: ReuseCheck) => {
  look.onIdentity(identity)
  await look.settled()
  return FETCHED
}

test('another identity, or the same of another owner, is fetched', async () => {
  await publish()
  expect(await ask({ options: { format_id: '22' } }, fetching('b'.repeat(64)))).toBe(FETCHED)
  expect(await ask({ options: { format_id: '22' }, owner: 'somebody' }, fetching(IDENTITY))).toBe(FETCHED)
  expect(await ask({ fresh: true }, fetching(IDENTITY))).toBe(FETCHED)
})

test('a failure of what is not known is its own, and so is a stop of the job', async () => {
  await publish()
  const broken = new Error('broken')
  await expect(ask({ options: { format_id: '22' } }, () => Promise.reject(broken))).rejects.toBe(broken)
  const job = new AbortController()
  const stopped = ask({ options: { format_id: '22' }, signal: job.signal }, (look) => {
    look.onIdentity(IDENTITY)
    job.abort(new Stop('shutdown'))
    return endless(look)
  })
  await expect(stopped).rejects.toMatchObject({ reason: 'shutdown' })
})

test('with Redis frozen or gone the download goes on after a moment', async () => {
  await publish()
  server.freeze()
  expect(await ask()).toBe(FETCHED)
  server.thaw()
  await eventually(async () => 'known' in (await ask()))
  await server.kill9()
  expect(await ask()).toBe(FETCHED)
  await server.restart()
  // It kept nothing: what is lost is fetched.
  expect(await ask()).toBe(FETCHED)
})

test('reported twice what the address leads to, the first file that is found is the answer', async () => {
  const known = await publish()
  const other = 'b'.repeat(64)
  const both = async (look: ReuseCheck) => {
    look.onIdentity(IDENTITY)
    look.onIdentity(other)
    return endless(look)
  }
  expect(await ask({ url: `${URL}?again` }, both)).toEqual({ known: [known] })
  const reversed = async (look: ReuseCheck) => {
    look.onIdentity(other)
    look.onIdentity(IDENTITY)
    return endless(look)
  }
  expect(await ask({ url: `${URL}?once-more` }, reversed)).toEqual({ known: [known] })
})

test('a download is stopped for a known file with a reason of its own, which is no cancel', async () => {
  await publish()
  let reason: unknown
  await ask({ url: `${URL}?again` }, async (look) => {
    look.onIdentity(IDENTITY)
    return endless(look).catch((stop) => {
      reason = stop
      throw stop
    })
  })
  expect(reason).toMatchObject({ name: 'Stop', reason: 'answer_known' })
})

test('a file that is older than the job allows answers nothing, and one that is as old as it allows does', async () => {
  const known = await publish({ createdAt: Date.now() - 60_000 })
  expect(await ask({ options: { max_age: 30 } })).toBe(FETCHED)
  expect(await ask({ options: { max_age: 300 } })).toEqual({ known: [known] })
  expect(await ask({ options: { max_age: 30 }, url: `${URL}2` }, fetching(IDENTITY))).toBe(FETCHED)
})
