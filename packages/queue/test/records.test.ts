/** The list of jobs, and what maintenance removes when its time is over. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { RESULT_FIELD } from '../src/bullmq-form.ts'
import { queueKey } from '../src/queues.ts'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const idsOf = async (gateway: JobQueue, ...page: [number, string?]) => {
  const listed = await gateway.list('anonymous', ...page)
  return { ids: listed?.jobs.map(({ id }) => id), next: listed?.next }
}

test('the list is newest first, both kinds, and pages to its end', async () => {
  const gateway = await rig.gateway()
  const ids: string[] = []
  for (const kind of ['info', 'download', 'info'] as const) {
    ids.unshift(await submitted(gateway, kind))
    // Jobs of one millisecond have no order among them.
    const now = Date.now()
    await eventually(() => Date.now() > now + 1, { everyMs: 1 })
  }
  const first = await idsOf(gateway, 2)
  expect(first.ids).toEqual(ids.slice(0, 2))
  expect(await idsOf(gateway, 2, first.next ?? '')).toEqual({ ids: ids.slice(2), next: null })
})

test("an owner's list holds nobody else's jobs, and a cursor that is none gives null", async () => {
  const gateway = await rig.gateway()
  await submitted(gateway, 'info', { owner: 'alice' })
  expect(await gateway.list('bob', 10)).toEqual({ jobs: [], next: null })
  expect(await gateway.list('alice', 10, 'garbage')).toBeNull()
})

test('the list knows how each job ended, and carries no results, since many of them may be large', async () => {
  const gateway = await rig.gateway()
  await rig.worker('info', scriptedTask().info)
  const id = await submitted(gateway, 'info')
  await becomes(gateway, id, 'completed')
  // The end is reported, and the revision grows, a moment after the end itself.
  await eventually(async () => {
    const whole = await found(gateway, id)
    expect(whole.result).toMatchObject({ title: 'A video' })
    expect((await gateway.list('anonymous', 10))?.jobs).toEqual([{ ...whole, result: null }])
  })
})

test.each(['others', 'files'])(
  'the list reads of a download the first file alone, where its result has more (%s)',
  async (field) => {
    const gateway = await rig.gateway()
    await rig.worker('download', scriptedTask().download)
    const id = await submitted(gateway, 'download')
    await becomes(gateway, id, 'completed')
    const media = { ...(await found(gateway, id)).result, title: `","${field}":[ {"${field}":[` }
    const result = { ...media, [field]: [media, media] }
    await rig.redis.hset(queueKey('download', id), RESULT_FIELD, JSON.stringify(result))
    expect((await found(gateway, id)).result).toEqual(result)
    expect((await gateway.list('anonymous', 10))?.jobs[0]?.result).toEqual(media)
  },
)

test('an id without a job is left out', async () => {
  const gateway = await rig.gateway()
  const [kept, gone] = [await submitted(gateway, 'info'), await submitted(gateway, 'info')]
  await (await rig.bull('info').getJob(gone))?.remove()
  expect((await idsOf(gateway, 10)).ids).toEqual([kept])
})

test('entries older than their lifetime leave the list with the next one', async () => {
  const gateway = await rig.gateway({ lifetimeMs: 60_000 })
  const old = await submitted(gateway, 'info')
  await rig.redis.zadd(keys.jobs('anonymous'), Date.now() - 61_000, old)
  const fresh = await submitted(gateway, 'info')
  expect((await idsOf(gateway, 10)).ids).toEqual([fresh])
  expect(await rig.redis.pttl(keys.jobs('anonymous'))).toBeGreaterThan(50_000)
})

test('records of ended jobs are removed when their time is over, and nothing else is', async () => {
  const gateway = await rig.gateway()
  const keeper = rig.keeper()
  const task = scriptedTask({
    prepare: async ({ envelope }) => {
      if (envelope.url.endsWith('bad')) throw new JobFailure('private_video')
    },
  })
  await rig.worker('info', task.info)
  await rig.worker('download', task.download)
  const ended = async (end: 'completed' | 'failed') => {
    const id = await submitted(gateway, 'download', { url: `http://example.com/${end === 'failed' ? 'bad' : 'good'}` })
    await becomes(gateway, id, end)
    return id
  }
  const age = (id: string, state: string) =>
    rig.redis.zadd(`{video-scraper}:download:${state}`, Date.now() - 61_000, id)
  const old = [await ended('completed'), await ended('failed')] as const
  const fresh = [await ended('completed'), await ended('failed')]
  const waiting = await rig.bull('download').add('download', {}, { delay: 60_000, timestamp: 1 })
  await age(old[0], 'completed')
  await age(old[1], 'failed')
  expect(await keeper.removeOld(0)).toBe(0)
  expect(await keeper.removeOld(3_600_000)).toBe(0)
  expect(await keeper.removeOld(60_000)).toBe(2)
  for (const id of old) expect(await gateway.find(id)).toBeNull()
  for (const id of fresh) expect(await gateway.find(id)).not.toBeNull()
  expect(await rig.bull('download').getJob(waiting.id ?? '')).toBeDefined()
  expect((await rig.redis.keys('*')).filter((key) => old.some((id) => key.includes(id)))).toEqual([])
})

test('a job is unfinished until it has ended; one that never was is not', async () => {
  const gateway = await rig.gateway()
  const keeper = rig.keeper()
  const id = await submitted(gateway, 'download')
  expect(await keeper.isUnfinished(id)).toBe(true)
  expect(await keeper.isRunning(id)).toBe(false)
  const latch = gate()
  await rig.worker('download', scriptedTask({ prepare: () => latch.opened }).download)
  await becomes(gateway, id, 'running')
  expect(await keeper.isRunning(id)).toBe(true)
  latch.open()
  await becomes(gateway, id, 'completed')
  expect(await keeper.isUnfinished(id)).toBe(false)
  expect(await keeper.isRunning(id)).toBe(false)
  expect(await keeper.isUnfinished('download_00000000000000000000000000000000')).toBe(false)
})

test('one worker at a time does a round of maintenance', async () => {
  const keeper = rig.keeper()
  expect(await keeper.claim('round', 'one', 60)).toBe(true)
  expect(await keeper.claim('round', 'two', 60)).toBe(false)
  expect(await keeper.claim('sweep', 'two', 3600)).toBe(true)
  await rig.redis.del(keys.maintenance('round'))
  expect(await keeper.claim('round', 'two', 60)).toBe(true)
  expect(await keeper.claim('sweep', 'one', 3600)).toBe(false)
})

test("BullMQ's stream of events, in which every result stands a second time, stays short", async () => {
  const gateway = await rig.gateway()
  await rig.worker('info', scriptedTask().info, { concurrency: 10 })
  const ids = await Promise.all(Array.from({ length: 150 }, () => submitted(gateway, 'info')))
  for (const id of ids) await becomes(gateway, id, 'completed')
  expect(await rig.redis.xlen('{video-scraper}:info:events')).toBeLessThan(300)
})
