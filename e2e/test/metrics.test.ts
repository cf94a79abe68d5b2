/** Metrics of both processes, as Prometheus reads them: they count what happened, and name nobody. */
import { fileURLToPath } from 'node:url'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import {
  eventually,
  freePort,
  type Gateway,
  type Stack,
  startStack,
  startVideoSite,
  type VideoSite,
} from '@video-scraper/testkit'
import { clientOf } from './client.ts'
import { run } from './run-program.ts'

const GATEWAY = fileURLToPath(new URL('../../apps/api/dist/main.js', import.meta.url))

let site: VideoSite
let stack: Stack
beforeEach(async () => {
  site = await startVideoSite()
  stack = await startStack({ settings: { EGRESS_ALLOW: `${site.host}:${site.port}` } })
}, 60_000)
afterEach(async () => {
  await stack?.stop()
  await site?.stop()
})

const scrape = async (port: number) => {
  const response = await fetch(`http://127.0.0.1:${port}/metrics`)
  return { status: response.status, type: response.headers.get('content-type'), text: await response.text() }
}

/** The value of the sample whose labels are those given, whatever other labels it has; null when there is none. */
function sample(text: string, name: string, labels: Record<string, string>): number | null {
  const line = text
    .split('\n')
    .find(
      (each) => each.startsWith(`${name}{`) && Object.entries(labels).every(([k, v]) => each.includes(`${k}="${v}"`)),
    )
  return line === undefined ? null : Number(line.split(' ').at(-1))
}

test('jobs, requests, queues, webhooks and bytes are counted, and no label holds an address or an id', async () => {
  const [ofGateway, ofWorker] = [await freePort(), await freePort()]
  const host = { METRICS_HOST: '127.0.0.1' }
  const gateway: Gateway = await stack.startGateway({ ...host, METRICS_PORT: String(ofGateway) })
  await stack.startWorker({ ...host, WORKER_METRICS_PORT: String(ofWorker) })
  const client = clientOf(gateway.origin)
  const { body } = await client.post('/api/video-scraper/info', {
    url: site.url('/jsonld'),
    callback_url: site.url('/no-such-receiver'),
  })
  const good = String(body.job_id)
  const bad = await client.info(site.url('/status/404'))
  await Promise.all([client.ended(good), client.ended(bad)])
  await client.get('/no/such/path')

  await eventually(async () => {
    const { text } = await scrape(ofWorker)
    expect(sample(text, 'videoscraper_jobs_total', { kind: 'info', outcome: 'completed', code: '' })).toBe(1)
    expect(sample(text, 'videoscraper_jobs_total', { outcome: 'failed', code: 'video_unavailable' })).toBe(1)
    expect(sample(text, 'videoscraper_job_duration_seconds_count', { kind: 'info', phase: 'running' })).toBe(2)
    expect(sample(text, 'videoscraper_webhook_attempts_total', { outcome: 'failed' })).toBeGreaterThan(0)
    expect(sample(text, 'videoscraper_egress_bytes_total', {})).toBeGreaterThan(100)
    expect(sample(text, 'videoscraper_disk_free_bytes', {})).toBeGreaterThan(0)
    expect(sample(text, 'videoscraper_ytdlp_age_days', {})).toBeGreaterThan(0)
    expect(sample(text, 'process_resident_memory_bytes', { service: 'worker' })).toBeGreaterThan(0)
  })
  const { status, type, text } = await scrape(ofGateway)
  expect([status, type]).toEqual([200, expect.stringContaining('text/plain; version=0.0.4')])
  const requests = 'videoscraper_http_request_duration_seconds_count'
  expect(sample(text, requests, { route: '/api/video-scraper/info', method: 'POST', status: '202' })).toBe(2)
  expect(sample(text, requests, { route: 'none', status: '404' })).toBe(1)
  expect(sample(text, 'videoscraper_queue_jobs', { queue: 'info', state: 'waiting' })).toBe(0)

  for (const all of [text, (await scrape(ofWorker)).text]) {
    for (const secret of [good, bad, site.host, 'no-such-receiver', '/no/such/path', 'anonymous']) {
      expect(all).not.toContain(secret)
    }
  }
  expect((await fetch(`http://127.0.0.1:${ofGateway}/`)).status).toBe(404)
  expect((await fetch(`http://127.0.0.1:${ofGateway}/metrics`, { method: 'POST' })).status).toBe(405)
}, 90_000)

test('a queue without a worker shows how many wait, and for how long; without Redis a scrape is 503', async () => {
  const port = await freePort()
  const gateway = await stack.startGateway({ METRICS_HOST: '127.0.0.1', METRICS_PORT: String(port) })
  const client = clientOf(gateway.origin)
  await client.info(site.url('/jsonld'))
  await client.info(site.url('/jsonld'))
  await eventually(async () => {
    const { text } = await scrape(port)
    expect(sample(text, 'videoscraper_queue_jobs', { queue: 'info', state: 'waiting' })).toBe(2)
    expect(sample(text, 'videoscraper_queue_next_job_age_seconds', { queue: 'info' })).toBeGreaterThan(0.5)
  })
  await stack.redis.kill9()
  await eventually(async () => expect((await scrape(port)).status).toBe(503))
  // The gateway itself goes on.
  expect((await client.get('/health/live')).status).toBe(200)
}, 90_000)

test('a port that is taken stops the start with a sentence', async () => {
  const port = await freePort()
  await stack.startGateway({ METRICS_HOST: '127.0.0.1', METRICS_PORT: String(port) })
  const env = {
    REDIS_URL: stack.redis.url,
    DATA_DIR: stack.dataDir,
    PORT: '0',
    METRICS_HOST: '127.0.0.1',
    METRICS_PORT: String(port),
  }
  const started = run(process.execPath, [GATEWAY], { folder: stack.dataDir, env })
  await expect(started).rejects.toThrow(/is taken. Each process needs one of its own/)
}, 90_000)
