/** A job whose time is over is found again until BullMQ has ended it, whoever looks, is killed or comes too late. */
import { expect, test } from '@jest/globals'
import { WaitUntil } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { createAddJob } from '../src/admission/add-job.ts'
import { createAdmission } from '../src/admission/admission.ts'
import { createSubmit } from '../src/admission/submit.ts'
import { openQueues } from '../src/queues.ts'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask } from './scripted-task.ts'
import { useWorkerProcesses } from './worker-process.ts'

const rig = useQueue()
const workerProcess = useWorkerProcesses()
const forever = new Promise<never>(() => undefined)
const expired = { state: 'failed', failure: 'job_expired', result: null }
const recordOf = (id: string) => `{video-scraper}:download:${id}`

const wanted = (gateway: JobQueue, seconds = 3600, change = {}) =>
  submitted(gateway, 'download', { options: { expires_in: seconds }, ...change })
const cancel = async (gateway: JobQueue, id: string) =>
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
const expire = async (gateway: JobQueue, id: string) => {
  expect(await rig.redis.zadd(keys.deadlines, 'XX', 'CH', Date.now() - 1, id)).toBe(1)
  expect(await gateway.expireDue()).toEqual({ expired: 1, failures: [] })
}
const lines = async () => [
  ...(await rig.redis.zrange(keys.deadlines, 0, '-1')),
  ...(await rig.redis.zrange(keys.overdue, 0, '-1')),
]
const secondsUntilLook = async (id: string) => (Number(await rig.redis.zscore(keys.overdue, id)) - Date.now()) / 1000
const lookIsDue = (id: string) => rig.redis.zadd(keys.overdue, 'XX', Date.now() - 1, id)
const hasEnded = (id: string) =>
  eventually(async () => expect(await rig.redis.hexists(recordOf(id), 'finishedOn')).toBe(1))
const timePasses = (id: string) =>
  eventually(
    async () => expect(Date.now()).toBeGreaterThan(Number((await found(await rig.gateway(), id)).envelope.expiresAt)),
    { everyMs: 100 },
  )

test('nobody looks, and an attempt that begins after the time does not begin', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway, 1)
  await timePasses(id)
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await hasEnded(id)
  expect(task.prepared).toEqual([])
  expect(await found(gateway, id)).toMatchObject({ ...expired, startedAt: null, attemptsBegun: 0 })
  await eventually(async () => expect(await lines()).toEqual([]))
})

test('nobody looks, and an attempt that comes to its end after the time publishes nothing; it keeps the time at which it began', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: () => latch.opened })
  await rig.worker('download', task.download)
  const id = await wanted(gateway, 3)
  await eventually(() => expect(task.prepared).toEqual([id]))
  const { startedAt } = await found(gateway, id)
  await timePasses(id)
  latch.open()
  await hasEnded(id)
  expect(task.published).toEqual([])
  expect(await found(gateway, id)).toMatchObject({ ...expired, attemptsBegun: 1, startedAt })
})

test('the time at which a job began does not change when it is drained by another worker', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: () => Promise.reject(new WaitUntil('site_rest', Date.now() + 600_000)) })
  const worker = await rig.worker('download', task.download)
  const id = await wanted(gateway)
  await eventually(async () => expect((await found(gateway, id)).nextAttemptAt).not.toBeNull())
  await worker.close()
  await expire(gateway, id)
  const { startedAt, finishedAt } = await found(gateway, id)
  expect(startedAt).not.toBeNull()
  await rig.worker('download', task.download)
  await hasEnded(id)
  expect(await found(gateway, id)).toMatchObject({ ...expired, startedAt, finishedAt, attemptsBegun: 1 })
})

test('what is being published completes after its time', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ publish: () => latch.opened })
  await rig.worker('download', task.download)
  const id = await wanted(gateway, 3)
  await eventually(() => expect(task.published).toEqual([id]))
  await timePasses(id)
  await gateway.expireDue()
  latch.open()
  await becomes(gateway, id, 'completed')
})

test.each([
  { when: 'its time was over', options: { expires_in: 3600 }, end: expire, ended: expired },
  { when: 'it was cancelled', options: {}, end: cancel, ended: { state: 'cancelled', failure: null } },
])(
  'a worker that is killed after it put the job off: it was running when $when, so a later look wakes it',
  async ({ options, end, ended }) => {
    const gateway = await rig.gateway()
    const worker = await workerProcess({ url: rig.server.url, kind: 'download', prepare: 'holds' })
    const id = await submitted(gateway, 'download', { options })
    await worker.says(`prepare ${id}`)
    worker.freeze()
    await end(gateway, id)
    expect(await secondsUntilLook(id)).toBeGreaterThan(20)
    // What the worker does last.
    const queue = rig.bull('download')
    const job = await queue.getJob(id)
    await job?.moveToDelayed(Date.now() + 30 * 86_400_000, (await rig.redis.get(`${recordOf(id)}:lock`)) ?? '')
    await worker.kill9()
    await gateway.expireDue()
    expect(await queue.getDelayedCount()).toBe(1)
    await lookIsDue(id)
    expect(await gateway.expireDue()).toEqual({ expired: 0, failures: [] })
    expect(await queue.getDelayedCount()).toBe(0)
    await rig.worker('download', scriptedTask().download)
    await hasEnded(id)
    await eventually(async () => expect(await lines()).toEqual([]))
    expect(await found(gateway, id)).toMatchObject(ended)
    expect(await gateway.remove(await found(gateway, id))).toBe('removed')
  },
)

test('looks at a job that no worker drains grow rare, and end with the job', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway)
  await expire(gateway, id)
  for (const [minutes, least, most] of [
    [0, 25, 31],
    [5, 290, 310],
    [600, 590, 601],
  ] as const) {
    const at = Date.now() - minutes * 60_000
    await rig.redis.hset(recordOf(id), 'timestamp', at, 'verdictAt', at)
    await lookIsDue(id)
    await gateway.expireDue()
    expect(await secondsUntilLook(id)).toBeGreaterThan(least)
    expect(await secondsUntilLook(id)).toBeLessThan(most)
  }
  await rig.redis.hset(recordOf(id), 'finishedOn', Date.now())
  await lookIsDue(id)
  await gateway.expireDue()
  expect(await lines()).toEqual([])
})

test('killed after the claim: nobody else has the job for ten seconds, then it expires', async () => {
  const gateway = await rig.gateway()
  const id = await wanted(gateway)
  await rig.redis
    .multi()
    .zrem(keys.deadlines, id)
    .zadd(keys.overdue, Date.now() + 10_000, id)
    .exec()
  expect(await gateway.expireDue()).toMatchObject({ expired: 0 })
  await lookIsDue(id)
  expect(await gateway.expireDue()).toMatchObject({ expired: 1 })
})

test('a line that was dropped between admission and job comes back with the job', async () => {
  const gateway = await rig.gateway()
  const holding = await rig.connect('gateway')
  const limits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 }
  const admit = createAdmission(holding, limits)
  // Between the two its process is cut off for so long that whoever looked dropped the line.
  const cutOff: typeof admit = async (request) => {
    const admission = await admit(request)
    expect(await holding.zrem(keys.deadlines, request.id)).toBe(1)
    return admission
  }
  const queues = openQueues(holding, () => undefined)
  rig.afterwards(async () => void (await Promise.all(Object.values(queues).map((each) => each.close()))))
  const addJob = createAddJob(holding, queues, { keptJobs: 0, onError: () => undefined })
  const submit = createSubmit({ admit: cutOff, addJob, find: gateway.find })
  const submission = await submit(jobRequest('download', { options: { expires_in: 1 } }))
  const { id } = submission as { id: string }
  const { expiresAt } = (await found(gateway, id)).envelope
  await eventually(async () => expect(await rig.redis.zscore(keys.deadlines, id)).toBe(String(expiresAt)))
  await timePasses(id)
  expect(await gateway.expireDue()).toEqual({ expired: 1, failures: [] })
})

test('a job whose time is over waits on among those of its client, until a worker has drained it', async () => {
  const gateway = await rig.gateway({ waitingJobsPerClient: 2, downloadsPerClient: 1 })
  const id = await wanted(gateway)
  await expire(gateway, id)
  const other = await wanted(gateway)
  await expire(gateway, other)
  expect(await gateway.submit(jobRequest('download'))).toMatchObject({ refusal: 'too_many_waiting_jobs' })
  expect(await rig.keeper().pruneFinishedSlots()).toBe(0)
  await rig.worker('download', scriptedTask().download)
  await hasEnded(other)
  await eventually(async () => expect(await gateway.submit(jobRequest('download'))).toMatchObject({ accepted: true }))
})

test('a job of a playlist that expires wakes the playlist, which waits for it', async () => {
  const gateway = await rig.gateway()
  const parent = await submitted(gateway, 'playlist')
  const playlists = rig.bull('playlist')
  const task = { prepare: () => Promise.reject(new WaitUntil('site_rest', Date.now() + 600_000)) }
  const worker = await rig.worker('playlist', { ...task, publish: () => forever, discard: async () => undefined })
  await eventually(async () => expect(await playlists.getDelayedCount()).toBe(1))
  await worker.close()
  await expire(gateway, await wanted(gateway, 3600, { parent: { id: parent, entry: 0 } }))
  expect(await playlists.getDelayedCount()).toBe(0)
})
