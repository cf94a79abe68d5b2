/** The gateway fails fast, whatever has become of Redis, and recovers; the worker waits. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { isReady } from '@video-scraper/store'
import { eventually, freePort } from '@video-scraper/testkit'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()

const timed = async (work: Promise<unknown>): Promise<{ failed: boolean; ms: number }> => {
  const start = Date.now()
  const failed = await work.then(
    () => false,
    () => true,
  )
  return { failed, ms: Date.now() - start }
}

test('a gateway whose Redis is gone fails at once, and works again after its return', async () => {
  const redis = await rig.ready('gateway')
  await rig.server.kill9()
  await eventually(() => !isReady(redis))
  const answer = await timed(redis.get('a'))
  expect(answer.failed).toBe(true)
  expect(answer.ms).toBeLessThan(400)
  await rig.server.restart()
  await eventually(async () => (await redis.set('a', '1')) === 'OK')
  expect(isReady(redis)).toBe(true)
})

test.each([
  ['one command', (redis: Awaited<ReturnType<typeof rig.ready>>) => redis.get('a')],
  ['several of one tick', (redis) => Promise.all([redis.get('a'), redis.hget('b', 'c'), redis.exists('d')])],
  ['a transaction', (redis) => redis.multi().get('a').exec()],
])('a gateway whose Redis is frozen fails soon: %s', async (_, command) => {
  const redis = await rig.ready('gateway')
  rig.server.freeze()
  const answer = await timed(command(redis)).finally(() => rig.server.thaw())
  expect(answer.failed).toBe(true)
  expect(answer.ms).toBeLessThan(3000)
  await eventually(() => redis.ping())
})

test('whenever a command comes while Redis is frozen, it fails soon, with others under way as well', async () => {
  const redis = await rig.ready('gateway')
  rig.server.freeze()
  const answers: Promise<{ failed: boolean; ms: number }>[] = []
  for (let at = 0; at < 12; at += 1) {
    answers.push(timed(redis.get('a')))
    await delay(100)
  }
  for (const { failed, ms } of await Promise.all(answers).finally(() => rig.server.thaw())) {
    expect(failed).toBe(true)
    expect(ms).toBeLessThan(3000)
  }
})

test('a gateway that never reached its Redis fails at once, and never rejects unasked', async () => {
  const redis = rig.connect('gateway', `redis://127.0.0.1:${await freePort()}`)
  expect(await timed(redis.get('a'))).toMatchObject({ failed: true })
  expect((await timed(redis.get('a'))).ms).toBeLessThan(400)
})

test('what a gateway gave up on is not sent when Redis is back', async () => {
  const redis = await rig.ready('gateway')
  await rig.server.kill9()
  await eventually(() => !isReady(redis))
  await expect(redis.set('late', '1')).rejects.toThrow()
  await rig.server.restart()
  await eventually(() => isReady(redis))
  expect(await redis.exists('late')).toBe(0)
})

test('a worker waits for its Redis, and its command is answered after the outage', async () => {
  const redis = await rig.ready('worker')
  await rig.server.kill9()
  const answer = redis.incr('count')
  await rig.server.restart()
  expect(await answer).toBe(1)
})

test('a worker waits for a Redis that is frozen', async () => {
  const redis = await rig.ready('worker')
  rig.server.freeze()
  const answer = timed(redis.get('a'))
  setTimeout(() => rig.server.thaw(), 1200)
  const { failed, ms } = await answer
  expect(failed).toBe(false)
  expect(ms).toBeGreaterThan(1000)
})
