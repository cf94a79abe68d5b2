/** What is refused uses up no jobs and has a limit of its own; all requests together have a generous one. */
import { expect, test } from '@jest/globals'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const VIDEO = { url: 'https://example.com/video' }
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'
const LIMITED = { rateLimitPerMinute: 2 }

const remainingOf = ({ headers }: { headers: Record<string, unknown> }) => Number(headers['x-ratelimit-remaining'])

const refusedOnes: [string, number, (gateway: Gateway) => ReturnType<Gateway['post']>][] = [
  ['a body that is no JSON', 400, ({ ask }) => ask({ method: 'POST', url: INFO, payload: '{', headers: JSON_TYPE })],
  ['a body without url', 400, ({ post }) => post(INFO, {})],
  ['an address that is none', 400, ({ post }) => post(INFO, { url: 'ftp://example.com/' })],
  ['a format that is none', 400, ({ post }) => post(DOWNLOAD, { ...VIDEO, format_id: 'best[height<9]' })],
  ['a body of another type', 415, ({ ask }) => ask({ method: 'POST', url: INFO, payload: 'x', headers: TEXT_TYPE })],
  ['a body that is too large', 413, ({ post }) => post(INFO, { url: 'x'.repeat(600_000) })],
  ['a callback to nowhere', 400, ({ post }) => post(INFO, { ...VIDEO, callback_url: 'x' })],
  ['the retry of nothing', 404, ({ post }) => post('/api/video-scraper/job/x/retry', {})],
  ['a webhook without events', 400, ({ post }) => post('/api/video-scraper/webhooks/register', { events: [] })],
]
const JSON_TYPE = { 'content-type': 'application/json' }
const TEXT_TYPE = { 'content-type': 'text/plain' }

test.each(refusedOnes)('%s uses up no job', async (_what, status, send) => {
  const gateway = await rig.gateway(LIMITED)
  for (let count = 0; count < 4; count += 1) {
    const reply = await send(gateway)
    expect([reply.statusCode, remainingOf(reply)]).toEqual([status, 2])
  }
  expect(remainingOf(await gateway.post(INFO, VIDEO))).toBe(1)
  expect((await gateway.post(INFO, VIDEO)).statusCode).toBe(202)
  expect((await gateway.post(INFO, VIDEO)).statusCode).toBe(429)
})

test('a download beyond the limit of unfinished ones uses up no job, nor does a full queue', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 3, limits: { downloadsPerClient: 1, waitingJobs: 2 } })
  await gateway.post(DOWNLOAD, VIDEO)
  for (let count = 0; count < 4; count += 1) expect((await gateway.post(DOWNLOAD, VIDEO)).statusCode).toBe(429)
  expect((await gateway.post(INFO, VIDEO)).statusCode).toBe(202)
  expect((await gateway.post(INFO, VIDEO)).statusCode).toBe(202)
  expect((await gateway.post(INFO, VIDEO)).json().code).toBe('too_many_requests')
})

test('the refused addresses of a batch use up no jobs', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 3 })
  const { jobs } = (await gateway.post(INFO, { urls: ['x', VIDEO.url, 'y', VIDEO.url, 'z'] })).json()
  expect(jobs.map(({ code = 'made' }) => code)).toEqual(['invalid_url', 'made', 'invalid_url', 'made', 'invalid_url'])
  expect((await gateway.post(INFO, VIDEO)).statusCode).toBe(202)
  expect((await gateway.post(INFO, VIDEO)).statusCode).toBe(429)
})

test('a window that is over while a request is refused gains nothing, and its count has an end', async () => {
  const gateway = await rig.gateway(LIMITED)
  await gateway.post(INFO, {})
  const [key = ''] = await gateway.redis.keys('*rate:*')
  expect([await gateway.redis.get(key), (await gateway.redis.pttl(key)) > 0]).toEqual(['0', true])
  await gateway.redis.del(key)
  await gateway.app.uncountJob({ ...gateway.app, countedJobs: 1, ip: '127.0.0.1', apiKey: null } as never)
  expect(await gateway.redis.exists(key)).toBe(0)
})

test('too many refused requests are 429 before their body is read, and only for that client', async () => {
  const gateway = await rig.gateway({ requestLimits: { requests: 0, refused: 3 } })
  const send = (payload: object, remoteAddress = '192.0.2.1') =>
    gateway.ask({ method: 'POST', url: INFO, payload, remoteAddress })
  const statuses = []
  for (let count = 0; count < 5; count += 1) statuses.push((await send({})).statusCode)
  expect(statuses).toEqual([400, 400, 400, 429, 429])
  const refused = await send(VIDEO)
  expect(refused.statusCode).toBe(429)
  expect(refused.json()).toMatchObject({
    code: 'too_many_requests',
    retryable: true,
    error: expect.stringMatching(/were refused: 3 in a minute\. Correct them first\. Try again in \d+ seconds?\.$/),
  })
  expect(Number(refused.headers['retry-after'])).toBeGreaterThan(0)
  expect((await send(VIDEO, '192.0.2.2')).statusCode).toBe(202)
  expect((await gateway.get('/api/video-scraper/jobs')).statusCode).toBe(200)
})

test('the limit of all requests counts reads and changes, lists ten times, health never, and each client by itself', async () => {
  const gateway = await rig.gateway({ requestLimits: { requests: 25, refused: 0 } })
  const from = (url: string, remoteAddress = '192.0.2.1') => gateway.ask({ url, remoteAddress })
  const LISTS = ['/api/video-scraper/jobs?limit=200', '/api/video-scraper/downloads?text=a']
  for (const url of LISTS) expect((await from(url)).statusCode).toBe(200)
  for (let count = 0; count < 5; count += 1) expect((await from('/api/status')).statusCode).toBe(200)
  for (const url of [...LISTS, '/api/status', '/openapi.json', '/docs', `${INFO.replace('info', 'job')}/x`]) {
    const reply = await from(url)
    expect([url, reply.statusCode]).toEqual([url, 429])
    expect(reply.json().error).toMatch(/^Too many requests: at most 25 a minute\. Try again in \d+ seconds?\.$/)
    expect(Number(reply.headers['retry-after'])).toBeGreaterThan(0)
  }
  expect(
    (await gateway.ask({ method: 'POST', url: INFO, payload: VIDEO, remoteAddress: '192.0.2.1' })).statusCode,
  ).toBe(429)
  for (let count = 0; count < 30; count += 1) expect((await from('/health/live')).statusCode).toBe(200)
  expect((await from('/api/status', '192.0.2.2')).statusCode).toBe(200)
})
