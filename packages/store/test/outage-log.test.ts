/** An outage of Redis is one line when it begins and one when it is over, and nothing else is kept out of the log. */
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { type DisposableRedis, eventually, startRedis } from '@video-scraper/testkit'
import type { Redis } from 'ioredis'
import { createOutageLog, type OutageLog } from '../src/outage-log.ts'
import { connectRedis } from '../src/redis.ts'
import { isRedisOutage } from '../src/redis-errors.ts'

let server: DisposableRedis
let redis: Redis
let outages: OutageLog
let lines: { level: string; message: string; fields: Record<string, unknown> }[]

beforeEach(async () => {
  server = await startRedis()
  lines = []
  outages = createOutageLog({ calmMs: 1200 })
  redis = connectRedis(server.url, 'gateway', outages.report)
  const line = (level: string) => (fields: object, message: string) =>
    void lines.push({ level, message, fields: { ...fields } })
  outages.start({ redis, log: { info: line('info'), warn: line('warn') } })
  await eventually(() => expect(redis.status).toBe('ready'))
})
afterEach(async () => {
  outages.stop()
  redis.disconnect()
  await server.stop()
})

/** What Redis says to a write, as a caller would log it. */
const errorOfWrite = async (): Promise<unknown> => redis.set('a', 'x'.repeat(1000)).catch((error: unknown) => error)

test('a full Redis is one line however much fails, and one when it takes commands again', async () => {
  await redis.config('SET', 'maxmemory', '1')
  for (let failure = 0; failure < 200; failure += 1) expect(outages.omits(await errorOfWrite())).toBe(true)
  expect(lines).toEqual([
    expect.objectContaining({ level: 'warn', fields: { reason: expect.stringContaining('OOM') } }),
  ])
  // It stays one for as long as it lasts.
  await new Promise((resolve) => setTimeout(resolve, 2500))
  expect(lines).toHaveLength(1)
  await redis.config('SET', 'maxmemory', '0')
  await eventually(() => expect(lines).toHaveLength(2))
  expect(lines[1]).toMatchObject({ level: 'info', message: 'Redis works again', fields: { omittedLines: 199 } })
})

test('so is a Redis that is gone, and the next outage has lines of its own', async () => {
  for (const outage of [1, 2]) {
    await server.kill9()
    await eventually(() => expect(lines).toHaveLength(2 * outage - 1))
    await new Promise((resolve) => setTimeout(resolve, 2000))
    expect(lines).toHaveLength(2 * outage - 1)
    await server.restart()
    await eventually(() => expect(lines).toHaveLength(2 * outage))
  }
})

test('what only refuses writes, or is still loading, is an outage in every form that Redis gives it', async () => {
  await redis.config('SET', 'maxmemory', '1')
  const scripted = await redis.eval("return redis.call('SET', 'a', 'b')", 0).catch((error: unknown) => error)
  const [[, inTransaction] = []] = [
    [
      null,
      await redis
        .multi()
        .set('a', 'b')
        .exec()
        .catch((error: unknown) => error),
    ],
  ]
  await redis.config('SET', 'maxmemory', '0')
  await redis.replicaof('127.0.0.1', '1')
  const readOnly = await redis.set('a', 'b').catch((error: unknown) => error)
  await redis.replicaof('NO', 'ONE')
  for (const error of [scripted, inTransaction, readOnly]) {
    expect(error).toBeInstanceOf(Error)
    expect(isRedisOutage(error)).toBe(true)
  }
})

test('a wrong command, an error of a job and a refused connection elsewhere are logged as ever', async () => {
  await redis.set('text', 'x')
  const wrongType = await redis.lpush('text', 'y').catch((error: unknown) => error)
  const unknown = await redis.eval('return nothing()', 0).catch((error: unknown) => error)
  const elsewhere = Object.assign(new Error('connect ECONNREFUSED 127.0.0.1:1'), { syscall: 'connect', port: 1 })
  for (const error of [wrongType, unknown, elsewhere, new Error('Requested format is not available'), null, 'OOM']) {
    expect(outages.omits(error)).toBe(false)
  }
  expect(lines).toEqual([])
})

test('a connection that BullMQ makes for itself belongs to the outage', async () => {
  const refused = Object.assign(new Error('connect ECONNREFUSED'), { syscall: 'connect', port: server.port })
  expect(outages.omits(refused)).toBe(true)
  expect(outages.omits(Object.assign(new AggregateError([refused, refused]), {}))).toBe(true)
  expect(lines).toHaveLength(1)
})
