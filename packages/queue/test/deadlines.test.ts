/** A job with `expires_in` ends when its time is over, wherever it is: waiting, running, put off, or held by a worker that is gone. */
import { expect, test } from '@jest/globals'
import { JobFailure, WaitUntil } from '@video-scraper/core'
import { childIdOf, type JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { createExpireDue } from '../src/execution/deadlines.ts'
import { createArbiter } from '../src/execution/verdict.ts'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'
import { useWorkerProcesses } from './worker-process.ts'

const rig = useQueue()
const workerProcess = useWorkerProcesses()
const HOUR_S = 3600
const forever = new Promise<never>(() => undefined)
const untilStopped = () => scriptedTask({ prepare: (_, signal) => unlessStopped(signal, forever) })
const callback = { url: 'http://example.com/hook', secretKeyId: 'key' }
const expired = { state: 'failed', failure: 'job_expired', result: null, nextAttemptAt: null, waitingFor: null }

const wanted = (gateway: JobQueue, kind: 'info' | 'download' | 'playlist' = 'download', change = {}) =>
  submitted(gateway, kind, { options: { expires_in: HOUR_S }, ...change })
/** Its time is over; false where it had none. */
const timeIsOver = async (id: string) => (await rig.redis.zadd(keys.deadlines, 'XX', 'CH', Date.now() - 1, id)) === 1
const expire = async (gateway: JobQueue, id: string) => {
  expect(await timeIsOver(id)).toBe(true)
  expect(await expiredBy(gateway)).toBe(1)
}
const expiredBy = async (gateway: JobQueue) => {
  const { expired, failures } = await gateway.expireDue()
  expect(failures).toEqual([])
  return expired
}
/** Jobs that somebody will look at. */
const lines = async () => (await rig.redis.zcard(keys.deadlines)) + (await rig.redis.zcard(keys.overdue))

test('the time begins with the admission, by the clock of Redis; a job without it has none', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway)
  await submitted(gateway, 'download')
  const at = Number(await rig.redis.zscore(keys.deadlines, id))
  const [seconds] = await rig.redis.time()
  expect(Math.abs(at - (Number(seconds) + HOUR_S) * 1000)).toBeLessThan(20_000)
  expect(await lines()).toBe(1)
  expect(await expiredBy(gateway)).toBe(0)
  expect(await found(gateway, id)).toMatchObject({ state: 'queued' })
})

test('a cancel that comes first in the very moment of the look is looked at until BullMQ has ended the job', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway)
  await timeIsOver(id)
  const look = createExpireDue({
    redis: rig.redis,
    find: async (each) => {
      const job = await gateway.find(each)
      if (job !== null) expect(await gateway.cancel(job)).toBe('cancelled')
      return job
    },
    endEarly: ({ kind }, verdict) => createArbiter(rig.redis).endEarly(kind, id, verdict),
  })
  expect(await look()).toEqual({ expired: 0, failures: [] })
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled' })
  expect(await rig.redis.zscore(keys.overdue, id)).not.toBeNull()
})

test('a request that is admitted again after a crash begins no new time', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway)
  await rig.redis.zadd(keys.deadlines, 4711, id)
  await rig.redis.del(`{video-scraper}:download:${id}`)
  await gateway.submit(jobRequest('download', { options: { expires_in: HOUR_S } }), { id })
  expect(await rig.redis.zscore(keys.deadlines, id)).toBe('4711')
})

test('a waiting job has failed at once, also without any worker: its slot is free, its end in the outbox, and it is never started', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 1 })
  const id = await wanted(gateway, 'download', { callback })
  expect(await gateway.submit(jobRequest('download'))).toMatchObject({ accepted: false })
  await expire(gateway, id)
  const ended = await found(gateway, id)
  expect(ended).toMatchObject({ ...expired, startedAt: null })
  expect(ended.finishedAt).toBeGreaterThanOrEqual(ended.createdAt)
  expect(ended.revision % 2).toBe(1)
  expect(await rig.redis.exists(`{video-scraper}:announcement:announce-${id}`)).toBe(1)
  expect(await gateway.cancel(ended)).toBe('expired')
  const other = await submitted(gateway, 'download')
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await becomes(gateway, other, 'completed')
  await eventually(() => expect(task.discarded).toEqual(expect.arrayContaining([id, other])))
  expect(task.prepared).toEqual([other])
  await eventually(async () => expect(await rig.redis.hexists(`{video-scraper}:download:${id}`, 'processedOn')).toBe(1))
  const drained = await found(gateway, id)
  expect(drained).toMatchObject({ ...expired, startedAt: null, attemptsBegun: 0, finishedAt: ended.finishedAt })
  expect(rig.log.find(({ message, jobId }) => message === 'job ended' && jobId === id)).toMatchObject({
    outcome: 'failed',
  })
  await eventually(async () => expect(await lines()).toBe(0))
})

test('a slot that nobody released counts no more for the limit, and what an expired job left may go', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 1 })
  const id = await wanted(gateway)
  await rig.redis.hset(`{video-scraper}:download:${id}`, 'verdict', 'expired', 'verdictAt', Date.now())
  expect(await rig.keeper().isUnfinished(id)).toBe(false)
  expect(await gateway.submit(jobRequest('download'))).toMatchObject({ accepted: true })
})

test('a running job is stopped, and not tried again; others go on', async () => {
  const gateway = await rig.gateway()
  const task = untilStopped()
  await rig.worker('download', task.download, { concurrency: 2 })
  const [id, other] = [await wanted(gateway), await submitted(gateway, 'download')]
  for (const each of [id, other]) await becomes(gateway, each, 'running')
  await expire(gateway, id)
  await eventually(() => expect(task.discarded).toEqual([id]))
  expect(await found(gateway, id)).toMatchObject({ ...expired, attemptsBegun: 1 })
  expect(await found(gateway, other)).toMatchObject({ state: 'running' })
})

test('a running job whose message was lost is stopped at the next look, and one that heeds no signal publishes nothing', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({
    prepare: ({ envelope }, signal) =>
      envelope.url.endsWith('deaf') ? latch.opened : unlessStopped(signal, forever).then(() => undefined),
  })
  await rig.worker('download', task.download, { concurrency: 2 })
  const deaf = await wanted(gateway, 'download', { url: 'http://example.com/deaf' })
  const hearing = await wanted(gateway)
  for (const id of [deaf, hearing]) {
    await becomes(gateway, id, 'running')
    await rig.redis.hset(`{video-scraper}:download:${id}`, 'verdict', 'expired', 'verdictAt', Date.now())
  }
  // Before anybody looks.
  latch.open()
  await eventually(() => expect(task.discarded).toEqual([deaf, hearing]))
  expect(task.published).toEqual([])
  for (const id of [deaf, hearing]) expect(await found(gateway, id)).toMatchObject(expired)
})

test.each([
  ['its next attempt', () => new JobFailure('network_error', { retryAfterMs: 600_000 })],
  ['a rest of its site', () => new WaitUntil('site_rest', Date.now() + 600_000)],
])('a job that waits for %s is woken and drained, and its end says that its time was over', async (_what, reason) => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: () => Promise.reject(reason()) })
  await rig.worker('download', task.download)
  const id = await wanted(gateway)
  await eventually(async () => expect((await found(gateway, id)).nextAttemptAt).not.toBeNull())
  await expire(gateway, id)
  expect(await found(gateway, id)).toMatchObject(expired)
  await eventually(async () => expect(await rig.redis.hexists(`{video-scraper}:download:${id}`, 'finishedOn')).toBe(1))
  expect(task.discarded).toContain(id)
  expect(task.prepared).toEqual([id])
  expect(await rig.bull('download').getDelayedCount()).toBe(0)
  expect(await found(gateway, id)).toMatchObject(expired)
})

test('what is being published is published, and what ended by itself leaves no time behind', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ publish: () => latch.opened })
  await rig.worker('download', task.download)
  const id = await wanted(gateway)
  await eventually(() => expect(task.published).toEqual([id]))
  await timeIsOver(id)
  const expiredJobs = await expiredBy(gateway)
  const left = await lines()
  latch.open()
  expect([expiredJobs, left]).toEqual([0, 0])
  await becomes(gateway, id, 'completed')
  await becomes(gateway, await wanted(gateway), 'completed')
  await eventually(async () => expect(await lines()).toBe(0))
})

test('a cancel that came first stands', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway)
  await gateway.cancel(await found(gateway, id))
  await timeIsOver(id)
  expect(await expiredBy(gateway)).toBe(0)
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', failure: null })
})

test('killed after the verdict, the next look does the rest; many processes at once do it once', async () => {
  const gateways = [await rig.gateway({ downloadsPerClient: 1 }), await rig.gateway(), await rig.gateway()]
  const [gateway] = gateways as [JobQueue]
  const id = await wanted(gateway, 'download', { callback })
  await rig.redis.hset(`{video-scraper}:download:${id}`, 'verdict', 'expired', 'verdictAt', Date.now())
  await timeIsOver(id)
  await Promise.all(gateways.map((each) => each.expireDue()))
  expect(await rig.redis.zcard(keys.slots('192.0.2.1'))).toBe(0)
  expect(await rig.bull('download').getPrioritizedCount()).toBe(0)
  expect(await rig.redis.exists(`{video-scraper}:announcement:announce-${id}`)).toBe(1)
})

test('a time whose job is not there yet is kept for a moment, and then goes', async () => {
  const gateway = await rig.gateway()
  const id = childIdOf('info', 'none', 0)
  await rig.redis.zadd(keys.deadlines, Date.now() - 1000, id)
  for (let look = 0; look < 2; look += 1) await gateway.expireDue()
  expect(await lines()).toBe(1)
  await rig.redis.zadd(keys.overdue, Date.now() - 1, id)
  await gateway.expireDue()
  expect(await lines()).toBe(0)
})

test('a playlist whose time is over takes its jobs with it, also one that was being made in that moment', async () => {
  const gateway = await rig.gateway()
  const parent = await wanted(gateway, 'playlist')
  await expire(gateway, parent)
  let asked = 0
  await rig.worker('playlist', {
    prepare: async () => null,
    publish: () => Promise.reject(new Error('It was expired.')),
    beforeCancelled: async () => {
      asked += 1
    },
    discard: async () => undefined,
  })
  await eventually(() => expect(asked).toBe(1))
  const child = await submitted(gateway, 'info', { parent: { id: parent, entry: 0 } })
  const task = scriptedTask()
  await rig.worker('info', task.info)
  await becomes(gateway, child, 'cancelled')
  expect(task.prepared).toEqual([])
  expect(await found(gateway, parent)).toMatchObject(expired)
})

test('kill -9 of the worker that runs it: it has failed in time, and no worker goes on with it', async () => {
  const gateway = await rig.gateway()
  const timings = { lockMs: 1000, stalledEveryMs: 250 }
  const worker = await workerProcess({ url: rig.server.url, kind: 'download', prepare: 'holds', ...timings })
  const id = await wanted(gateway)
  await worker.says(`prepare ${id}`)
  await worker.kill9()
  await expire(gateway, id)
  expect(await found(gateway, id)).toMatchObject(expired)
  const task = scriptedTask()
  await rig.worker('download', task.download, timings)
  await eventually(() => expect(task.discarded).toContain(id))
  await eventually(async () => expect(await rig.redis.hexists(`{video-scraper}:download:${id}`, 'finishedOn')).toBe(1))
  expect(task.prepared).toEqual([])
  expect(await found(gateway, id)).toMatchObject(expired)
})
