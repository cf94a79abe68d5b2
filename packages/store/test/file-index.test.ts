/** The index of files: repeated steps change nothing, owners are apart, expiry is exact. */
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { createFileIndex } from '@video-scraper/store'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const fresh = async () => {
  const redis = await rig.ready()
  return { redis, index: createFileIndex(redis) }
}

const entry = (name: string, change: Partial<FileEntry> = {}): FileEntry => ({
  filename: `${name}.mp4`,
  jobId: `download_${name}`,
  owner: 'anonymous',
  title: name,
  sourceUrl: 'http://example.com/',
  mediaType: 'video/mp4',
  durationSeconds: null,
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  createdAt: 1000,
  expiresAt: 2000,
  ...change,
})

test('what was added is found, listed and due; twice is once', async () => {
  const { index } = await fresh()
  const file = entry('a', { title: 'Ünï "quoted"\n{}' })
  await index.add(file)
  await index.add(file)
  expect(await index.find('a.mp4')).toEqual(file)
  expect(await index.list('anonymous', 10)).toEqual({ entries: [file], next: null })
  expect(await index.expired(2000, 10)).toEqual(['a.mp4'])
  expect(await index.expired(1999, 10)).toEqual([])
})

test('forgetting twice is forgetting once, and leaves no key behind', async () => {
  const { redis, index } = await fresh()
  await index.add(entry('a'))
  await index.forget('a.mp4', 'anonymous')
  await index.forget('a.mp4', 'anonymous')
  expect(await redis.keys('*')).toEqual([])
  expect(await index.find('a.mp4')).toBeNull()
})

test('all files of a download are added together; the list names the media, and the others by their role', async () => {
  const { redis, index } = await fresh()
  const media = entry('a', { otherFiles: ['a-2.vtt', 'a-3.jpg'] })
  const subtitle = entry('a-2', { filename: 'a-2.vtt', role: 'subtitle', language: 'en', sizeBytes: 2 })
  const thumbnail = entry('a-3', { filename: 'a-3.jpg', role: 'thumbnail', sizeBytes: 4 })
  for (let times = 0; times < 2; times++) await index.add(media, subtitle, thumbnail)
  expect((await index.list('anonymous', 10))?.entries).toEqual([media])
  expect((await index.list('anonymous', 10, undefined, { role: 'subtitle' }))?.entries).toEqual([subtitle])
  expect((await index.list('anonymous', 10, undefined, { role: 'thumbnail' }))?.entries).toEqual([thumbnail])
  expect((await index.list('anonymous', 10, undefined, { role: 'clip' }))?.entries).toEqual([])
  const text = { role: 'subtitle', matches: ({ title }: FileEntry) => title === 'nothing' } as const
  expect((await index.list('anonymous', 10, undefined, text))?.entries).toEqual([])
  expect(await index.findAll(['a-3.jpg', 'never.mp4', 'a.mp4'])).toEqual(
    new Map([
      ['a-3.jpg', thumbnail],
      ['a.mp4', media],
    ]),
  )
  expect(await redis.get('{video-scraper}:stored-bytes:anonymous')).toBe('7')
  expect((await index.expired(2000, 10)).sort()).toEqual(['a-2.vtt', 'a-3.jpg', 'a.mp4'])
  await index.forget('a-2.vtt', 'anonymous')
  expect((await index.list('anonymous', 10, undefined, { role: 'subtitle' }))?.entries).toEqual([])
  expect((await index.list('anonymous', 10))?.entries).toEqual([media])
  await index.forget('a-3.jpg', 'anonymous')
  await index.forget('a.mp4', 'anonymous')
  expect(await redis.keys('*')).toEqual([])
})

test('a file whose entry is already gone can be forgotten without knowing its owner', async () => {
  const { redis, index } = await fresh()
  await index.add(entry('a'))
  await redis.del('{video-scraper}:file:a.mp4')
  await index.forget('a.mp4', null)
  expect(await index.expired(9999, 10)).toEqual([])
  expect((await index.list('anonymous', 10))?.entries).toEqual([])
})

test('a file that is now kept for ever is no longer due', async () => {
  const { index } = await fresh()
  await index.add(entry('a'))
  await index.add(entry('a', { expiresAt: null }))
  expect(await index.expired(Number.MAX_SAFE_INTEGER, 10)).toEqual([])
})

test("an owner's list holds nobody else's files", async () => {
  const { index } = await fresh()
  await index.add(entry('a', { owner: 'alice' }))
  await index.add(entry('b', { owner: 'bob' }))
  expect((await index.list('alice', 10))?.entries.map(({ filename }) => filename)).toEqual(['a.mp4'])
  expect(await index.list('carol', 10)).toEqual({ entries: [], next: null })
})

test('a name in the list whose entry is gone is left out, and the page goes on', async () => {
  const { redis, index } = await fresh()
  for (const [at, name] of ['a', 'b', 'c'].entries()) await index.add(entry(name, { createdAt: at }))
  await redis.del('{video-scraper}:file:b.mp4')
  const page = await index.list('anonymous', 2)
  expect(page?.entries.map(({ title }) => title)).toEqual(['c'])
  expect((await index.list('anonymous', 2, page?.next ?? ''))?.entries.map(({ title }) => title)).toEqual(['a'])
})

test('a cursor that is none gives null', async () => {
  const { index } = await fresh()
  expect(await index.list('anonymous', 2, 'garbage')).toBeNull()
})

test('an error of one command is an error of the whole', async () => {
  const { redis, index } = await fresh()
  await redis.set('{video-scraper}:files:anonymous', 'not a sorted set')
  await expect(index.add(entry('a'))).rejects.toThrow('WRONGTYPE')
})
