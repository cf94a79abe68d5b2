/** A job that was cancelled is found again until BullMQ has ended it, whoever is killed in the moment of the cancel. */
import { expect, test } from '@jest/globals'
import { WaitUntil } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { createArbiter } from '../src/execution/verdict.ts'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const recordOf = (id: string) => `{video-scraper}:download:${id}`
const NOTHING = { expired: 0, failures: [] }

const cancel = async (gateway: JobQueue, id: string) =>
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
const lines = () => rig.redis.zrange(keys.overdue, 0, '-1')
const secondsUntilLook = async (id: string) => (Number(await rig.redis.zscore(keys.overdue, id)) - Date.now()) / 1000
const lookIsDue = async (id: string) =>
  expect(await rig.redis.zadd(keys.overdue, 'XX', 'CH', Date.now() - 1, id)).toBe(1)
const hasEnded = (id: string) =>
  eventually(async () => expect(await rig.redis.hexists(recordOf(id), 'finishedOn')).toBe(1))

test('a gateway that is killed after the verdict: a later look frees the slot and wakes the job', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 1 })
  const task = scriptedTask({ prepare: () => Promise.reject(new WaitUntil('site_rest', Date.now() + 600_000)) })
  const worker = await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(async () => expect((await found(gateway, id)).nextAttemptAt).not.toBeNull())
  await worker.close()
  expect(await createArbiter(rig.redis).endEarly('download', id, 'cancelled')).toBe('cancelled')
  await lookIsDue(id)
  expect(await gateway.expireDue()).toEqual(NOTHING)
  expect(await rig.bull('download').getDelayedCount()).toBe(0)
  expect(await rig.redis.zcard(keys.slots('192.0.2.1'))).toBe(0)
  expect(await secondsUntilLook(id)).toBeGreaterThan(20)
})

test('what is drained at once leaves no line, and a look finds what was drained by a worker that was killed then', async () => {
  const gateway = await rig.gateway()
  const [drained, other] = [await submitted(gateway, 'download'), await submitted(gateway, 'download')]
  for (const id of [drained, other]) await cancel(gateway, id)
  expect((await lines()).toSorted()).toEqual([drained, other].toSorted())
  await rig.worker('download', scriptedTask().download)
  for (const id of [drained, other]) await hasEnded(id)
  await eventually(async () => expect(await lines()).toEqual([]))
  await rig.redis.zadd(keys.overdue, Date.now() - 1, other, Date.now() - 1, 'download_of_nobody')
  expect(await gateway.expireDue()).toEqual(NOTHING)
  expect(await lines()).toEqual([])
})

test('a cancel that is repeated does not put the look off, and what has ended or is being published gets none', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  await cancel(gateway, id)
  const first = await rig.redis.zscore(keys.overdue, id)
  await cancel(gateway, id)
  expect(await rig.redis.zscore(keys.overdue, id)).toBe(first)
  const [completed, committed] = [await submitted(gateway, 'info'), await submitted(gateway, 'info')]
  await rig.worker('info', scriptedTask().info)
  await becomes(gateway, completed, 'completed')
  await becomes(gateway, committed, 'completed')
  await rig.redis.hset(`{video-scraper}:info:${committed}`, 'verdict', 'committed')
  await rig.redis.hdel(`{video-scraper}:info:${committed}`, 'finishedOn')
  expect(await gateway.cancel(await found(gateway, completed))).toBe('finished')
  expect(await gateway.cancel(await found(gateway, committed))).toBe('committed')
  expect(await lines()).toEqual([id])
})

test('a line of a job that has no time and was not cancelled ends nothing', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  await rig.redis.zadd(keys.overdue, Date.now() - 1, id)
  expect(await gateway.expireDue()).toEqual(NOTHING)
  expect([(await found(gateway, id)).state, await lines()]).toEqual(['queued', []])
})
