/** Space is reserved before a download starts and watched while it runs; what is free is what the test says. */
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { FileEntry } from '@video-scraper/contracts'
import { createFileIndex } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { diskIdOf } from '../src/disk-id.ts'
import { MIB, useStorageBudget } from './storage-rig.ts'

/** What is promised to a download of unknown size. */
const BEGINNING = MIB

const rig = useStorageBudget()
const { space, budgetWith, admit, stoppedWith, watched } = rig

test('what is free but for the reserve is what a download may take', async () => {
  const reservation = await admit(budgetWith(60 * MIB), 'a')
  expect(reservation.diskBytes).toBe(40 * MIB)
  expect(reservation.ownerBytes).toBe(Number.POSITIVE_INFINITY)
})

test('a download that resumes may keep what it already has', async () => {
  await mkdir(join(rig.root(), 'a'))
  await writeFile(join(rig.root(), 'a', 'media.mp4.part'), Buffer.alloc(8 * MIB, 1))
  const reservation = await admit(budgetWith(), 'a')
  expect(reservation.diskBytes).toBeGreaterThanOrEqual(108 * MIB)
})

test('where not even a beginning fits, nothing is begun and nothing stays claimed', async () => {
  const budget = budgetWith(99.5 * MIB)
  await expect(admit(budget, 'a')).rejects.toMatchObject({ code: 'disk_full' })
  expect(await rig.redis().keys('*')).toEqual([])
})

test('two workers do not count the same free space, and what one gives back the other may have', async () => {
  const [one, other] = [budgetWith(), budgetWith()]
  const first = await admit(one, 'a')
  first.expect({ fileBytes: 90 * MIB, copies: 1 })
  await eventually(async () => expect((await admit(other, 'probe')).diskBytes).toBe(10 * MIB))
  await rig.redis().hdel('{video-scraper}:claims:disk:one', 'probe')
  const second = await admit(other, 'b')
  second.expect({ fileBytes: 11 * MIB, copies: 1 })
  await stoppedWith(second, 'disk_full')
  expect(first.signal.aborted).toBe(false)
  await second.release()
  await first.release()
  expect((await admit(other, 'c')).diskBytes).toBe(100 * MIB)
})

test('workers with disks of their own do not count each other', async () => {
  const first = await admit(budgetWith(0, 'one'), 'a')
  first.expect({ fileBytes: 90 * MIB, copies: 1 })
  expect((await admit(budgetWith(0, 'two'), 'b')).diskBytes).toBe(100 * MIB)
})

test('streams that are put together need their size twice', async () => {
  const reservation = await admit(budgetWith(), 'a')
  reservation.expect({ fileBytes: 51 * MIB, copies: 2 })
  await stoppedWith(reservation, 'disk_full')
})

test('whoever outgrows what was known makes way for what was promised to others', async () => {
  const budget = budgetWith()
  const unknown = await admit(budget, 'a')
  const promised = await admit(budget, 'b')
  promised.expect({ fileBytes: 80 * MIB, copies: 1 })
  await watched('b')
  await writeFile(join(rig.root(), 'a', 'media.mp4.part'), Buffer.alloc(20 * MIB, 1))
  space.freeBytes = 80 * MIB
  await stoppedWith(unknown, 'disk_full')
  expect(promised.signal.aborted).toBe(false)
})

test('when something else eats the reserve, one download is stopped: the last that came', async () => {
  const budget = budgetWith(50 * MIB)
  const first = await admit(budget, 'a')
  first.expect({ fileBytes: 20 * MIB, copies: 1 })
  const last = await admit(budget, 'b')
  last.expect({ fileBytes: 10 * MIB, copies: 1 })
  await watched('b')
  space.freeBytes = 45 * MIB
  await stoppedWith(last, 'disk_full')
  await watched('a')
  expect(first.signal.aborted).toBe(false)
})

test('an owner who has used up the quota starts nothing; others do', async () => {
  space.ownerLimitBytes = 100
  const entry: FileEntry = {
    filename: `a-${'0'.repeat(32)}.mp4`,
    jobId: `download_${'0'.repeat(32)}`,
    owner: 'anna',
    title: null,
    sourceUrl: 'http://example.org/',
    mediaType: 'video/mp4',
    durationSeconds: null,
    sizeBytes: 100,
    sha256: '0'.repeat(64),
    createdAt: 1,
    expiresAt: null,
  }
  await createFileIndex(rig.redis()).add(entry)
  const budget = budgetWith()
  await expect(admit(budget, 'a')).rejects.toMatchObject({ code: 'quota_exceeded', retryable: false })
  expect(await rig.redis().keys('*claims*')).toEqual([])
  expect((await admit(budget, 'b', 'ben')).ownerBytes).toBe(100)
})

test('a quota is shared by what runs at the same time, on whatever worker', async () => {
  space.ownerLimitBytes = 30 * MIB
  const first = await admit(budgetWith(0, 'one'), 'a')
  first.expect({ fileBytes: 20 * MIB, copies: 1 })
  const other = budgetWith(0, 'two')
  await eventually(async () => expect((await admit(other, 'probe')).ownerBytes).toBe(10 * MIB))
  const second = await admit(other, 'b')
  second.grew(11 * MIB)
  await stoppedWith(second, 'quota_exceeded')
  expect(first.signal.aborted).toBe(false)
})

test('the last word about a quota is the size of the file, and its place is kept until it is indexed', async () => {
  space.ownerLimitBytes = 100
  const budget = budgetWith()
  const reservation = await admit(budget, 'a')
  await expect(reservation.settle(101)).rejects.toMatchObject({ code: 'quota_exceeded' })
  await reservation.settle(100)
  await reservation.release()
  await expect(admit(budget, 'b')).rejects.toMatchObject({ code: 'quota_exceeded' })
})

test('claims are renewed while a download runs, and are gone when it is released', async () => {
  const reservation = await admit(budgetWith(), 'a')
  await watched('a')
  expect(await rig.redis().hget('{video-scraper}:claims:disk:one', 'a')).toMatch(new RegExp(`^${BEGINNING} \\d+$`))
  await reservation.release()
  expect(await rig.redis().keys('*')).toEqual([])
})

test('what is learned after the end claims nothing any more', async () => {
  space.ownerLimitBytes = 100 * MIB
  const budget = budgetWith()
  const reservation = await admit(budget, 'a')
  reservation.expect({ fileBytes: 50 * MIB, copies: 1 })
  await reservation.release()
  const next = await admit(budget, 'b')
  expect([next.diskBytes, next.ownerBytes]).toEqual([100 * MIB, 100 * MIB])
})

test('a disk on which nothing can be written is distinguished from one that is only at its reserve', async () => {
  const budget = budgetWith(200 * MIB)
  expect(await budget.isDiskFull()).toBe(false)
  space.freeBytes = 0
  expect(await budget.isDiskFull()).toBe(true)
})

test('those who share a folder give its disk one name, also when they ask at once', async () => {
  const ids = await Promise.all(Array.from({ length: 20 }, () => diskIdOf(join(rig.root(), 'data'))))
  expect(new Set(ids).size).toBe(1)
  expect(await diskIdOf(join(rig.root(), 'data'))).toBe(ids[0])
  expect(await diskIdOf(join(rig.root(), 'elsewhere'))).not.toBe(ids[0])
})
