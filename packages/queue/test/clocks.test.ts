/** Three machines whose clocks differ: gateway, worker and Redis. The times of a job are in order all the same. */
import { expect, test } from '@jest/globals'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const HOUR_MS = 3_600_000

test.each([
  ['the worker that started it is an hour ahead', { processedOn: HOUR_MS }],
  ['the worker that started it is an hour behind', { processedOn: -HOUR_MS }],
  ['the worker that ended it is an hour behind', { finishedOn: -HOUR_MS }],
  ['Redis is an hour ahead', { timestamp: HOUR_MS }],
])('%s', async (_, change) => {
  const gateway = await rig.gateway()
  await rig.worker('info', scriptedTask().info)
  const id = await submitted(gateway, 'info')
  await becomes(gateway, id, 'completed')
  // As if it had been written by such a clock.
  for (const [field, ms] of Object.entries(change)) await rig.redis.hincrby(`{video-scraper}:info:${id}`, field, ms)
  const { createdAt, startedAt, finishedAt } = await found(gateway, id)
  expect(startedAt).toBeGreaterThanOrEqual(createdAt)
  expect(finishedAt).toBeGreaterThanOrEqual(Number(startedAt))
})

test('a job that is cancelled ends by the clock of Redis, not before it began', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  await rig.redis.hset(`{video-scraper}:info:${id}`, 'processedOn', Date.now() + HOUR_MS)
  await gateway.cancel(await found(gateway, id))
  const { startedAt, finishedAt, state } = await found(gateway, id)
  expect(state).toBe('cancelled')
  expect(finishedAt).toBeGreaterThanOrEqual(Number(startedAt))
})
