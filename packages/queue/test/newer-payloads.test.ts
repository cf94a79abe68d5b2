/** A job whose payload this worker cannot read, and that has ended by its verdict: it is drained all the same, and never taken again and again. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { type JobKind, PAYLOAD_VERSION } from '@video-scraper/contracts'
import type { CancelledJob, JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { newJobId } from '../src/job-id.ts'
import { found, jobRequest, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const recordOf = (kind: JobKind, id: string) => `{video-scraper}:${kind}:${id}`
const newer = (kind: JobKind, change = {}) => ({
  ...jobRequest(kind),
  version: PAYLOAD_VERSION + 1,
  newField: true,
  ...change,
})

async function put(kind: JobKind, data: unknown): Promise<string> {
  const id = newJobId(kind)
  await rig.bull(kind).add(kind, data, { jobId: id, priority: 1, attempts: 3 })
  return id
}
const putOff = (kind: JobKind) =>
  eventually(async () => expect(await rig.bull(kind).getDelayedCount()).toBe(1), { everyMs: 10 })
const hasEnded = (kind: JobKind, id: string) =>
  eventually(async () => expect(await rig.redis.hexists(recordOf(kind, id), 'finishedOn')).toBe(1))
/** How often a worker has taken it. */
const taken = async (kind: JobKind, id: string) => Number(await rig.redis.hget(recordOf(kind, id), 'ats'))
const cancel = async (gateway: JobQueue, id: string) =>
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
const playlists = (beforeCancelled: (job: CancelledJob) => Promise<void>) =>
  rig.worker('playlist', {
    prepare: () => Promise.reject(new Error('It was cancelled.')),
    publish: () => Promise.reject(new Error('It was cancelled.')),
    beforeCancelled,
    discard: async () => undefined,
  })

test('cancelled while it waits for a newer worker: it is woken once, and ends', async () => {
  const gateway = await rig.gateway()
  const id = await put('download', newer('download'))
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await putOff('download')
  await cancel(gateway, id)
  await hasEnded('download', id)
  expect(await taken('download', id)).toBe(2)
  expect([task.prepared, new Set(task.discarded)]).toEqual([[], new Set([id])])
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled' })
  expect(await gateway.remove(await found(gateway, id))).toBe('removed')
  await eventually(async () => expect(await rig.redis.zcard(keys.overdue)).toBe(0))
})

test('its time is over before any worker has taken it: it is taken once, and its end says why', async () => {
  const gateway = await rig.gateway()
  const id = await put('download', newer('download', { options: { expires_in: 3600 } }))
  await rig.redis.zadd(keys.deadlines, Date.now() - 1, id)
  expect(await gateway.expireDue()).toEqual({ expired: 1, failures: [] })
  const task = scriptedTask()
  await rig.worker('download', task.download)
  await hasEnded('download', id)
  expect(await taken('download', id)).toBe(1)
  expect(task.prepared).toEqual([])
  expect(await found(gateway, id)).toMatchObject({ state: 'failed', failure: 'job_expired' })
  expect(await rig.redis.hget(recordOf('download', id), 'failedReason')).toContain('job_expired')
})

test('one of which nothing can be read ends too, as it was cancelled by somebody who could read it', async () => {
  const id = await put('download', { version: PAYLOAD_VERSION + 2, wanted: 'unknown' })
  await rig.redis.hset(recordOf('download', id), 'verdict', 'cancelled', 'verdictAt', Date.now())
  await rig.worker('download', scriptedTask().download)
  await hasEnded('download', id)
  expect(await taken('download', id)).toBe(1)
})

test('a playlist has its jobs cancelled before it ends', async () => {
  const gateway = await rig.gateway()
  const id = await put('playlist', newer('playlist'))
  const asked: string[] = []
  await playlists(async (job) => void asked.push(`${job.id} of ${job.envelope.owner}`))
  await putOff('playlist')
  await cancel(gateway, id)
  await hasEnded('playlist', id)
  expect(asked).toEqual([`${id} of anonymous`])
})

test('a playlist of which nothing can be read waits for a newer worker, and is not taken meanwhile', async () => {
  const id = await put('playlist', { version: PAYLOAD_VERSION + 2, wanted: 'unknown' })
  await rig.redis.hset(recordOf('playlist', id), 'verdict', 'cancelled', 'verdictAt', Date.now())
  const asked: string[] = []
  await playlists(async ({ id: each }) => void asked.push(each))
  await putOff('playlist')
  await sleep(1000)
  expect(await taken('playlist', id)).toBe(1)
  expect(asked).toEqual([])
})

test('a playlist whose jobs cannot be cancelled now is tried again after some seconds, and not at once', async () => {
  const gateway = await rig.gateway()
  const id = await put('playlist', { ...jobRequest('playlist'), version: PAYLOAD_VERSION })
  await cancel(gateway, id)
  let asked = 0
  await playlists(async () => {
    asked += 1
    throw new Error('Its table cannot be read.')
  })
  await putOff('playlist')
  await sleep(1500)
  expect(asked).toBe(1)
})
