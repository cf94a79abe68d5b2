/** Sixty jobs a minute and ten unfinished downloads per client, across gateways. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
const URL = 'https://example.com/video'
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'

const from = ({ ask }: Gateway, url: string, remoteAddress: string, headers: Record<string, string> = {}) =>
  ask({ method: 'POST', url, payload: { url: URL }, remoteAddress, headers })

test('the 61st request of a minute is 429 with Retry-After, over both gateways and every route that makes a job', async () => {
  const [one, other] = [await rig.gateway({ rateLimitPerMinute: 60 }), await rig.gateway({ rateLimitPerMinute: 60 })]
  const id = (await one.post(INFO, { url: URL })).json().job_id
  const retry = `/api/video-scraper/job/${id}/retry`
  await one.post(`/api/video-scraper/job/${id}/cancel`, {})
  const routes = [
    () => one.post(INFO, { url: URL }),
    () => other.post(DOWNLOAD, { url: URL }),
    () => other.post(retry, {}),
  ]
  for (let count = 2; count <= 60; count += 1) {
    expect([count, (await routes[count % 3]?.())?.statusCode]).toEqual([count, 202])
  }
  for (const route of routes) {
    const reply = await route()
    expect(reply.statusCode).toBe(429)
    expect(reply.json()).toMatchObject({ code: 'too_many_requests', retryable: true })
    expect(reply.json().error).toMatch(
      /^Too many requests: at most 60 jobs a minute\. Try again in \d+ (second|minute)s?\.$/,
    )
    expect(Number(reply.headers['retry-after'])).toBeLessThanOrEqual(60)
  }
})

test('reading and cancelling are never limited', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 1 })
  const id = (await gateway.post(INFO, { url: URL })).json().job_id
  for (let count = 0; count < 5; count += 1) {
    expect((await gateway.get(`/api/video-scraper/job/${id}`)).statusCode).toBe(200)
    expect((await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})).statusCode).toBe(200)
  }
  expect((await gateway.post(INFO, { url: URL })).statusCode).toBe(429)
})

test('0 turns both limits off', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 0, limits: { downloadsPerClient: 0 } })
  for (let count = 0; count < 70; count += 1) expect((await gateway.post(DOWNLOAD, { url: URL })).statusCode).toBe(202)
})

test('the 11th unfinished download is 429 with Retry-After on any gateway; info jobs are not counted', async () => {
  const limits = { downloadsPerClient: 10 }
  const [one, other] = [await rig.gateway({ limits }), await rig.gateway({ limits })]
  const answers = await Promise.all(
    Array.from({ length: 15 }, (_, at) => (at % 2 === 0 ? one : other).post(DOWNLOAD, { url: URL })),
  )
  const accepted = answers.filter(({ statusCode }) => statusCode === 202)
  const refused = answers.filter(({ statusCode }) => statusCode === 429)
  expect([accepted.length, refused.length]).toEqual([10, 5])
  expect(refused[0]?.json()).toMatchObject({ code: 'too_many_downloads', retryable: true })
  expect((await one.post(INFO, { url: URL })).statusCode).toBe(202)

  const id = accepted[0]?.json().download_id
  await other.post(`/api/video-scraper/job/${id}/cancel`, {})
  expect((await one.post(DOWNLOAD, { url: URL })).statusCode).toBe(202)
  expect((await one.post(DOWNLOAD, { url: URL })).statusCode).toBe(429)
  expect((await one.post(`/api/video-scraper/job/${id}/retry`, {})).statusCode).toBe(429)
})

test('a finished download gives its place back', async () => {
  const gateway = await rig.gateway({ limits: { downloadsPerClient: 1 } })
  await startWorker(rig)
  for (let count = 0; count < 3; count += 1) {
    await eventually(async () => (await gateway.post(DOWNLOAD, { url: URL })).statusCode === 202)
  }
})

test('a gateway that died between taking a place and adding its job leaks no place', async () => {
  const gateway = await rig.gateway({ limits: { downloadsPerClient: 1 } })
  await gateway.redis.zadd('{video-scraper}:places:127.0.0.1', Date.now() - 11_000, `download_${'e'.repeat(32)}`)
  expect((await gateway.post(DOWNLOAD, { url: URL })).statusCode).toBe(202)
})

test('a queue that is full is a 503 with Retry-After', async () => {
  const gateway = await rig.gateway({ limits: { waitingJobs: 2 } })
  const codes = []
  for (let count = 0; count < 3; count += 1) codes.push((await gateway.post(INFO, { url: URL })).json().code)
  expect(codes).toEqual([undefined, undefined, 'queue_full'])
})

const sameClient: [string, string, boolean][] = [
  ['192.0.2.1', '::ffff:192.0.2.1', true],
  ['192.0.2.1', '192.0.2.2', false],
  ['2001:db8:1:2::1', '2001:db8:1:2:ffff::9', true],
  ['2001:db8:1:2::1', '2001:db8:1:3::1', false],
]

test.each(sameClient)('%s and %s count as the same client: %p', async (one, other, same) => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 1 })
  expect((await from(gateway, INFO, one)).statusCode).toBe(202)
  expect((await from(gateway, INFO, other)).statusCode).toBe(same ? 429 : 202)
})

test('X-Forwarded-For counts only from a trusted proxy', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 1, trustedProxies: ['10.0.0.0/8'] })
  const via = (proxy: string, client: string) => from(gateway, INFO, proxy, { 'x-forwarded-for': client })
  expect((await via('10.1.1.1', '192.0.2.1')).statusCode).toBe(202)
  expect((await via('10.2.2.2', '192.0.2.2')).statusCode).toBe(202)
  expect((await via('10.2.2.2', '198.51.100.7, 192.0.2.2')).statusCode).toBe(429)
  expect((await via('203.0.113.5', '192.0.2.3')).statusCode).toBe(202)
  expect((await via('203.0.113.5', '192.0.2.4')).statusCode).toBe(429)
})

test('a forwarded address may carry a port; one that is no address makes nobody a new client', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 1, trustedProxies: ['10.0.0.1'] })
  const via = (client: string) => from(gateway, INFO, '10.0.0.1', { 'x-forwarded-for': client })
  const statuses = []
  for (const client of ['192.0.2.1:1000', '192.0.2.1:2000', '[2001:db8::1]:1', '2001:db8::2', 'unknown', 'x"y']) {
    statuses.push((await via(client)).statusCode)
  }
  expect(statuses).toEqual([202, 429, 202, 429, 202, 429])
})

test('without trusted proxies nobody is believed', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 1 })
  expect((await from(gateway, INFO, '127.0.0.1', { 'x-forwarded-for': '192.0.2.1' })).statusCode).toBe(202)
  expect((await from(gateway, INFO, '127.0.0.1', { 'x-forwarded-for': '192.0.2.2' })).statusCode).toBe(429)
})
