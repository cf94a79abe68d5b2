/** Jobs whose answer is cached go first, and nobody else stands still for that. */
import { expect, test } from '@jest/globals'
import { extractionKey, keys, requestDigest } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const KNOWN = 'http://example.com/known'
const alice = { limitSubject: 'alice' }
const bob = { limitSubject: 'bob' }

const waiting = () => rig.redis.zrange('{video-scraper}:info:prioritized', 0, '-1')
const tagOf = async (id: string) => Number(await rig.redis.hget(`{video-scraper}:info:${id}`, 'priority'))
const know = (url: string) => rig.redis.hset(extractionKey({ kind: 'info', url, options: {} }), 'engine', 'any')

/** One worker that holds its first job, and a clock that has moved on from its beginning. */
async function busyQueue() {
  const gateway = await rig.gateway()
  const latches: ReturnType<typeof gate>[] = []
  const task = scriptedTask({
    prepare: (_job, signal) => {
      const latch = gate()
      latches.push(latch)
      return unlessStopped(signal, latch.opened)
    },
  })
  await rig.worker('info', task.info)
  const next = async () => {
    const at = task.prepared.length
    latches.at(-1)?.open()
    await eventually(() => task.prepared.length > at)
  }
  for (let job = 0; job < 3; job += 1) await submitted(gateway, 'info', alice)
  await eventually(() => task.prepared.length === 1)
  await next()
  await next()
  return { gateway, next }
}

test('it stands before everybody, also before what its own client has waiting, and never has priority 0', async () => {
  await know(KNOWN)
  const { gateway, next } = await busyQueue()
  for (const client of [alice, bob, alice, bob]) await submitted(gateway, 'info', client)
  // One of the two with the smallest tag runs now; the other waits, with the very tag that the clock shows.
  await next()
  const known = await submitted(gateway, 'info', { ...alice, url: KNOWN })
  expect((await waiting())[0]).toBe(known)
  expect(await tagOf(known)).toBeGreaterThanOrEqual(1)
})

test('a queue that has never started a job gives it no priority 0 either', async () => {
  await know(KNOWN)
  const gateway = await rig.gateway()
  expect(await tagOf(await submitted(gateway, 'info', { ...alice, url: KNOWN }))).toBe(1)
})

test('one that wants a fresh answer or bounds its age, or one that is not cached, waits like all others', async () => {
  await know(KNOWN)
  const { gateway } = await busyQueue()
  const first = await submitted(gateway, 'info', bob)
  const fresh = await submitted(gateway, 'info', { limitSubject: 'carol', url: KNOWN, fresh: true })
  const unknown = await submitted(gateway, 'info', { limitSubject: 'dave', url: `${KNOWN}2` })
  const options = { max_age: 1 }
  const bounded = await submitted(gateway, 'info', { limitSubject: 'erin', url: KNOWN, options })
  expect(await waiting()).toEqual([first, fresh, unknown, bounded])
})

test("a flood of them delays another client's job by a bounded number, for ever", async () => {
  await know(KNOWN)
  const { gateway } = await busyQueue()
  const flood: string[] = []
  for (let job = 0; job < 100; job += 1) flood.push(await submitted(gateway, 'info', { ...alice, url: KNOWN }))
  const other = await submitted(gateway, 'info', bob)
  for (let job = 0; job < 100; job += 1) flood.push(await submitted(gateway, 'info', { ...alice, url: KNOWN }))
  const before = (await waiting()).indexOf(other)
  expect(before).toBeGreaterThan(0)
  expect(before).toBeLessThanOrEqual(24)
})

test('fifteen of a client go before the first job of another one, and eight for each job after it', async () => {
  await know(KNOWN)
  const gateway = await rig.gateway()
  await rig.redis.set(keys.fairClock('info'), 100)
  for (let job = 0; job < 40; job += 1) await submitted(gateway, 'info', { ...alice, url: KNOWN })
  const others = [await submitted(gateway, 'info', bob), await submitted(gateway, 'info', bob)]
  const order = await waiting()
  const [first = 0, second = 0] = others.map((id) => order.indexOf(id))
  expect([first, second - first - 1]).toEqual([15, 8])
})

test('the clock passes their tags, so that nothing of a flood is remembered', async () => {
  await know(KNOWN)
  const gateway = await rig.gateway()
  await rig.worker('info', scriptedTask().info)
  for (let job = 0; job < 20; job += 1) await submitted(gateway, 'info', { ...alice, url: KNOWN })
  const last = await submitted(gateway, 'info', { ...bob, url: `${KNOWN}2` })
  await becomes(gateway, last, 'completed')
  await eventually(async () => (await waiting()).length === 0)
  for (let turn = 0; turn < 2; turn += 1) {
    await becomes(gateway, await submitted(gateway, 'info', alice), 'completed')
  }
  expect(await rig.redis.zscore(keys.fairTags('info'), 'alice cached')).toBeNull()
})

test('a download goes first where its owner has the file, and only then', async () => {
  const url = KNOWN
  await rig.redis.set(
    keys.answer(requestDigest({ kind: 'download', owner: 'anonymous', url, options: {} })),
    'file.mp4',
  )
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: () => Promise.resolve() })
  await becomes(gateway, await submitted(gateway, 'download', alice), 'queued')
  const consumer = await rig.worker('download', task.download)
  await eventually(() => task.prepared.length === 1)
  await consumer.close()
  const first = await submitted(gateway, 'download', bob)
  const foreign = await submitted(gateway, 'download', { limitSubject: 'carol', owner: 'carol', url })
  const another = await submitted(gateway, 'download', { limitSubject: 'dave', url, options: { format_id: '22' } })
  const own = await submitted(gateway, 'download', { limitSubject: 'erin', url })
  const order = await rig.redis.zrange('{video-scraper}:download:prioritized', 0, '-1')
  expect(order.toSorted()).toEqual([first, foreign, another, own].toSorted())
  const tags = await Promise.all(
    order.map(async (id) => Number(await rig.redis.hget(`{video-scraper}:download:${id}`, 'priority'))),
  )
  expect(tags).toEqual([1, 2, 2, 2])
  expect(order[0]).toBe(own)
})
