/** Redis gone, frozen, late, or back: what needs it says 503 soon, everything else goes on. */
import { expect, test } from '@jest/globals'
import { keys } from '@video-scraper/store'
import { eventually, freePort } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi({ timeouts: 'production' })
const URL = 'https://example.com/video'
const ID = '6f1c2f0e-3b5a-4c39-9d55-0f6f3f1f7a10'
const FILE = `video-${'a'.repeat(32)}.mp4`

const needRedis: [('GET' | 'POST')?, string?, object?][] = [
  ['POST', '/api/video-scraper/info', { url: URL }],
  ['POST', '/api/video-scraper/download', { url: URL }],
  ['GET', `/api/video-scraper/job/${ID}`],
  ['GET', `/api/video-scraper/status/download_${'0'.repeat(32)}`],
  ['POST', `/api/video-scraper/job/${ID}/cancel`, {}],
  ['POST', `/api/video-scraper/job/${ID}/retry`, {}],
  ['GET', '/api/video-scraper/downloads'],
  ['GET', '/api/video-scraper/jobs'],
  ['GET', `/api/video-scraper/download/${FILE}`],
  ['GET', '/health/ready'],
]
const needNothing = ['/api/status', '/api/video-scraper/platforms', '/docs', '/openapi.json', '/health/live']

async function expectOutage(gateway: Gateway, withinMs: number): Promise<void> {
  const lag = measureLag()
  const started = Date.now()
  const took: [string, number][] = []
  const refusals = needRedis.map(async ([method = 'GET', url = '', payload]) => {
    const reply = await gateway.ask({ method, url, ...(payload ? { payload } : {}) })
    took.push([url, Date.now() - started])
    expect([url, reply.statusCode]).toEqual([url, 503])
    expect(reply.headers['retry-after']).toBe('2')
    expect(reply.json()).toMatchObject({ code: 'service_unavailable', retryable: true })
  })
  const answers = needNothing.map(async (url) => {
    const reply = await gateway.get(url)
    took.push([url, Date.now() - started])
    expect([url, reply.statusCode]).toEqual([url, 200])
    if (url === '/api/status') {
      expect(reply.json()).toMatchObject({ status: 'degraded', queue: 'unreachable', workers: 'unknown' })
    }
  })
  await Promise.all([...refusals, ...answers]).finally(() => lag.end())
  const allowed = withinMs + lag.end()
  expect(took.filter(([, ms]) => ms > allowed)).toEqual([])
}

/** How long other processes kept this one waiting, which is not the gateway's doing. */
function measureLag() {
  const EVERY_MS = 10
  let total = 0
  let last = Date.now()
  const timer = setInterval(() => {
    total += Math.max(0, Date.now() - last - 2 * EVERY_MS)
    last = Date.now()
  }, EVERY_MS)
  return {
    end() {
      clearInterval(timer)
      return total
    },
  }
}

const accepts = ({ post }: Gateway) =>
  eventually(async () => (await post('/api/video-scraper/info', { url: URL })).statusCode === 202)

test('Redis gone: 503 at once; after its restart the gateway recovers by itself', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 60, limits: { downloadsPerClient: 10 } })
  await rig.server.kill9()
  await eventually(() => gateway.redis.status !== 'ready')
  await expectOutage(gateway, 300)
  // Also where Redis would not have been asked: nobody gets 404 or 400 by a gateway that cannot know.
  expect((await gateway.get('/api/video-scraper/job/x')).statusCode).toBe(503)
  expect((await gateway.post('/api/video-scraper/info', {})).statusCode).toBe(503)
  await rig.server.restart()
  await accepts(gateway)
})

/**
 * A command that comes while a batch of others is on its way waits for that batch first, and so for two timeouts
 * (store/redis.ts, `commandTimeout`).
 */
const FROZEN_CROWD_MS = 1000

test('Redis frozen: 503 within a second, and not much later in a crowd; thawed, the gateway goes on', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 60, limits: { downloadsPerClient: 10 } })
  rig.server.freeze()
  const lag = measureLag()
  const started = Date.now()
  expect((await gateway.post('/api/video-scraper/info', { url: URL })).statusCode).toBe(503)
  expect(Date.now() - started).toBeLessThan(1000 + lag.end())
  await expectOutage(gateway, FROZEN_CROWD_MS)
  await expectOutage(gateway, FROZEN_CROWD_MS)
  rig.server.thaw()
  await accepts(gateway)
})

test('a POST that timed out on a frozen Redis makes no job, and leaks no place among the downloads', async () => {
  const gateway = await rig.gateway({ limits: { downloadsPerClient: 1 } })
  rig.server.freeze()
  expect((await gateway.post('/api/video-scraper/download', { url: URL })).statusCode).toBe(503)
  rig.server.thaw()
  // Redis runs the command that nobody waits for any more: it takes the place, and nobody makes the job.
  const slots = keys.slots('127.0.0.1')
  const id = await eventually(async () => (await gateway.redis.zrange(slots, '0', '-1'))[0] ?? (false as const))
  expect((await gateway.get('/api/video-scraper/jobs')).json().jobs).toEqual([])
  expect((await gateway.get(`/api/video-scraper/status/${id}`)).statusCode).toBe(404)
  expect((await gateway.post('/api/video-scraper/download', { url: URL })).statusCode).toBe(429)
  // Ten seconds later.
  await gateway.redis.zadd(slots, Date.now() - 10_001, id)
  expect((await gateway.post('/api/video-scraper/download', { url: URL })).statusCode).toBe(202)
  expect(await gateway.redis.zrange(slots, '0', '-1')).not.toContain(id)
})

test('a gateway that starts before Redis is up says 503, and works when Redis comes', async () => {
  await rig.server.kill9()
  const gateway = await rig.gateway({ rateLimitPerMinute: 60, redisUrl: `${rig.server.url}/0` })
  await expectOutage(gateway, 300)
  await rig.server.restart()
  await accepts(gateway)
  expect((await gateway.get('/health/ready')).statusCode).toBe(200)
})

test('a gateway without any Redis answers what it can', async () => {
  const gateway = await rig.gateway({ redisUrl: `redis://127.0.0.1:${await freePort()}` })
  await expectOutage(gateway, 300)
})

test('an outage is logged without the addresses of videos', async () => {
  const gateway = await rig.gateway()
  await gateway.redis.config('SET', 'maxmemory', '1mb')
  const reply = await gateway.post('/api/video-scraper/info', { url: `${URL}?token=secret` })
  await gateway.redis.config('SET', 'maxmemory', '0')
  expect(reply.statusCode).toBe(503)
  const line = gateway.log.find(({ msg }) => msg === 'request answered')
  expect(line).toMatchObject({ level: 'info', status: 503, reason: expect.stringMatching(/^OOM/) })
  expect(JSON.stringify(gateway.log)).not.toContain('secret')
})
