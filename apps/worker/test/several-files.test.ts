/** A download of several files: all of them are there when it completes, wherever an attempt before broke off. */
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type FileEntry, filesOf } from '@video-scraper/contracts'
import { type LocalLibrary, openLocalLibrary, type Staged } from '@video-scraper/library'
import type { RunningJob } from '@video-scraper/queue'
import { connectRedis, createFileIndex, type FileIndex, readStoredBytes } from '@video-scraper/store'
import { type DisposableRedis, startRedis, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { rebuildIndex } from '../src/rebuild-index.ts'
import { describeOthers } from '../src/tasks/describe-others.ts'
import { downloadVideo } from '../src/tasks/download-video.ts'
import { openWorkFolders, type WorkFolders } from '../src/work-folders.ts'
import { videoEntry } from './video-entry.ts'

const ID = '1'.repeat(32)
const JOB_ID = `download_${ID}`
const OWNER = 'anonymous'
const CONTENT = 'a video'
const VTT = 'WEBVTT\n\n00:00.000 --> 00:01.000\nHello\n'
const JPEG = Buffer.from([0xff, 0xd8, 0xff, 0xe0, 0, 1])

const media = videoEntry({ jobId: JOB_ID, content: CONTENT })

let server: DisposableRedis
let disk: TemporaryFolder
let redis: ReturnType<typeof connectRedis>
let library: LocalLibrary
let files: FileIndex
let folders: WorkFolders

beforeEach(async () => {
  server = await startRedis()
  disk = await temporaryFolder()
  redis = connectRedis(server.url, 'worker', () => undefined)
  library = await openLocalLibrary({ directory: join(disk.path, 'library') })
  files = createFileIndex(redis)
  folders = await openWorkFolders(join(disk.path, 'work'))
})
afterEach(async () => {
  redis.disconnect()
  await server.stop()
  await disk.remove()
})

const taskWith = (change: { library?: LocalLibrary; files?: FileIndex } = {}) =>
  // What has been staged needs none of the dependencies in which it is fetched.
  downloadVideo({ library, folders, files, ...change } as unknown as Parameters<typeof downloadVideo>[0])

const job = (committed: string | null = null): RunningJob => ({
  id: JOB_ID,
  envelope: {
    ...({ version: 1, kind: 'download', owner: OWNER, limitSubject: '192.0.2.1', url: media.sourceUrl } as const),
    ...{ options: {}, requestId: 'request', retryOf: null },
  },
  attempt: 1,
  committed,
  delivered: undefined,
  report: () => undefined,
  reportNow: async () => undefined,
  withoutClock: (work) => work(),
})

/** The files that the result names. */
async function attempt(task = taskWith(), running = job()) {
  return filesOf(await task.publish(running, await task.prepare(running, new AbortController().signal)))
}

/** These entries as a result names them: the names of the others stand in the list itself. */
const named = (entries: readonly (FileEntry | undefined)[]) =>
  entries.map((entry) => {
    const { otherFiles: _, ...reported } = entry ?? media
    return reported
  })

/** Three files as they come from a source, and what is said of them. */
async function staged(): Promise<Staged[]> {
  const folder = await folders.open(JOB_ID)
  const at = (name: string) => join(folder, name)
  await writeFile(at('media.mp4'), CONTENT)
  await writeFile(at('media.en.srt'), VTT)
  await writeFile(at('media.webp'), JPEG)
  await writeFile(at('media.de.vtt'), '<html>')
  const broken: string[] = []
  const found = [
    { path: at('media.en.srt'), role: 'subtitle', language: 'en', automatic: true },
    { path: at('media.de.vtt'), role: 'subtitle', language: 'de' },
    { path: at('media.webp'), role: 'thumbnail' },
  ] as const
  const others = await describeOthers(found, media, {
    folder,
    signal: new AbortController().signal,
    checkMedia: async () => Promise.reject(new Error('None of them is media.')),
    onBroken: ({ path }) => broken.push(path),
  })
  expect(broken).toEqual([at('media.de.vtt')])
  const entry = { ...media, otherFiles: others.map((file) => file.entry.filename) }
  return library.stage([{ folder, path: at('media.mp4'), entry }, ...others])
}

test('each file is verified by its role, named by its content, and published with the media last', async () => {
  const entries = (await staged()).map((file) => file.entry)
  expect(entries.map(({ filename, role, mediaType }) => [filename, role, mediaType])).toEqual([
    [`a-video-${ID}.mp4`, undefined, 'video/mp4'],
    [`a-video-${ID}-2-subtitle.vtt`, 'subtitle', 'text/vtt'],
    [`a-video-${ID}-3-thumbnail.jpg`, 'thumbnail', 'image/jpeg'],
  ])
  expect(entries[1]).toMatchObject({ language: 'en', automatic: true, jobId: JOB_ID, owner: OWNER })
  const order: string[] = []
  const watched = {
    ...library,
    publish: async (file: Staged) => order.push(file.entry.filename) && library.publish(file),
  }
  expect(await attempt(taskWith({ library: watched as LocalLibrary }))).toEqual(named(entries))
  expect(order.at(-1)).toBe(media.filename)
  expect((await files.list(OWNER, 10))?.entries).toEqual([entries[0]])
  expect(await files.findAll(entries.map(({ filename }) => filename))).toHaveProperty('size', 3)
})

test.each([0, 1, 2, 3])(
  'an attempt that breaks off when %i files are published is made good by the next',
  async (done) => {
    const entries = (await staged()).map((file) => file.entry)
    let left = done
    const breaking = {
      ...library,
      publish: async (file: Staged) => {
        if (left-- === 0) throw new Error('The worker dies here.')
        return library.publish(file)
      },
    }
    const full = { ...files, add: async () => Promise.reject(new Error('Redis is full.')) }
    await expect(attempt(taskWith({ library: breaking, files: full }))).rejects.toThrow()
    expect((await files.list(OWNER, 10))?.entries).toEqual([])
    expect(await attempt()).toEqual(named(entries))
    expect((await files.list(OWNER, 10))?.entries).toEqual([entries[0]])
    expect(await readdir(join(disk.path, 'library'))).toHaveLength(6)
  },
)

test('an attempt on a machine without the work folder finds all files, and one that was removed since stays away', async () => {
  const entries = (await staged()).map((file) => file.entry)
  await attempt()
  await folders.remove(JOB_ID)
  for (const { filename } of entries) await files.forget(filename, OWNER)
  expect(await attempt(taskWith(), job(media.filename))).toEqual(named(entries))
  const [, subtitle, thumbnail] = entries
  await library.remove(subtitle?.filename ?? '')
  await files.forget(subtitle?.filename ?? '', OWNER)
  expect(await attempt(taskWith(), job(media.filename))).toEqual(named([entries[0], thumbnail]))
  expect(await files.find(subtitle?.filename ?? '')).toBeNull()
})

test('a file that was removed between two attempts does not come back, and the result still names it', async () => {
  const entries = (await staged()).map((file) => file.entry)
  await attempt()
  const subtitle = entries[1]?.filename ?? ''
  await library.remove(subtitle)
  await files.forget(subtitle, OWNER)
  expect(await attempt()).toEqual(named(entries))
  expect(await files.find(subtitle)).toBeNull()
  expect(await library.open(subtitle)).toBeNull()
})

test('an index that was lost is rebuilt with every file in its list', async () => {
  const entries = (await staged()).map((file) => file.entry)
  await attempt()
  await redis.flushall()
  const stored = readStoredBytes(redis)
  const report = await rebuildIndex({ library, files, stored, now: Date.now })
  expect(report).toEqual({ known: 0, added: 3, expired: 0, dropped: 0, orphans: [] })
  expect((await files.list(OWNER, 10))?.entries).toEqual([entries[0]])
  expect((await files.list(OWNER, 10, undefined, { role: 'subtitle' }))?.entries).toEqual([entries[1]])
  expect(await stored.ofOwner(OWNER)).toBe(entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0))
})
