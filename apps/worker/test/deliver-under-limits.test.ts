/** The delivery of a staged file where something around it is short, slow or away: time, disk, quota, names, Redis. */
import { createHash } from 'node:crypto'
import { access } from 'node:fs/promises'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { createByteClaims } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { CONTENT, failure, JOB_ID, OWNER, useDeliveries } from './delivery-rig.ts'

const deliveries = useDeliveries()

test('while Redis takes no writes nothing is sent', async () => {
  const { prepare } = await deliveries.setUp({ reportNow: () => Promise.reject(new Error('OOM')) })
  expect(await failure(prepare())).toMatchObject({ message: 'OOM' })
  expect(deliveries.store.sent).toEqual([])
})

test('a name that is not found now is asked for again when the file is there', async () => {
  const { prepare, prepared } = await deliveries.setUp({ origin: 'http://nowhere.example' })
  expect(await failure(prepare())).toMatchObject({ code: 'delivery_failed', cause: { message: 'host_not_found' } })
  expect(prepared()).toBe(1)
})

test('names are resolved on the share of the client, which owners have in common', async () => {
  const { prepare, requesters } = await deliveries.setUp()
  await prepare()
  expect(requesters).toEqual(Array(2).fill({ owner: '192.0.2.1', job: JOB_ID }))
})

test.each([
  ['the delivery', 0, false],
  ['fetching', 1500, true],
])('where %s took most of the time of the attempt, another one: %#', async (_, prepareMs, retryable) => {
  deliveries.store.answer('hang')
  const stop = new AbortController()
  const { prepare } = await deliveries.setUp({ prepareMs, signal: stop.signal })
  const failed = failure(prepare())
  await eventually(() => deliveries.store.sent[0]?.sha256 != null)
  await sleep(200)
  stop.abort(new Stop('timeout'))
  expect(await failed).toMatchObject({ code: 'delivery_failed', retryable })
})

test('a disk that is full does not keep a finished file from its store', async () => {
  const { prepare, entry } = await deliveries.setUp()
  deliveries.setFreeBytes(0)
  await prepare()
  expect(deliveries.store.sent).toMatchObject([{ sha256: entry.sha256 }])
})

test('a disk that fills up during the delivery does not end it', async () => {
  deliveries.store.answer('hang')
  const stop = new AbortController()
  const { prepare, folder } = await deliveries.setUp({ signal: stop.signal })
  const failed = failure(prepare())
  await eventually(() => deliveries.store.sent.length === 1)
  deliveries.setFreeBytes(-1)
  // Longer than the disk is looked at.
  await sleep(1500)
  stop.abort(new Stop('shutdown'))
  expect(await failed).toMatchObject({ reason: 'shutdown' })
  await access(folder)
})

test('what was delivered already needs no place', async () => {
  const sha256 = createHash('sha256').update(CONTENT).digest('hex')
  const { prepare, staged } = await deliveries.setUp({ delivered: { at: 1, sha256 } })
  await createByteClaims(deliveries.redis).claim({
    subject: { owner: OWNER },
    jobId: 'other',
    bytes: 95,
    totalBytes: 100,
  })
  expect(await prepare()).toBe(staged)
})

test('what waits to be delivered counts against its owner', async () => {
  const { prepare, folder } = await deliveries.setUp()
  const claims = createByteClaims(deliveries.redis)
  await claims.claim({ subject: { owner: OWNER }, jobId: 'other', bytes: 95, totalBytes: 100 })
  expect(await failure(prepare())).toMatchObject({ code: 'quota_exceeded' })
  expect(deliveries.store.sent).toEqual([])
  await access(folder)
})
