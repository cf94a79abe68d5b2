/** An index that was lost comes back from the files; what expired, was removed or never was, does not. */
import { randomBytes } from 'node:crypto'
import { readdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { type LocalLibrary, openLocalLibrary } from '@video-scraper/library'
import { connectRedis, createFileIndex, type FileIndex, readStoredBytes } from '@video-scraper/store'
import { type DisposableRedis, startRedis, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { rebuildIndex } from '../src/rebuild-index.ts'
import { openWorkFolders, type WorkFolders } from '../src/work-folders.ts'

let server: DisposableRedis
let disk: TemporaryFolder
let library: LocalLibrary
let folders: WorkFolders
let redis: ReturnType<typeof connectRedis>
let files: FileIndex

beforeEach(async () => {
  server = await startRedis()
  disk = await temporaryFolder()
  redis = connectRedis(server.url, 'worker', () => undefined)
  library = await openLocalLibrary({ directory: join(disk.path, 'library') })
  folders = await openWorkFolders(join(disk.path, 'work'))
  files = createFileIndex(redis)
})
afterEach(async () => {
  redis.disconnect()
  await server.stop()
  await disk.remove()
})

const rebuild = (now = Date.now()) => rebuildIndex({ library, files, stored: readStoredBytes(redis), now: () => now })

async function publish({ owner = 'anna', expiresAt = null as number | null } = {}): Promise<FileEntry> {
  const digits = randomBytes(16).toString('hex')
  const jobId = `download_${digits}`
  const folder = await folders.open(jobId)
  const path = join(folder, 'media.mp4')
  await writeFile(path, 'a film')
  const entry: FileEntry = {
    filename: `a-film-${digits}.mp4`,
    jobId,
    owner,
    title: 'A film "ünï"',
    sourceUrl: 'https://example.org/film',
    mediaType: 'video/mp4',
    durationSeconds: 1.5,
    sizeBytes: 6,
    sha256: 'a'.repeat(64),
    createdAt: Date.now(),
    expiresAt,
  }
  await library.publish({ folder, path, entry })
  await files.add(entry)
  return entry
}

const NOTHING = { known: 0, added: 0, expired: 0, dropped: 0, orphans: [] }

test('after Redis was lost, lists, counts and expiry are what they were; again changes nothing', async () => {
  const later = Date.now() + 3_600_000
  for (const owner of ['anna', 'ben', 'anna']) await publish({ owner, expiresAt: later })
  await publish({ owner: 'ben' })
  const state = async () => [
    await files.list('anna', 10),
    await files.list('ben', 10),
    await files.expired(later, 10),
    await readStoredBytes(redis).total(),
    await readStoredBytes(redis).ofOwner('anna'),
  ]
  const before = await state()
  await redis.flushall()
  expect(await rebuild()).toEqual({ ...NOTHING, added: 4 })
  expect(await state()).toEqual(before)
  expect(await rebuild()).toEqual({ ...NOTHING, known: 4 })
  expect(await state()).toEqual(before)
})

test('a file whose time is over does not come back: it goes', async () => {
  await publish({ expiresAt: Date.now() - 1 })
  await redis.flushall()
  expect(await rebuild()).toEqual({ ...NOTHING, expired: 1 })
  expect(await readdir(join(disk.path, 'library'))).toEqual([])
  expect(await redis.keys('*')).toEqual([])
})

test('a file whose removal was interrupted does not come back', async () => {
  const { filename } = await publish()
  await rm(join(disk.path, 'library', filename))
  expect(await rebuild()).toEqual({ ...NOTHING, dropped: 1 })
  expect(await redis.keys('*')).toEqual([])
})

test('a file that nothing describes is reported and left alone', async () => {
  const { filename } = await publish()
  const known = await publish()
  await rm(join(disk.path, 'library', `${filename}.json`))
  await redis.flushall()
  expect(await rebuild()).toEqual({ ...NOTHING, added: 1, orphans: [filename] })
  expect((await files.list('anna', 10))?.entries).toEqual([known])
  expect(await readdir(join(disk.path, 'library'))).toContain(filename)
})

test('a file that is removed while its entry is written does not stay in the index', async () => {
  await publish()
  await redis.flushall()
  const slow: FileIndex = {
    ...files,
    // Another worker removes the file and drops its entry, just before ours is written.
    add: async (entry) => {
      await library.remove(entry.filename)
      await files.forget(entry.filename, entry.owner)
      await files.add(entry)
    },
  }
  const stored = readStoredBytes(redis)
  expect(await rebuildIndex({ library, files: slow, stored, now: Date.now })).toEqual(NOTHING)
  expect(await redis.keys('*')).toEqual([])
})

test('what is published and removed while it runs is in the index exactly if it is in the library', async () => {
  const first = await Promise.all(Array.from({ length: 40 }, () => publish()))
  await redis.flushall()
  const removing = (async () => {
    for (const { filename, owner } of first.slice(0, 20)) {
      await library.remove(filename)
      await files.forget(filename, owner)
    }
  })()
  const publishing = (async () => {
    for (let count = 0; count < 20; count += 1) await publish()
  })()
  await Promise.all([rebuild(), rebuild(), removing, publishing])
  const names = (await readdir(join(disk.path, 'library'))).filter((name) => !name.endsWith('.json')).sort()
  const listed = (await files.list('anna', 100))?.entries.map(({ filename }) => filename).sort()
  expect(listed).toEqual(names)
  expect(names).toHaveLength(40)
  expect(await readStoredBytes(redis).total()).toBe(40 * 6)
})

test('a file that is published while the index is rebuilt is no orphan', async () => {
  const early = await publish()
  let late: FileEntry | null = null
  const slow = {
    ...library,
    entries: async function* () {
      yield* library.entries()
      late ??= await publish()
    },
  }
  const report = await rebuildIndex({ library: slow, files, stored: readStoredBytes(redis), now: Date.now })
  expect(late).not.toBeNull()
  expect(report).toEqual({ ...NOTHING, known: 1 })
  expect(await files.find(early.filename)).toEqual(early)
})
