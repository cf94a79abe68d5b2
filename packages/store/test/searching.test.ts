/** A list of files that is searched: exact, page by page, stable under changes, and never more than a bounded look. */
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { createFileIndex, type FileSearch, SEARCHED_MAX } from '@video-scraper/store'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const OWNER = 'anonymous'

const entry = (at: number, title = `video ${at}`): FileEntry => ({
  filename: `video-${String(at).padStart(6, '0')}.mp4`,
  jobId: `download_${at}`,
  owner: OWNER,
  title,
  sourceUrl: 'http://example.com/',
  mediaType: 'video/mp4',
  durationSeconds: null,
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  createdAt: 1000 + at,
  expiresAt: null,
})

async function filled(count: number, title?: (at: number) => string) {
  const redis = await rig.ready()
  const index = createFileIndex(redis)
  const numbers = Array.from({ length: count }, (_, at) => at)
  await Promise.all(numbers.map((at) => index.add(entry(at, title?.(at)))))
  return { redis, index }
}

/** Every page to the last, as numbers. */
async function pages(index: Awaited<ReturnType<typeof filled>>['index'], limit: number, search: FileSearch) {
  const found: number[][] = []
  let cursor: string | undefined
  do {
    const page = await index.list(OWNER, limit, cursor, search)
    found.push((page?.entries ?? []).map(({ createdAt }) => createdAt - 1000))
    cursor = page?.next ?? undefined
  } while (cursor !== undefined)
  return found
}

test('a span of time leaves out both of its ends, and pages within it', async () => {
  const { index } = await filled(10)
  const created = { after: 1002, before: 1007 }
  expect(await pages(index, 10, { created })).toEqual([[6, 5, 4, 3]])
  expect(await pages(index, 3, { created })).toEqual([[6, 5, 4], [3]])
  expect(await pages(index, 10, { created: { after: 1007 } })).toEqual([[9, 8]])
  expect(await pages(index, 10, { created: { before: 1002 } })).toEqual([[1, 0]])
  expect(await pages(index, 10, { created: { after: 1005, before: 1005 } })).toEqual([[]])
})

test('a cursor from another list stays within the span', async () => {
  const { index } = await filled(10)
  const { next } = (await index.list(OWNER, 1)) ?? {}
  const page = await index.list(OWNER, 10, next ?? '', { created: { before: 1005 } })
  expect(page?.entries.map(({ createdAt }) => createdAt)).toEqual([1004, 1003, 1002, 1001, 1000])
})

test.each([1, 2, 3, 7, 100])('every match comes exactly once, in order, in pages of %i', async (limit) => {
  const { index } = await filled(1300, (at) => (at % 13 === 0 ? 'wanted' : 'other'))
  const found = await pages(index, limit, { matches: ({ title }) => title === 'wanted' })
  expect(found.flat()).toEqual(Array.from({ length: 100 }, (_, at) => (99 - at) * 13))
  for (const page of found.slice(0, -1)) expect(page).toHaveLength(limit)
})

test('nothing is lost or doubled while files are added and removed between two pages', async () => {
  const { index } = await filled(1000, (at) => (at % 10 === 0 ? 'wanted' : 'other'))
  const matches = ({ title }: FileEntry) => title === 'wanted'
  const first = await index.list(OWNER, 30, undefined, { matches })
  const last = first?.entries.at(-1)
  if (!last) throw new Error('There is no first page.')
  await index.forget(last.filename, OWNER)
  await index.add(entry(5000, 'wanted'))
  const second = await index.list(OWNER, 100, first?.next ?? '', { matches })
  const numbers = [...(first?.entries ?? []), ...(second?.entries ?? [])].map(({ createdAt }) => createdAt - 1000)
  expect(numbers).toEqual(Array.from({ length: 100 }, (_, at) => (99 - at) * 10))
})

test('a search that finds nothing looks at a bounded number of files, and goes on from there', async () => {
  const { index } = await filled(SEARCHED_MAX + 10, (at) => (at === 3 ? 'wanted' : 'other'))
  let looked = 0
  const matches = ({ title }: FileEntry) => {
    looked += 1
    return title === 'wanted'
  }
  const first = await index.list(OWNER, 10, undefined, { matches })
  expect([first?.entries, looked]).toEqual([[], SEARCHED_MAX])
  const second = await index.list(OWNER, 10, first?.next ?? '', { matches })
  expect(second?.entries.map(({ createdAt }) => createdAt)).toEqual([1003])
  expect(second?.next).toBeNull()
})

test('the first page of thousands asks of Redis exactly what the first page of a few asks', async () => {
  const commands = async (count: number) => {
    const { redis, index } = await filled(count)
    await redis.config('RESETSTAT')
    const page = await index.list(OWNER, 10)
    expect(page?.entries).toHaveLength(10)
    const stats = (await redis.info('commandstats')).matchAll(/cmdstat_(\S+):calls=(\d+)/g)
    return Object.fromEntries([...stats].map(([, name, calls]) => [name, calls]))
  }
  const few = await commands(20)
  expect(few).toMatchObject({ zrevrangebyscore: '1', mget: '1' })
  expect(await commands(5000)).toEqual(few)
})

test('an expiry that was brought forward is due at once, and of a file that is gone there is nothing to bring forward', async () => {
  const { redis, index } = await filled(2)
  const { filename } = entry(0)
  await index.expire(filename, 500)
  expect(await index.find(filename)).toEqual({ ...entry(0), expiresAt: 500 })
  expect(await index.expired(500, 10)).toEqual([filename])
  await index.forget(filename, OWNER)
  await index.expire(filename, 500)
  expect((await redis.keys('*')).filter((key) => key.includes(filename))).toEqual([])
  expect(await index.expired(500, 10)).toEqual([])
})
