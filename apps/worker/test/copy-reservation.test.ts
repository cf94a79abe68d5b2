/** Another form of a file is made beside it: what is claimed for it, and what ends it while the download goes on. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { MIB, useStorageBudget } from './storage-rig.ts'

const rig = useStorageBudget()
const { space, budgetWith, admit, stoppedWith, watched } = rig

const writes = (jobId: string, name: string, bytes: number) =>
  writeFile(join(rig.folderOf(jobId), name), Buffer.alloc(bytes, 1))

/** A download whose file is there, of 4 MiB. */
async function fetched(budget: ReturnType<typeof budgetWith>, jobId: string) {
  const reservation = await admit(budget, jobId)
  reservation.expect({ fileBytes: 4 * MIB, copies: 1 })
  await writes(jobId, 'media.webm', 4 * MIB)
  await reservation.fetched()
  return reservation
}

test('while a file that is there waits, nothing more is claimed for it, whatever the source had announced', async () => {
  const [budget, other] = [budgetWith(), budgetWith()]
  const reservation = await admit(budget, 'a')
  reservation.expect({ fileBytes: 90 * MIB, copies: 1 })
  await eventually(async () => expect((await admit(other, 'probe')).diskBytes).toBe(10 * MIB))
  await writes('a', 'media.webm', MIB)
  await reservation.fetched()
  expect((await admit(other, 'b')).diskBytes).toBeGreaterThan(98 * MIB)
  expect(reservation.signal.aborted).toBe(false)
})

test('a file that is there makes way for nobody, also where it is larger than was known', async () => {
  const budget = budgetWith()
  const reservation = await admit(budget, 'a')
  await reservation.fetched()
  const promised = await admit(budget, 'b')
  promised.expect({ fileBytes: 80 * MIB, copies: 1 })
  await watched('b')
  await writes('a', 'media.webm', 20 * MIB)
  space.freeBytes = 79 * MIB
  await watched('a')
  await watched('a')
  expect(reservation.signal.aborted).toBe(false)
})

test('when something else eats the reserve, a file that is there stays, and the download that came last of the others is stopped', async () => {
  const budget = budgetWith()
  const first = await admit(budget, 'a')
  const standing = await fetched(budget, 'b')
  space.freeBytes = -1
  await stoppedWith(first, 'disk_full')
  await watched('b')
  await watched('b')
  expect(standing.signal.aborted).toBe(false)
})

test('where the disk has no space for a copy, or the quota, it is refused, and the download goes on', async () => {
  const budget = budgetWith()
  const reservation = await fetched(budget, 'a')
  await expect(reservation.reserveCopy({ expectedBytes: 101 * MIB, otherBytes: 0 })).rejects.toMatchObject({
    code: 'disk_full',
  })
  space.ownerLimitBytes = 5 * MIB
  const limited = await fetched(budget, 'b')
  await expect(limited.reserveCopy({ expectedBytes: MIB, otherBytes: 5 * MIB })).rejects.toMatchObject({
    code: 'quota_exceeded',
  })
  await watched('a')
  expect([reservation.signal.aborted, limited.signal.aborted]).toEqual([false, false])
  expect((await admit(budgetWith(), 'c')).diskBytes).toBe(100 * MIB)
})

test('a copy may have what is left of the disk, and of the quota beside what is kept with it', async () => {
  const budget = budgetWith()
  const first = await fetched(budget, 'a')
  expect((await first.reserveCopy({ expectedBytes: 8 * MIB, otherBytes: MIB })).bytesMax).toBe(100 * MIB)
  const second = await fetched(budget, 'b')
  expect((await second.reserveCopy({ expectedBytes: 8 * MIB, otherBytes: MIB })).bytesMax).toBe(92 * MIB)
  space.ownerLimitBytes = 20 * MIB
  const third = await admit(budget, 'c', 'ben')
  await third.fetched()
  expect((await third.reserveCopy({ expectedBytes: 8 * MIB, otherBytes: MIB })).bytesMax).toBe(19 * MIB)
})

test('a copy that outgrows its claim makes way for what others were promised, and the download stays', async () => {
  const budget = budgetWith()
  const reservation = await fetched(budget, 'a')
  const copy = await reservation.reserveCopy({ expectedBytes: MIB, otherBytes: 0 })
  const promised = await admit(budget, 'b')
  promised.expect({ fileBytes: 80 * MIB, copies: 1 })
  await watched('b')
  await writes('a', 'universal.mp4', 20 * MIB)
  space.freeBytes = 79 * MIB
  await stoppedWith(copy, 'disk_full')
  await writes('a', 'universal.mp4', 0)
  space.freeBytes = 99 * MIB
  copy.drop()
  await watched('a')
  expect([reservation.signal.aborted, promised.signal.aborted]).toEqual([false, false])
})

test('when something else eats the reserve, a copy ends before a download', async () => {
  const budget = budgetWith(50 * MIB)
  const reservation = await fetched(budget, 'a')
  const copy = await reservation.reserveCopy({ expectedBytes: MIB, otherBytes: 0 })
  const last = await admit(budget, 'b')
  await watched('b')
  space.freeBytes = 45 * MIB
  await stoppedWith(copy, 'disk_full')
  // Nobody else is stopped before its space is back.
  await writes('b', 'media.mp4.part', 20 * MIB)
  await watched('b')
  await watched('b')
  expect([reservation.signal.aborted, last.signal.aborted]).toEqual([false, false])
})

test('a quota that others use up ends the copy, and the file that is there is kept', async () => {
  const budget = budgetWith()
  space.ownerLimitBytes = 10 * MIB
  const reservation = await fetched(budget, 'a')
  const copy = await reservation.reserveCopy({ expectedBytes: 8 * MIB, otherBytes: 0 })
  const other = await admit(budget, 'b')
  other.expect({ fileBytes: 5 * MIB, copies: 1 })
  await watched('b')
  await expect(copy.keep(6 * MIB)).rejects.toMatchObject({ code: 'quota_exceeded' })
  copy.drop()
  await watched('a')
  await reservation.settle(4 * MIB)
  expect(reservation.signal.aborted).toBe(false)
})

test('what is kept counts with its size from then on', async () => {
  const budget = budgetWith()
  space.ownerLimitBytes = 10 * MIB
  const reservation = await fetched(budget, 'a')
  const copy = await reservation.reserveCopy({ expectedBytes: 8 * MIB, otherBytes: MIB })
  await copy.keep(6 * MIB)
  expect((await admit(budget, 'b')).ownerBytes).toBe(3 * MIB)
  await reservation.settle(7 * MIB)
})
