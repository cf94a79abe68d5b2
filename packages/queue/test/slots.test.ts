/** Ten unfinished downloads per client: never eleven, and never fewer because a place leaked. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const CLIENT = '192.0.2.1'
const TEN = { downloadsPerClient: 10 }
const taken = () => rig.redis.zrange(keys.slots(CLIENT), 0, '-1')

async function fill(gateway: JobQueue, slots = 10): Promise<string[]> {
  const ids: string[] = []
  for (let at = 0; at < slots; at += 1) ids.push(await submitted(gateway, 'download'))
  return ids
}

const refused = { accepted: false, refusal: 'too_many_downloads', waitMs: expect.any(Number) }
const another = (gateway: JobQueue) => gateway.submit(jobRequest('download'))

test('the eleventh unfinished download is refused, and leaves nothing behind', async () => {
  const gateway = await rig.gateway(TEN)
  const ids = await fill(gateway)
  expect(await another(gateway)).toEqual(refused)
  expect((await taken()).toSorted()).toEqual(ids.toSorted())
  expect((await gateway.list('anonymous', 50))?.jobs).toHaveLength(10)
  expect(await rig.bull('download').getPrioritizedCount()).toBe(10)
})

test('somebody else, and the same client asking for information, are not refused', async () => {
  const gateway = await rig.gateway(TEN)
  await fill(gateway)
  await submitted(gateway, 'download', { limitSubject: '192.0.2.2' })
  await submitted(gateway, 'info')
})

test('0 is no limit', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 0 })
  await fill(gateway, 15)
  expect(await rig.redis.exists(keys.slots(CLIENT))).toBe(0)
})

test('fifty requests at once over two gateways get exactly ten slots', async () => {
  const gateways = [await rig.gateway(TEN), await rig.gateway(TEN)]
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, at) => gateways[at % 2]?.submit(jobRequest('download'))),
  )
  expect(answers.filter((answer) => answer?.accepted)).toHaveLength(10)
  expect(await rig.bull('download').getPrioritizedCount()).toBe(10)
})

test.each([
  ['completed', () => Promise.resolve()],
  ['failed', () => Promise.reject(new JobFailure('private_video'))],
])('a download that has %s gives its place back', async (state, prepare) => {
  const gateway = await rig.gateway(TEN)
  const [first = ''] = await fill(gateway)
  await rig.worker('download', scriptedTask({ prepare }).download)
  await becomes(gateway, first, state as 'completed')
  await eventually(async () => (await taken()).length === 0)
})

test('a cancelled download gives its place back at once, without any worker', async () => {
  const gateway = await rig.gateway(TEN)
  const [first = ''] = await fill(gateway)
  await gateway.cancel(await found(gateway, first))
  expect(await taken()).not.toContain(first)
  expect((await another(gateway)).accepted).toBe(true)
  expect(await another(gateway)).toEqual(refused)
})

test('a failed attempt with others to come keeps its place', async () => {
  const gateway = await rig.gateway(TEN)
  const ids = await fill(gateway)
  await rig.worker(
    'download',
    scriptedTask({ prepare: () => Promise.reject(new JobFailure('network_error')) }).download,
  )
  await eventually(async () => (await found(gateway, ids.at(-1) ?? '')).attemptsEnded === 1)
  expect(await another(gateway)).toEqual(refused)
})

test('a running download keeps its place', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 1 })
  const latch = gate()
  await rig.worker('download', scriptedTask({ prepare: () => latch.opened }).download)
  await becomes(gateway, await submitted(gateway, 'download'), 'running')
  expect(await another(gateway)).toEqual(refused)
  latch.open()
})

test.each([
  ['of a download that ended, whose worker died before giving it back', 'ended'],
  ['of a download that was cancelled, whose gateway died before giving it back', 'cancelled'],
  ['of a download whose record has been removed', 'removed'],
  ['without a job, older than its grace', 'never made'],
])('a place %s is found at the next refusal', async (_, fate) => {
  const gateway = await rig.gateway(TEN)
  const [first = ''] = await fill(gateway)
  const job = `{video-scraper}:download:${first}`
  if (fate === 'ended') await rig.redis.hset(job, 'finishedOn', 1)
  if (fate === 'cancelled') await rig.redis.hset(job, 'verdict', 'cancelled')
  if (fate === 'removed' || fate === 'never made') {
    await rig.redis.del(job)
    await rig.redis.zadd(keys.slots(CLIENT), Date.now() - 10_500, first)
  }
  expect((await another(gateway)).accepted).toBe(true)
  expect(await taken()).not.toContain(first)
  expect(await another(gateway)).toEqual(refused)
})

test('slots that nobody released are dropped by maintenance, and those that count stay', async () => {
  const gateway = await rig.gateway({ ...TEN, waitingJobsPerClient: 1000 })
  const [ended = '', cancelled = '', removed = '', ...rest] = await fill(gateway)
  const sets = [keys.slots(CLIENT), keys.unfinished('download', CLIENT)]
  await rig.redis.hset(`{video-scraper}:download:${ended}`, 'finishedOn', 1)
  await rig.redis.hset(`{video-scraper}:download:${cancelled}`, 'verdict', 'cancelled')
  await rig.redis.del(`{video-scraper}:download:${removed}`)
  for (const set of sets) {
    await rig.redis.zadd(set, String(Date.now() - 10_500), removed)
    await rig.redis.zadd(set, String(Date.now() - 8000), 'download_on_its_way')
  }
  const keeper = rig.keeper()
  expect(await keeper.pruneFinishedSlots()).toBe(6)
  for (const set of sets) {
    expect((await rig.redis.zrange(set, '0', '-1')).sort()).toEqual([...rest, 'download_on_its_way'].sort())
  }
  expect(await keeper.pruneFinishedSlots()).toBe(0)
})

test("a place without a job is somebody's POST on its way for 10 s", async () => {
  const gateway = await rig.gateway(TEN)
  await fill(gateway, 9)
  await rig.redis.zadd(keys.slots(CLIENT), Date.now() - 8000, 'download_on_its_way')
  expect(await another(gateway)).toEqual(refused)
})

test('requests that come together fill the queue exactly', async () => {
  const gateway = await rig.gateway({ waitingJobs: 5 })
  const answers = await Promise.all(Array.from({ length: 12 }, () => another(gateway)))
  expect(answers.map(({ accepted }) => accepted)).toEqual([...Array(5).fill(true), ...Array(7).fill(false)])
  expect(await rig.bull('download').getPrioritizedCount()).toBe(5)
})

test('a full queue refuses before it reserves anything, and takes jobs again when there is space', async () => {
  const gateway = await rig.gateway({ ...TEN, waitingJobs: 3 })
  const ids = await fill(gateway, 3)
  expect(await another(gateway)).toMatchObject({ accepted: false, refusal: 'queue_full' })
  expect(await taken()).toHaveLength(3)
  expect((await gateway.list('anonymous', 50))?.jobs).toHaveLength(3)
  // The other queue is not full.
  await submitted(gateway, 'info')
  await rig.worker('download', scriptedTask().download)
  for (const id of ids) await becomes(gateway, id, 'completed')
  expect((await another(gateway)).accepted).toBe(true)
})
