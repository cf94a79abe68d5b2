/** Events of a job: snapshots while it is under way, its end without fail, and then the end of the stream. */
import { once } from 'node:events'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, type GatewayOptions, useApi } from './api-rig.ts'
import { type EventReader, readEvents } from './event-reader.ts'
import { createJob as create, jobKinds as kinds, progress, startGuidedWorker } from './guided-jobs.ts'
import { openSocket } from './raw-http.ts'

const rig = useApi()
/** Not about outages: a machine that is busy with other tests must not look like one. */
const gatewayOf = (options: GatewayOptions = {}) => rig.gateway({ redisTimeoutMs: 10_000, ...options })
async function follow(gateway: Gateway, path: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await readEvents(`${await gateway.origin()}${path}`, headers)
  rig.afterwards(reader.leave)
  return reader
}

const ids = ({ events }: EventReader) => events.map(({ id }) => Number(id))
const last = ({ events }: EventReader) => events.at(-1)

test.each(kinds)('%s: progress comes as it is made, each as GET shows it, then the end, then no more', async (kind) => {
  const gateway = await gatewayOf()
  const { status, events } = await create(gateway, kind)
  const reader = await follow(gateway, events)
  expect(reader.status).toBe(200)
  expect(reader.headers).toMatchObject({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
    'x-request-id': expect.any(String),
  })
  await eventually(() => expect(reader.events).toHaveLength(1))
  expect(reader.events[0]).toMatchObject({ name: 'snapshot', data: (await gateway.get(status)).json() })

  const { job, finish } = await startGuidedWorker(rig)
  for (const fraction of [0.25, 0.5]) {
    ;(await job()).report(progress(fraction))
    await eventually(() => expect(last(reader)?.data.progress).toBe(fraction))
    expect(last(reader)).toMatchObject({ name: 'snapshot', data: (await gateway.get(status)).json() })
  }
  finish()
  expect(await reader.ended).toBe(true)
  expect(last(reader)).toMatchObject({ name: 'end', data: (await gateway.get(status)).json() })
  expect(last(reader)?.data.status).toBe('completed')
  expect(reader.events.filter(({ name }) => name === 'end')).toHaveLength(1)
  expect(ids(reader)).toEqual([...new Set(ids(reader))].sort((a, b) => a - b))
})

test.each(kinds)('%s: a job that has ended gives one event, and the end', async (kind) => {
  const gateway = await gatewayOf()
  const { id, events, status } = await create(gateway, kind)
  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  const reader = await follow(gateway, events)
  expect(await reader.ended).toBe(true)
  expect(reader.events).toEqual([{ name: 'end', id: expect.any(String), data: (await gateway.get(status)).json() }])
})

test('failing and cancelling are ends like completing, on another gateway than the one that streams', async () => {
  const [one, other] = [await gatewayOf(), await gatewayOf()]
  const failing = await create(one, 'info')
  const { job, finish } = await startGuidedWorker(rig)
  const reader = await follow(other, failing.events)
  await job()
  finish(new JobFailure('video_unavailable'))
  expect(await reader.ended).toBe(true)
  expect(last(reader)).toMatchObject({ name: 'end', data: { status: 'failed', code: 'video_unavailable' } })

  const cancelled = await create(one, 'download')
  const second = await follow(other, cancelled.events)
  await one.post(`/api/video-scraper/job/${cancelled.id}/cancel`, {})
  expect(await second.ended).toBe(true)
  expect(last(second)).toMatchObject({ name: 'end', data: { status: 'cancelled' } })
})

test('who comes back receives what is newer, on any gateway, and nothing that was seen already', async () => {
  const [one, other] = [await gatewayOf(), await gatewayOf()]
  const { events } = await create(one, 'download')
  const { job, finish } = await startGuidedWorker(rig)
  const first = await follow(one, events)
  ;(await job()).report(progress(0.25))
  await eventually(() => expect(last(first)?.data.progress).toBe(0.25))
  first.leave()

  const second = await follow(other, events, { 'last-event-id': last(first)?.id ?? '' })
  ;(await job()).report(progress(0.5))
  await eventually(() => expect(last(second)?.data.progress).toBe(0.5))
  expect(Math.min(...ids(second))).toBeGreaterThan(Number(last(first)?.id))
  second.leave()
  ;(await job()).report(progress(0.75))
  finish()

  const third = await follow(one, events, { 'last-event-id': last(second)?.id ?? '' })
  expect(await third.ended).toBe(true)
  expect(last(third)).toMatchObject({ name: 'end', data: { status: 'completed' } })
  expect(Math.min(...ids(third))).toBeGreaterThan(Number(last(second)?.id))

  // Browsers come back after the end, too; with 204 they stop.
  const fourth = await follow(other, events, { 'last-event-id': last(third)?.id ?? '' })
  expect(fourth.status).toBe(204)
})

test.each(['', 'abc', '-1', '1e3', '9'.repeat(40), '999998'])('a Last-Event-ID of "%s" counts as none', async (id) => {
  const gateway = await gatewayOf()
  const { events } = await create(gateway, 'info')
  const reader = await follow(gateway, events, { 'last-event-id': id })
  await eventually(() => expect(reader.events).toHaveLength(1))
})

test('malformed, unknown and other ids are the same 404, and HEAD is not allowed', async () => {
  const gateway = await gatewayOf()
  const { id } = await create(gateway, 'info')
  const unknown = `download_${'0'.repeat(32)}`
  for (const path of [`job/nonsense`, `job/${unknown}`, `status/${id}`, `status/${unknown}`]) {
    const reply = await gateway.get(`/api/video-scraper/${path}/events`)
    expect(reply.json()).toMatchObject({ status_code: 404, error: 'There is no job with this id.' })
  }
  expect((await gateway.app.inject({ method: 'HEAD', url: `/api/video-scraper/job/${id}/events` })).statusCode).toBe(
    405,
  )
})

test('all streams of a gateway share one connection, and a subscription lasts as long as somebody listens', async () => {
  const gateway = await gatewayOf()
  const jobs = [await create(gateway, 'info'), await create(gateway, 'download')]
  const clients = async () => Number(/connected_clients:(\d+)/.exec(await gateway.redis.info('clients'))?.[1])
  const channels = () => gateway.redis.pubsub('CHANNELS', '*changed:*')
  const before = await clients()
  const readers = await Promise.all(Array.from({ length: 30 }, (_, at) => follow(gateway, jobs[at % 2]?.events ?? '')))
  await eventually(async () => expect(await channels()).toHaveLength(2))
  await eventually(async () => expect(await clients()).toBe(before + 1))
  for (const reader of readers) reader.leave()
  await eventually(async () => expect(await channels()).toEqual([]))
})

test('while nothing happens, comments say that the connection is alive, and they are no events', async () => {
  const gateway = await gatewayOf({ timeouts: { heartbeatMs: 20 } })
  const { events } = await create(gateway, 'info')
  const reader = await follow(gateway, events)
  await eventually(() => expect(reader.others.filter((line) => line === ': still here').length).toBeGreaterThan(4))
  expect(reader.events).toHaveLength(1)
})

test('too many streams of one client are 429 with Retry-After; one that is left makes space', async () => {
  const gateway = await gatewayOf({ heldPerClient: 2 })
  const { events } = await create(gateway, 'info')
  const readers = [await follow(gateway, events), await follow(gateway, events)]
  const refused = await follow(gateway, events)
  await refused.ended
  expect(refused.status).toBe(429)
  expect(refused.headers['retry-after']).toMatch(/^\d+$/)
  expect(JSON.parse(refused.text())).toMatchObject({ code: 'too_many_streams', retryable: true })
  readers[0]?.leave()
  await eventually(async () => {
    const again = await follow(gateway, events)
    expect(again.status).toBe(200)
  })
})

test('a closing gateway ends its streams properly, and the client goes on with another one', async () => {
  const [one, other] = [await gatewayOf(), await gatewayOf()]
  const { events } = await create(one, 'download')
  const { job, finish } = await startGuidedWorker(rig)
  const first = await follow(one, events)
  ;(await job()).report(progress(0.5))
  await eventually(() => expect(last(first)?.data.progress).toBe(0.5))
  await one.app.close()
  expect(await first.ended).toBe(true)
  expect(first.others[0]).toMatch(/^retry: \d{4}$/)
  expect(first.events.some(({ name }) => name === 'end')).toBe(false)

  const second = await follow(other, events, { 'last-event-id': last(first)?.id ?? '' })
  finish()
  expect(await second.ended).toBe(true)
  expect(last(second)?.name).toBe('end')
})

test('a stream whose job is gone, here with all that Redis had, ends without an event', async () => {
  const gateway = await gatewayOf()
  const { events } = await create(gateway, 'info')
  const reader = await follow(gateway, events)
  await eventually(() => expect(reader.events).toHaveLength(1))
  await rig.server.restart()
  expect(await reader.ended).toBe(true)
  expect(reader.events).toHaveLength(1)
  await eventually(async () => expect((await gateway.get('/api/video-scraper/jobs')).statusCode).toBe(200))
})

test('a frozen Redis ends nothing: what happened meanwhile is reported when it answers again', async () => {
  const gateway = await rig.gateway()
  const { id, events } = await create(gateway, 'info')
  const reader = await follow(gateway, events)
  await eventually(() => expect(reader.events).toHaveLength(1))
  rig.server.freeze()
  expect((await gateway.get('/api/video-scraper/jobs')).statusCode).toBe(503)
  rig.server.thaw()
  await eventually(async () =>
    expect((await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})).statusCode).toBe(200),
  )
  expect(await reader.ended).toBe(true)
  expect(last(reader)).toMatchObject({ name: 'end', data: { status: 'cancelled' } })
})

test('who asks for a stream and goes away at once leaves nothing behind', async () => {
  const gateway = await gatewayOf()
  const { events } = await create(gateway, 'info')
  for (let count = 0; count < 20; count += 1) {
    const socket = await openSocket(await gateway.origin())
    socket.on('error', () => undefined)
    const arrived = once(gateway.app.server, 'request')
    socket.write(`GET ${events} HTTP/1.1\r\nhost: localhost\r\n\r\n`)
    await arrived
    socket.destroy()
  }
  await eventually(async () => expect(await gateway.redis.pubsub('CHANNELS', '*changed:*')).toEqual([]))
})
