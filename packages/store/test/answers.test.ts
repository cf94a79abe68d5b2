/** Files as answers to later job requests: to the same owner, while the file is there, and no longer. */
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { createFileIndex, foundDigest, type JobRequest, requestDigest } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const wanted: JobRequest = { kind: 'download', owner: 'anonymous', url: 'http://example.com/video', options: {} }
const asked = requestDigest(wanted)
const found = foundDigest(wanted, 'abc')

const entry = (name: string, change: Partial<FileEntry> = {}): FileEntry => ({
  filename: `${name}.mp4`,
  jobId: `download_${name}`,
  owner: 'anonymous',
  title: null,
  sourceUrl: 'http://example.com/',
  mediaType: 'video/mp4',
  durationSeconds: null,
  sizeBytes: 1,
  sha256: '0'.repeat(64),
  createdAt: 1000,
  expiresAt: Date.now() + 60_000,
  answers: [asked, found],
  ...change,
})

const fresh = async () => {
  const redis = await rig.ready()
  return { redis, index: createFileIndex(redis) }
}

test('another owner, address, format or identity is another job request', () => {
  const digests = [
    asked,
    found,
    requestDigest({ ...wanted, owner: 'somebody' }),
    requestDigest({ ...wanted, url: 'http://example.com/' }),
    requestDigest({ ...wanted, options: { format_id: '22' } }),
    requestDigest({ ...wanted, options: { format_id: 'null' } }),
    requestDigest({ ...wanted, kind: 'info' }),
    foundDigest({ ...wanted, owner: 'somebody' }, 'abc'),
    foundDigest(wanted, 'abd'),
  ]
  expect(new Set(digests).size).toBe(digests.length)
})

test('a file answers what was asked for and what it turned out to be, until it is forgotten', async () => {
  const { redis, index } = await fresh()
  const file = entry('a')
  await index.add(file)
  expect(await index.findAnswer(asked)).toEqual(file)
  expect(await index.findAnswer(found)).toEqual(file)
  expect(await index.findAnswer(requestDigest({ ...wanted, owner: 'somebody' }))).toBeNull()
  await index.forget('a.mp4', 'anonymous')
  expect(await index.findAnswer(asked)).toBeNull()
  expect(await redis.keys('*')).toEqual([])
})

test('the later of two files answers, and stays when the earlier one goes', async () => {
  const { redis, index } = await fresh()
  await index.add(entry('a'))
  await index.add(entry('b'))
  expect((await index.findAnswer(asked))?.filename).toBe('b.mp4')
  await index.forget('a.mp4', 'anonymous')
  expect((await index.findAnswer(asked))?.filename).toBe('b.mp4')
  await index.forget('b.mp4', 'anonymous')
  expect(await redis.keys('*')).toEqual([])
})

test('what a file answers further ends with it, or with thirty days', async () => {
  const { redis, index } = await fresh()
  const further = requestDigest({ ...wanted, options: { format_id: '22' } })
  const lifetimeMs = () => redis.pttl(`{video-scraper}:answer:${further}`)
  const file = entry('a')
  await index.add(file)
  await index.addAnswer(further, file)
  expect(await index.findAnswer(further)).toEqual(file)
  expect(await lifetimeMs()).toBeLessThanOrEqual(60_000)
  await index.addAnswer(further, { ...file, expiresAt: null })
  expect(await lifetimeMs()).toBeLessThanOrEqual(30 * 86_400_000)
  expect(await lifetimeMs()).toBeGreaterThan(29 * 86_400_000)
  await index.forget('a.mp4', 'anonymous')
  expect(await index.findAnswer(further)).toBeNull()
})

test('a name that leads to no file is no answer', async () => {
  const { redis, index } = await fresh()
  await redis.set(`{video-scraper}:answer:${asked}`, 'gone.mp4')
  expect(await index.findAnswer(asked)).toBeNull()
})

test('answers end with the time of their file, and files of earlier releases give none', async () => {
  const { redis, index } = await fresh()
  const { answers: _, ...old } = entry('old')
  await index.add(old)
  await index.add(entry('short', { expiresAt: Date.now() + 300 }))
  expect(await index.find('old.mp4')).toEqual(old)
  await eventually(async () => (await redis.exists(`{video-scraper}:answer:${asked}`)) === 0)
  const kept = entry('kept', { expiresAt: null })
  await index.add(kept)
  expect(await redis.pttl(`{video-scraper}:answer:${asked}`)).toBe(-1)
  expect(await index.findAnswer(asked)).toEqual(kept)
})
