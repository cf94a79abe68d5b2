/** Event streams through a real nginx: each event at once, a life longer than nginx's timeouts, and a proper end. */
import { expect, jest, test } from '@jest/globals'
import { eventually, startNginx } from '@video-scraper/testkit'
import { type GatewayOptions, useApi } from './api-rig.ts'
import { type EventReader, readEvents } from './event-reader.ts'
import { createJob, jobKinds, progress, startGuidedWorker } from './guided-jobs.ts'

jest.setTimeout(120_000)

const rig = useApi()
const IDLE_MS = 4000

async function nginxWith(locations: string): Promise<string> {
  const nginx = await startNginx(locations)
  rig.afterwards(() => nginx.stop())
  return nginx.origin
}

async function follow(url: string, headers: Record<string, string> = {}): Promise<EventReader> {
  const reader = await readEvents(url, headers)
  rig.afterwards(reader.leave)
  return reader
}

/** nginx believes that a connection is dead after `IDLE_MS` without a byte. */
async function impatient(options: GatewayOptions) {
  const gateway = await rig.gateway(options)
  const origin = await nginxWith(
    `location / { proxy_pass ${await gateway.origin()}; proxy_read_timeout ${IDLE_MS}ms; }`,
  )
  return { gateway, origin }
}

const last = ({ events }: EventReader) => events.at(-1)

/** Only so nginx can tell an answer that has ended from one that broke off. */
const HTTP_1_1 = 'proxy_http_version 1.1; proxy_set_header Connection "";'

const manners = [
  ['as it is by default', ''],
  ['with HTTP/1.1 to the gateway', HTTP_1_1],
  ['that compresses what it can', 'gzip on; gzip_proxied any; gzip_min_length 1; gzip_types *;'],
].flatMap(([name = '', directives = '']) => jobKinds.map((kind) => ({ kind, name, directives })))

test.each(manners)('$kind: nginx $name passes each event on at once, then the end', async ({ kind, directives }) => {
  const gateway = await rig.gateway()
  const origin = await nginxWith(`location / { proxy_pass ${await gateway.origin()}; ${directives} }`)
  const { events } = await createJob(gateway, kind)
  const reader = await follow(`${origin}${events}`, { 'accept-encoding': 'gzip' })
  expect([reader.status, reader.headers['content-type']]).toEqual([200, 'text/event-stream; charset=utf-8'])
  expect(reader.headers['content-encoding']).toBe(directives.includes('gzip') ? 'gzip' : undefined)
  await eventually(() => expect(reader.events).toHaveLength(1))

  const { job, finish } = await startGuidedWorker(rig)
  // The next step is made when the one before has arrived: nothing comes later that could push it through.
  for (const fraction of [0.2, 0.4, 0.6, 0.8]) {
    ;(await job()).report(progress(fraction))
    await eventually(() => expect(last(reader)?.data.progress).toBe(fraction))
    expect(last(reader)?.name).toBe('snapshot')
  }
  finish()
  expect(await reader.ended).toBe(true)
  expect(last(reader)).toMatchObject({ name: 'end', data: { status: 'completed' } })
  expect(reader.events.filter(({ name }) => name === 'end')).toHaveLength(1)
})

test('a stream on which nothing happens outlives what nginx allows, and the end still comes', async () => {
  const { gateway, origin } = await impatient({ timeouts: { heartbeatMs: 100 } })
  const { id, events } = await createJob(gateway, 'info')
  const reader = await follow(`${origin}${events}`)
  const from = Date.now()
  let over = false
  void reader.ended.then(() => {
    over = true
  })
  await eventually(
    () => {
      expect(Date.now() - from).toBeGreaterThan(2 * IDLE_MS)
    },
    { timeoutMs: 60_000 },
  )
  expect(reader.events).toHaveLength(1)
  expect(over).toBe(false)
  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  expect(await reader.ended).toBe(true)
  expect(last(reader)).toMatchObject({ name: 'end', data: { status: 'cancelled' } })
})

test('without heartbeats nginx would cut it, and who comes back receives the end', async () => {
  const { gateway, origin } = await impatient({ timeouts: { heartbeatMs: 600_000 } })
  const { id, events } = await createJob(gateway, 'info')
  const reader = await follow(`${origin}${events}`)
  await reader.ended
  expect(reader.events.map(({ name }) => name)).toEqual(['snapshot'])
  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  const again = await follow(`${origin}${events}`, { 'last-event-id': last(reader)?.id ?? '' })
  expect(await again.ended).toBe(true)
  expect(again.events.map(({ name }) => name)).toEqual(['end'])
})

test('a gateway that closes ends its stream, and the same address leads to the other gateway', async () => {
  const [one, other] = [await rig.gateway(), await rig.gateway()]
  const origin = await nginxWith(`
    location / { proxy_pass ${await one.origin()}; ${HTTP_1_1} error_page 502 = @other; }
    location @other { proxy_pass ${await other.origin()}; }`)
  const { events } = await createJob(one, 'download')
  const { job, finish } = await startGuidedWorker(rig)
  const first = await follow(`${origin}${events}`)
  ;(await job()).report(progress(0.5))
  await eventually(() => expect(last(first)?.data.progress).toBe(0.5))
  await one.app.close()
  expect(await first.ended).toBe(true)
  expect(last(first)?.name).toBe('snapshot')

  const second = await follow(`${origin}${events}`, { 'last-event-id': last(first)?.id ?? '' })
  finish()
  expect(await second.ended).toBe(true)
  expect(last(second)).toMatchObject({ name: 'end', data: { status: 'completed' } })
  expect(Math.min(...second.events.map(({ id }) => Number(id)))).toBeGreaterThan(Number(last(first)?.id))
})
