/** So many waiting jobs per client and queue: never one more, and never fewer because something was counted for ever. */
import { expect, test } from '@jest/globals'
import type { JobKind } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const CLIENT = '192.0.2.1'
const THREE = { waitingJobsPerClient: 3 }
const counted = (kind: JobKind = 'info') => rig.redis.zrange(keys.unfinished(kind, CLIENT), 0, '-1')
const another = (gateway: JobQueue, kind: JobKind = 'info') => gateway.submit(jobRequest(kind))
const refused = { accepted: false, refusal: 'too_many_waiting_jobs', waitMs: expect.any(Number) }

async function fill(gateway: JobQueue, jobs = 3, kind: JobKind = 'info'): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < jobs; at += 1) ids.push(await submitted(gateway, kind))
  return ids
}

test('one waiting job more than allowed is refused, and leaves nothing behind', async () => {
  const gateway = await rig.gateway(THREE)
  const ids = await fill(gateway)
  expect(await another(gateway)).toEqual(refused)
  expect((await counted()).toSorted()).toEqual(ids.toSorted())
  expect((await gateway.list('anonymous', 50))?.jobs).toHaveLength(3)
  expect(await rig.bull('info').getPrioritizedCount()).toBe(3)
})

test('somebody else, and the other queue, are not refused', async () => {
  const gateway = await rig.gateway(THREE)
  await fill(gateway)
  await submitted(gateway, 'info', { limitSubject: '192.0.2.2' })
  await fill(gateway, 3, 'download')
  expect(await another(gateway, 'download')).toEqual(refused)
})

test('a refused download takes no place among the unfinished ones', async () => {
  const gateway = await rig.gateway({ ...THREE, downloadsPerClient: 10 })
  await fill(gateway, 3, 'download')
  expect(await another(gateway, 'download')).toEqual(refused)
  expect(await rig.redis.zcard(keys.slots(CLIENT))).toBe(3)
})

test('0 is no limit, and nothing is counted', async () => {
  const gateway = await rig.gateway({ waitingJobsPerClient: 0 })
  await fill(gateway, 5)
  expect(await rig.redis.exists(keys.unfinished('info', CLIENT))).toBe(0)
})

test('fifty requests at once over two gateways get exactly as many as allowed', async () => {
  const gateways = [await rig.gateway(THREE), await rig.gateway(THREE)]
  const answers = await Promise.all(Array.from({ length: 50 }, (_, at) => gateways[at % 2]?.submit(jobRequest('info'))))
  expect(answers.filter((answer) => answer?.accepted)).toHaveLength(3)
})

test('a job that runs is not waiting', async () => {
  const gateway = await rig.gateway(THREE)
  const task = scriptedTask({ prepare: (_job, signal) => unlessStopped(signal, gate().opened) })
  await rig.worker('info', task.info)
  const [first = ''] = await fill(gateway, 1)
  await becomes(gateway, first, 'running')
  await fill(gateway)
  expect(await another(gateway)).toEqual(refused)
})

test('a failed attempt that will be tried again is waiting', async () => {
  const gateway = await rig.gateway(THREE)
  const task = scriptedTask({ prepare: () => Promise.reject(new JobFailure('rate_limited', { retryAfterMs: 60_000 })) })
  await rig.worker('info', task.info)
  await fill(gateway)
  await eventually(async () => (await rig.bull('info').getDelayedCount()) === 3)
  expect(await another(gateway)).toEqual(refused)
})

test.each([
  ['completed', () => Promise.resolve()],
  ['failed', () => Promise.reject(new JobFailure('private_video'))],
])('a job that has %s is not counted any more', async (state, prepare) => {
  const gateway = await rig.gateway(THREE)
  const ids = await fill(gateway)
  await rig.worker('info', scriptedTask({ prepare }).info)
  for (const id of ids) await becomes(gateway, id, state as 'completed')
  await eventually(async () => (await counted()).length === 0)
})

test('a cancelled job is not counted any more, without any worker', async () => {
  const gateway = await rig.gateway(THREE)
  const [first = ''] = await fill(gateway)
  await gateway.cancel(await found(gateway, first))
  expect((await another(gateway)).accepted).toBe(true)
  expect(await another(gateway)).toEqual(refused)
})

test.each(['ended', 'cancelled', 'removed', 'never added'])(
  'a job that was %s while nobody could count it out is found at the limit',
  async (fate) => {
    const gateway = await rig.gateway(THREE)
    const [first = ''] = await fill(gateway)
    const job = `{video-scraper}:info:${first}`
    if (fate === 'ended') await rig.redis.hset(job, 'finishedOn', 1)
    if (fate === 'cancelled') await rig.redis.hset(job, 'verdict', 'cancelled')
    if (fate === 'removed' || fate === 'never added') {
      await rig.redis.del(job)
      await rig.redis.zadd(keys.unfinished('info', CLIENT), Date.now() - 10_500, first)
    }
    expect((await another(gateway)).accepted).toBe(true)
    expect(await counted()).not.toContain(first)
    expect(await another(gateway)).toEqual(refused)
  },
)

test('what is left of a client that never comes back is gone with the records', async () => {
  const gateway = await rig.gateway({ ...THREE, lifetimeMs: 60_000 })
  await fill(gateway, 1)
  expect(await rig.redis.pttl(keys.unfinished('info', CLIENT))).toBeGreaterThan(0)
})

test('the wait that a refusal names is the serviceRate of the queue, shared among the clients that wait', async () => {
  const gateway = await rig.gateway(THREE)
  await fill(gateway)
  const unknown = await another(gateway)
  expect(unknown).toMatchObject({ waitMs: 15_000 })
  // Four seconds between two starts, the last of them just now.
  await rig.redis.hset(keys.serviceRate('info'), { mean: 4000, last: Date.now() })
  expect(await another(gateway)).toMatchObject({ waitMs: 4000 })
  await submitted(gateway, 'info', { limitSubject: '192.0.2.2' })
  expect(await another(gateway)).toMatchObject({ waitMs: 8000 })
  const full = await rig.gateway({ waitingJobs: 4 })
  expect(await another(full)).toMatchObject({ refusal: 'queue_full', waitMs: 4000 })
  // Nothing has been started for a minute: the mean is of no use any more.
  await rig.redis.hset(keys.serviceRate('info'), { last: Date.now() - 60_000 })
  const { waitMs = 0 } = (await another(full)) as { waitMs?: number }
  expect(waitMs).toBeGreaterThanOrEqual(60_000)
})

test('workers note the serviceRate: the last start, and a mean once there were two', async () => {
  const gateway = await rig.gateway()
  const ids = await fill(gateway)
  await rig.worker('info', scriptedTask().info)
  for (const id of ids) await becomes(gateway, id, 'completed')
  const { mean, last } = await rig.redis.hgetall(keys.serviceRate('info'))
  expect(Math.abs(Date.now() - Number(last))).toBeLessThan(60_000)
  expect(Number(mean)).toBeGreaterThanOrEqual(0)
})
