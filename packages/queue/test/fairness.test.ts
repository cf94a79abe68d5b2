/** Nobody waits behind somebody else's thousand jobs, for ever. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const alice = { limitSubject: 'alice' }
const bob = { limitSubject: 'bob' }
const carol = { limitSubject: 'carol' }

const waiting = () => rig.redis.zrange('{video-scraper}:download:prioritized', 0, '-1')
const tagOf = async (id: string) => Number(await rig.redis.hget(`{video-scraper}:download:${id}`, 'priority'))

/** Runs each job when it is asked to, one at a time, and says in which order they came. */
function stepwise() {
  const gates: ReturnType<typeof gate>[] = []
  let over = false
  const task = scriptedTask({
    prepare: () => {
      const latch = gate()
      gates.push(latch)
      if (over) latch.open()
      return latch.opened
    },
  })
  const next = async () => {
    const at = task.prepared.length
    gates.at(-1)?.open()
    await eventually(() => task.prepared.length > at)
  }
  // Nothing but its gate ends such a job, and a worker waits for its jobs: so the gates open whatever becomes of the test.
  rig.afterwards(async () => {
    over = true
    for (const latch of gates) latch.open()
  })
  return { task, next }
}

test("a client's first job starts after at most one more of another's two hundred", async () => {
  const gateway = await rig.gateway()
  const first = await submitted(gateway, 'download', alice)
  const { task, next } = stepwise()
  await rig.worker('download', task.download)
  await becomes(gateway, first, 'running')
  await Promise.all(Array.from({ length: 200 }, () => submitted(gateway, 'download', alice)))
  await eventually(() => task.prepared.length === 1)
  for (let job = 0; job < 5; job += 1) await next()
  const late = await submitted(gateway, 'download', bob)
  await next()
  await next()
  expect(task.prepared.slice(6)).toContain(late)
})

test('two clients with many jobs each take turns, each in their own order', async () => {
  const gateway = await rig.gateway()
  const ids = new Map<string, string>()
  for (const [client, name] of [alice, bob].map((client) => [client, client.limitSubject] as const)) {
    for (let job = 0; job < 4; job += 1) ids.set(await submitted(gateway, 'download', client), `${name} ${job}`)
  }
  const order: (string | undefined)[] = []
  const prepare = async ({ id }: { id: string }) => void order.push(ids.get(id))
  await rig.worker('download', scriptedTask({ prepare }).download)
  await eventually(() => order.length === 8)
  expect(order).toEqual([0, 1, 2, 3].flatMap((job) => [`alice ${job}`, `bob ${job}`]))
})

test('who comes back after a pause does not pay for what was served before, nor is paid for it', async () => {
  const gateway = await rig.gateway()
  const { task, next } = stepwise()
  await rig.worker('download', task.download)
  for (let job = 0; job < 6; job += 1) await submitted(gateway, 'download', alice)
  await eventually(() => task.prepared.length === 1)
  for (let job = 0; job < 5; job += 1) await next()
  const [again, other] = [await submitted(gateway, 'download', alice), await submitted(gateway, 'download', bob)]
  // Half a turn apart: who is being served lets the other one go first, once.
  expect(await tagOf(again)).toBe((await tagOf(other)) + 1)
})

test('the tags of clients that have been served are forgotten', async () => {
  const gateway = await rig.gateway()
  await rig.worker('download', scriptedTask().download)
  for (const client of [alice, bob, carol])
    await becomes(gateway, await submitted(gateway, 'download', client), 'completed')
  // The last one's is kept until the next start.
  expect(await rig.redis.zrange(keys.fairTags('download'), 0, '-1')).toEqual(['carol'])
})

test('before tags run out all are moved down: waiting, delayed, stalled and running jobs, and their order stays', async () => {
  const gateway = await rig.gateway({ tagMax: 59 })
  let mode: 'quick' | 'fail' | 'hold' = 'quick'
  const latch = gate()
  const task = scriptedTask({
    prepare: async () => {
      if (mode === 'fail') throw new JobFailure('rate_limited', { retryAfterMs: 60_000 })
      if (mode === 'hold') await latch.opened
    },
  })
  await rig.worker('download', task.download)
  for (let job = 0; job < 20; job += 1) await becomes(gateway, await submitted(gateway, 'download', alice), 'completed')
  mode = 'fail'
  const delayed = await submitted(gateway, 'download', alice)
  await eventually(async () => (await rig.bull('download').getDelayedCount()) === 1)
  mode = 'hold'
  const running = await submitted(gateway, 'download', alice)
  await becomes(gateway, running, 'running')
  await eventually(async () => (await rig.redis.get(keys.fairClock('download'))) === '45')
  const stalled = await submitted(gateway, 'download', alice)
  // As BullMQ leaves a job whose worker died.
  await rig.redis.zrem('{video-scraper}:download:prioritized', stalled)
  await rig.redis.rpush('{video-scraper}:download:wait', stalled)
  for (let job = 0; job < 3; job += 1) await submitted(gateway, 'download', alice)
  for (let job = 0; job < 7; job += 1) await submitted(gateway, 'download', bob)
  const before = await waiting()
  expect(Math.max(...(await Promise.all(before.map(tagOf))))).toBe(58)

  const after = await submitted(gateway, 'download', bob)
  expect(await waiting()).toEqual([...before, after])
  expect(await Promise.all([delayed, running, stalled, after].map(tagOf))).toEqual([1, 1, 2, 15])
  expect(await rig.redis.get(keys.fairClock('download'))).toBe('0')
  expect(await rig.redis.zscore(keys.fairTags('download'), 'alice')).toBe('8')
  const newcomer = await submitted(gateway, 'download', carol)
  expect(await tagOf(newcomer)).toBe(1)
  latch.open()
  await eventually(async () => (await waiting()).length === 0)
  const order = task.prepared.slice(22)
  expect(order[0]).toBe(stalled)
  expect(order.filter((id) => before.includes(id))).toEqual(before)
})

test('tags that run out among jobs that come together are as fair as those of jobs that come one by one', async () => {
  async function fill(together: boolean) {
    await rig.redis.flushall()
    const gateway = await rig.gateway({ tagMax: 20 })
    await rig.redis.set(keys.fairClock('download'), 9)
    const slots = Array.from({ length: 12 }, (_, at) => at)
    const send = (at: number) => submitted(gateway, 'download', at % 3 === 0 ? bob : alice)
    const ids: string[] = []
    if (together) ids.push(...(await Promise.all(slots.map(send))))
    else for (const at of slots) ids.push(await send(at))
    return async () => ({
      order: (await waiting()).map((id) => ids.indexOf(id)),
      tags: await Promise.all(ids.map(tagOf)),
      clock: await rig.redis.get(keys.fairClock('download')),
    })
  }
  const alone = await (await fill(false))()
  expect(alone.clock).toBe('0')
  // Those that were admitted before the tags were moved down are lowered a moment after they were made.
  const together = await fill(true)
  await eventually(async () => expect(await together()).toEqual(alone))
})

test('a job that the worker took before the tags were moved down does not move the clock up again', async () => {
  const gateway = await rig.gateway({ tagMax: 12 })
  await rig.worker('download', scriptedTask().download)
  const ids: string[] = []
  for (let job = 0; job < 100; job += 1) ids.push(await submitted(gateway, 'download', [alice, bob, carol][job % 3]))
  for (const id of ids) await becomes(gateway, id, 'completed')
  expect(Number(await rig.redis.get(keys.fairClock('download')))).toBeLessThanOrEqual(12)
})

test('one client that fills the whole range alone still gets its jobs in', async () => {
  const gateway = await rig.gateway({ tagMax: 5 })
  const ids: string[] = []
  for (let job = 0; job < 12; job += 1) ids.push(await submitted(gateway, 'download', alice))
  expect(await waiting()).toEqual(ids)
  expect(Math.max(...(await Promise.all(ids.map(tagOf))))).toBe(5)
})
