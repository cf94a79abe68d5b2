/** The list of jobs, and what maintenance removes when its time is over. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const idsOf = async (gateway: JobQueue, ...page: [number, string?]) => {
  const found = await gateway.list('anonymous', ...page)
  return { ids: found?.jobs.map(({ id }) => id), next: found?.next }
}

test('the list is newest first, both kinds, and pages to its end', async () => {
  const gateway = await rig.gateway()
  const ids: string[] = []
  for (const kind of ['info', 'download', 'info'] as const) {
    ids.unshift(await submitted(gateway, kind))
    // Ids of one millisecond have no order among them.
    await rig.redis.eval(
      "local t = redis.call('TIME') while redis.call('TIME')[2] - t[2] < 1100 do if redis.call('TIME')[1] ~= t[1] then break end end",
      0,
    )
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
  const door = gate()
  const task = scriptedTask({
    prepare: ({ envelope }) => {
      if (envelope.url.endsWith('bad')) return Promise.reject(new JobFailure('private_video'))
      return envelope.url.endsWith('slow') ? door.opened : Promise.resolve()
    },
  })
  await rig.worker('info', task.info)
  await rig.worker('download', task.download)
  const completed = await submitted(gateway, 'info')
  const failed = await submitted(gateway, 'download', { url: 'http://example.com/bad' })
  const cancelled = await submitted(gateway, 'info', { url: 'http://example.com/slow' })
  await becomes(gateway, completed, 'completed')
  await becomes(gateway, failed, 'failed')
  await becomes(gateway, cancelled, 'running')
  await gateway.cancel(await found(gateway, cancelled))
  door.open()
  const running = await submitted(gateway, 'download', { url: 'http://example.com/slow' })
  const unopened = gate()
  void unopened
  const keeper = rig.keeper()
  expect(await keeper.removeOld(60_000)).toBe(0)
  expect(await keeper.removeOld(0)).toBe(0)
  for (const kind of ['info', 'download'] as const) {
    for (const state of ['completed', 'failed']) {
      const key = `{video-scraper}:${kind}:${state}`
      for (const id of await rig.redis.zrange(key, 0, -1)) await rig.redis.zadd(key, Date.now() - 61_000, id)
    }
  }
  const waiting = await submitted(gateway, 'info', { owner: 'alice' })
  await becomes(gateway, running, 'completed')
  await becomes(gateway, waiting, 'completed')
  expect(await keeper.removeOld(60_000)).toBeGreaterThanOrEqual(2)
  expect(await gateway.find(completed)).toBeNull()
  expect(await gateway.find(failed)).toBeNull()
  expect(await gateway.find(running)).not.toBeNull()
  expect(await gateway.find(waiting)).not.toBeNull()
})

test('a job is unfinished until it has ended; one that never was is not', async () => {
  const gateway = await rig.gateway()
  const keeper = rig.keeper()
  const id = await submitted(gateway, 'download')
  expect(await keeper.isUnfinished(id)).toBe(true)
  await rig.worker('download', scriptedTask().download)
  await becomes(gateway, id, 'completed')
  expect(await keeper.isUnfinished(id)).toBe(false)
  expect(await keeper.isUnfinished('download_00000000000000000000000000000000')).toBe(false)
})

test('one worker at a time does a round of maintenance', async () => {
  const keeper = rig.keeper()
  expect(await keeper.claimRound('one', 60)).toBe(true)
  expect(await keeper.claimRound('two', 60)).toBe(false)
  await rig.redis.del(keys.maintenance)
  expect(await keeper.claimRound('two', 60)).toBe(true)
})
