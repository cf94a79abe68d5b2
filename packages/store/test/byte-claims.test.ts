/** Shared space is promised once: to those who ask at the same time, beside what is stored, and not to the dead. */
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { createByteClaims, createFileIndex, readStoredBytes } from '@video-scraper/store'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const fresh = async () => {
  const redis = await rig.ready()
  return { redis, claims: createByteClaims(redis), index: createFileIndex(redis), stored: readStoredBytes(redis) }
}

const DISK = { disk: 'd' }
const OWNER = { owner: 'anna' }

const entry = (name: string, change: Partial<FileEntry> = {}): FileEntry => ({
  filename: `${name}.mp4`,
  jobId: `download_${name}`,
  owner: 'anna',
  title: name,
  sourceUrl: 'http://example.com/',
  mediaType: 'video/mp4',
  durationSeconds: null,
  sizeBytes: 100,
  sha256: '0'.repeat(64),
  createdAt: 1000,
  expiresAt: 2000,
  ...change,
})

test('of many who ask for the same space at once, as many get it as fit', async () => {
  const { redis } = await fresh()
  const others = await Promise.all([rig.ready(), rig.ready(), rig.ready()])
  const dependencies = [redis, ...others].map((each) => createByteClaims(each))
  const answers = await Promise.all(
    Array.from({ length: 40 }, (_, index) =>
      dependencies[index % dependencies.length]?.claim({
        subject: DISK,
        jobId: `j${index}`,
        bytes: 10,
        totalBytes: 105,
      }),
    ),
  )
  expect(answers.filter((answer) => answer?.granted)).toHaveLength(10)
})

test('a claim is replaced by the next of the same job, and a refused one leaves the earlier as it was', async () => {
  const { claims } = await fresh()
  const ask = (jobId: string, bytes: number) => claims.claim({ subject: DISK, jobId, bytes, totalBytes: 100 })
  expect(await ask('a', 90)).toEqual({ granted: true, othersBytes: 0 })
  expect(await ask('a', 60)).toEqual({ granted: true, othersBytes: 0 })
  expect(await ask('b', 41)).toEqual({ granted: false, othersBytes: 60 })
  expect(await ask('b', 40)).toEqual({ granted: true, othersBytes: 60 })
  expect(await ask('a', 61)).toEqual({ granted: false, othersBytes: 40 })
  expect(await ask('b', 40)).toEqual({ granted: true, othersBytes: 60 })
})

test('what is given back can be claimed, and giving back twice is fine', async () => {
  const { redis, claims } = await fresh()
  await claims.claim({ subject: DISK, jobId: 'a', bytes: 100, totalBytes: 100 })
  await claims.release({ subject: DISK, jobId: 'a' })
  await claims.release({ subject: DISK, jobId: 'a' })
  expect(await redis.keys('*')).toEqual([])
  expect((await claims.claim({ subject: DISK, jobId: 'b', bytes: 100, totalBytes: 100 })).granted).toBe(true)
})

test('a claim that nobody renewed counts no more', async () => {
  const { redis, claims } = await fresh()
  await claims.claim({ subject: DISK, jobId: 'dead', bytes: 100, totalBytes: 100 })
  // What the clock would do in a minute.
  await redis.hset('{video-scraper}:claims:disk:d', 'dead', '100 1')
  expect(await claims.claim({ subject: DISK, jobId: 'b', bytes: 100, totalBytes: 100 })).toEqual({
    granted: true,
    othersBytes: 0,
  })
  expect(await redis.hkeys('{video-scraper}:claims:disk:d')).toEqual(['b'])
  expect(await redis.ttl('{video-scraper}:claims:disk:d')).toBeGreaterThan(0)
})

test('without a limit everything is granted, and disks and owners are apart', async () => {
  const { claims } = await fresh()
  for (const totalBytes of [null, Number.POSITIVE_INFINITY]) {
    const answer = await claims.claim({ subject: DISK, jobId: 'a', bytes: 2 ** 52, totalBytes })
    expect(answer.granted).toBe(true)
  }
  for (const subject of [{ disk: 'e' }, { owner: 'd' }]) {
    expect(await claims.claim({ subject, jobId: 'b', bytes: 1, totalBytes: 1 })).toEqual({
      granted: true,
      othersBytes: 0,
    })
  }
})

test('what an owner has stored counts, and a claim becomes stored in one step', async () => {
  const { claims, index, stored } = await fresh()
  await index.add(entry('a'))
  expect((await claims.claim({ subject: OWNER, jobId: 'download_b', bytes: 201, totalBytes: 300 })).granted).toBe(false)
  expect((await claims.claim({ subject: OWNER, jobId: 'download_b', bytes: 200, totalBytes: 300 })).granted).toBe(true)
  await index.add(entry('b', { sizeBytes: 200 }))
  expect(await claims.claim({ subject: OWNER, jobId: 'c', bytes: 1, totalBytes: 300 })).toEqual({
    granted: false,
    othersBytes: 300,
  })
  await index.forget('a.mp4', 'anna')
  expect((await claims.claim({ subject: OWNER, jobId: 'c', bytes: 100, totalBytes: 300 })).granted).toBe(true)
  expect(await stored.ofOwner('anna')).toBe(200)
})

test('sizes are counted once, however often a file is added, replaced or forgotten', async () => {
  const { redis, index, stored } = await fresh()
  const large = 5 * 1024 ** 4
  await index.add(entry('a'))
  await index.add(entry('a'))
  await index.add(entry('b', { owner: 'ben', sizeBytes: large, createdAt: 500 }))
  expect([await stored.total(), await stored.ofOwner('anna'), await stored.ofOwner('ben')]).toEqual([
    large + 100,
    100,
    large,
  ])
  await index.add(entry('a', { sizeBytes: 40 }))
  expect([await stored.total(), await stored.ofOwner('anna')]).toEqual([large + 40, 40])
  expect(await stored.oldest(1)).toEqual(['b.mp4'])
  await index.forget('b.mp4', 'ben')
  await index.forget('b.mp4', 'ben')
  expect([await stored.total(), await stored.ofOwner('ben')]).toEqual([40, 0])
  await index.forget('a.mp4', 'anna')
  expect(await redis.keys('*')).toEqual([])
})

test('every name of a large index is reported', async () => {
  const { index, stored } = await fresh()
  for (let number = 0; number < 2500; number += 1) await index.add(entry(String(number)))
  const names = new Set<string>()
  for await (const name of stored.everyName()) names.add(name)
  expect(names.size).toBe(2500)
})
