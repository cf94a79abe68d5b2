/** A job that waits for the start of its stream: it holds nothing but its place among the waiting ones, and is bounded. */
import { expect, test } from '@jest/globals'
import { JobFailure, type StartWaitLimits } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const CLIENT = '192.0.2.1'
const startWaits: StartWaitLimits = { longestMs: 7 * DAY, marginMs: 0, spreadMs: 0 }
const WAITING = { options: { wait_for_start: true } }

const notStarted = (startsAt?: number) =>
  scriptedTask({
    prepare: () => Promise.reject(new JobFailure('live_not_started', startsAt === undefined ? {} : { startsAt })),
  })

const waits = (id: string, gateway: Awaited<ReturnType<typeof rig.gateway>>) =>
  eventually(async () => {
    const job = await found(gateway, id)
    if (job.nextAttemptAt === null) throw new Error(`${id} is ${job.state} (${job.failure})`)
    return job
  })

test.each(['info', 'download'] as const)(
  '%s: it is queued, with the reason and the time, and has used no attempt',
  async (kind) => {
    const gateway = await rig.gateway()
    const startsAt = Date.now() + HOUR
    const task = notStarted(startsAt)
    await rig.worker(kind, task[kind], { startWaits })
    const id = await submitted(gateway, kind, WAITING)
    const job = await waits(id, gateway)
    expect(Math.abs((job.nextAttemptAt ?? 0) - startsAt)).toBeLessThan(MINUTE)
    expect(job).toMatchObject({
      state: 'queued',
      failure: 'live_not_started',
      startsAt,
      attemptsEnded: 0,
      attemptsBegun: 1,
    })
    expect(await rig.bull(kind).getDelayedCount()).toBe(1)
  },
)

test('one worker that does one job at once goes on with others meanwhile', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: async ({ envelope }) => {
      if (envelope.options.wait_for_start) throw new JobFailure('live_not_started', { startsAt: Date.now() + HOUR })
    },
  })
  await rig.worker('info', task.info, { startWaits, concurrency: 1 })
  const first = await submitted(gateway, 'info', WAITING)
  const second = await submitted(gateway, 'info')
  await becomes(gateway, second, 'completed')
  expect((await waits(first, gateway)).state).toBe('queued')
})

test('when the time has come it runs again, and ends', async () => {
  const gateway = await rig.gateway()
  const startsAt = Date.now() + 1200
  const task = scriptedTask({
    prepare: async () => {
      if (Date.now() < startsAt) throw new JobFailure('live_not_started', { startsAt })
    },
  })
  await rig.worker('info', task.info, { startWaits })
  const id = await submitted(gateway, 'info', WAITING)
  await waits(id, gateway)
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsBegun: 1, failure: null })
  expect(task.prepared).toHaveLength(2)
})

test('without the option, or where no worker waits, it fails at once and says when', async () => {
  const gateway = await rig.gateway()
  const startsAt = Date.now() + HOUR
  const first = await rig.worker('info', notStarted(startsAt).info, { startWaits })
  const unasked = await becomes(gateway, await submitted(gateway, 'info'), 'failed')
  expect(unasked).toMatchObject({ failure: 'live_not_started', startsAt })
  await first.close()
  await rig.worker('info', notStarted(startsAt).info)
  expect(await becomes(gateway, await submitted(gateway, 'info', WAITING), 'failed')).toMatchObject({ startsAt })
})

test.each([
  ['nobody knows', undefined],
  ['is too far ahead', Date.now() + 8 * DAY],
])('a start that %s is not waited for', async (_, startsAt) => {
  const gateway = await rig.gateway()
  await rig.worker('info', notStarted(startsAt).info, { startWaits })
  const id = await submitted(gateway, 'info', WAITING)
  expect(await becomes(gateway, id, 'failed')).toMatchObject({
    failure: 'live_not_started',
    startsAt: startsAt ?? null,
  })
})

test('where as many jobs wait as may, one more fails and says when', async () => {
  const gateway = await rig.gateway()
  const startsAt = Date.now() + HOUR
  await rig.worker('info', notStarted(startsAt).info, { startWaits: { ...startWaits, waitingMax: 1 } })
  const first = await submitted(gateway, 'info', WAITING)
  await waits(first, gateway)
  const second = await submitted(gateway, 'info', WAITING)
  expect(await becomes(gateway, second, 'failed')).toMatchObject({ failure: 'live_not_started', startsAt })
  expect(await found(gateway, first)).toMatchObject({ state: 'queued', startsAt })
})

test('a stream that is put off again and again is given up', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: () => Promise.reject(new JobFailure('live_not_started', { startsAt: Date.now() + 200 })),
  })
  await rig.worker('info', task.info, { startWaits })
  const id = await submitted(gateway, 'info', WAITING)
  await eventually(() => task.prepared.length > 3)
  await rig.redis.hset(`{video-scraper}:info:${id}`, 'startWaits', 100)
  expect(await becomes(gateway, id, 'failed')).toMatchObject({ failure: 'live_not_started', attemptsEnded: 1 })
})

test('it counts as waiting until it is cancelled, which is at once, and without any worker', async () => {
  const gateway = await rig.gateway({ waitingJobsPerClient: 1, downloadsPerClient: 1 })
  const consumer = await rig.worker('download', notStarted(Date.now() + HOUR).download, { startWaits })
  const id = await submitted(gateway, 'download', WAITING)
  const job = await waits(id, gateway)
  await consumer.close()
  expect(await gateway.submit(jobRequest('download'))).toMatchObject({ accepted: false })
  expect(await gateway.cancel(job)).toBe('cancelled')
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', nextAttemptAt: null })
  expect(await gateway.submit(jobRequest('download'))).toMatchObject({ accepted: true })
  const task = notStarted()
  await rig.worker('download', task.download, { startWaits })
  await eventually(() => task.discarded.includes(id))
  expect(task.prepared).not.toContain(id)
})

test('who cancels in the moment in which it is put back need not wait for the start', async () => {
  const gateway = await rig.gateway()
  const task = notStarted(Date.now() + HOUR)
  let id = ''
  const limits = {
    ...startWaits,
    // Read after the attempt has looked for a verdict, and before the job is moved.
    get longestMs() {
      void rig.redis.hset(`{video-scraper}:info:${id}`, 'verdict', 'cancelled')
      return 7 * DAY
    },
  }
  id = await submitted(gateway, 'info', WAITING)
  await rig.worker('info', task.info, { startWaits: limits })
  await eventually(() => task.discarded.includes(id))
  expect(await rig.bull('info').getDelayedCount()).toBe(0)
  expect((await found(gateway, id)).state).toBe('cancelled')
})

test('a wait that is longer than records are kept leaves it in the list, and counted', async () => {
  const lifetimeMs = 60_000
  const gateway = await rig.gateway({ waitingJobsPerClient: 2, lifetimeMs })
  const startsAt = Date.now() + HOUR
  await rig.worker('info', notStarted(startsAt).info, { startWaits, recordLifetimeMs: lifetimeMs })
  const id = await submitted(gateway, 'info', WAITING)
  await waits(id, gateway)
  for (const set of [keys.jobs('anonymous'), keys.unfinished('info', CLIENT)])
    expect(await rig.redis.pttl(set)).toBeGreaterThan(HOUR)
  expect(Number(await rig.redis.zscore(keys.jobs('anonymous'), id))).toBeGreaterThan(startsAt - lifetimeMs)
  // Another request makes nobody's list shorter.
  await submitted(gateway, 'info', { limitSubject: '192.0.2.9' })
  expect((await gateway.list('anonymous', 50))?.jobs.map((job) => job.id)).toContain(id)
  expect(await rig.redis.pttl(keys.jobs('anonymous'))).toBeGreaterThan(HOUR)
})

test('what an earlier attempt failed over is reported no more while it waits', async () => {
  const gateway = await rig.gateway()
  let attempts = 0
  const startsAt = Date.now() + HOUR
  const task = scriptedTask({
    prepare: () => {
      attempts += 1
      if (attempts === 1) return Promise.reject(new JobFailure('rate_limited', { retryAfterMs: 1 }))
      return Promise.reject(new JobFailure('live_not_started', { startsAt }))
    },
  })
  await rig.worker('info', task.info, { startWaits })
  const id = await submitted(gateway, 'info', WAITING)
  await eventually(async () => (await found(gateway, id)).startsAt !== null)
  expect(await waits(id, gateway)).toMatchObject({ failure: 'live_not_started', startsAt, attemptsEnded: 1 })
})

test('a failure that comes later is reported in place of the wait', async () => {
  const gateway = await rig.gateway()
  let attempts = 0
  const task = scriptedTask({
    prepare: () => {
      attempts += 1
      const code = attempts === 1 ? 'live_not_started' : 'private_video'
      return Promise.reject(new JobFailure(code, { startsAt: Date.now() + 300 }))
    },
  })
  await rig.worker('info', task.info, { startWaits })
  const id = await submitted(gateway, 'info', WAITING)
  expect(await becomes(gateway, id, 'failed')).toMatchObject({ failure: 'private_video' })
})
