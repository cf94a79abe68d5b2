/** What a client learns of its limits, in the form of the IETF's draft and in that of the plugin. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()
const URL = 'https://example.com/video'
const INFO = '/api/video-scraper/info'

/** A list of one item with parameters, as RFC 9651 writes it. */
function parsed(field: unknown): { name: string; [parameter: string]: number | string } {
  const [, name = '', rest = ''] = /^"([a-z]+)"((?:;[a-z]+=\d+)+)$/.exec(String(field)) ?? []
  const parameters = [...rest.matchAll(/;([a-z]+)=(\d+)/g)].map(([, key, value]) => [key, Number(value)])
  return { name, ...Object.fromEntries(parameters) }
}

test('each job that is asked for says how many are left, accepted or not, and so does the refusal', async () => {
  const gateway = await rig.gateway({ rateLimitPerMinute: 3 })
  const bodies: [unknown, number, number][] = [
    [{ url: URL }, 202, 2],
    [{ url: 'no url' }, 400, 2],
    [{ url: URL }, 202, 1],
    [{ url: URL }, 202, 0],
    [{ url: URL }, 429, 0],
  ]
  for (const [body, status, left] of bodies) {
    const { statusCode, headers } = await gateway.post(INFO, body)
    expect(statusCode).toBe(status)
    expect(parsed(headers['ratelimit-policy'])).toEqual({ name: 'default', q: 3, w: 60 })
    const { name, r, t } = parsed(headers.ratelimit)
    expect([name, r]).toEqual(['default', left])
    expect(t).toBeGreaterThan(0)
    expect(t).toBeLessThanOrEqual(60)
    expect(headers).toMatchObject({ 'x-ratelimit-limit': '3', 'x-ratelimit-remaining': String(left) })
    if (status === 429) expect(headers['retry-after']).toBe(String(t))
  }
})

test('what is not limited says nothing of limits', async () => {
  const limited = await rig.gateway({ rateLimitPerMinute: 3 })
  const free = await rig.gateway({ rateLimitPerMinute: 0 })
  for (const reply of [await limited.get('/api/status'), await free.post(INFO, { url: URL })]) {
    expect(Object.keys(reply.headers).filter((name) => name.includes('ratelimit'))).toEqual([])
  }
})

test('one waiting job too many is 429 with the wait that the queue expects', async () => {
  const gateway = await rig.gateway({ limits: { waitingJobsPerClient: 2 } })
  for (let count = 0; count < 2; count += 1) expect((await gateway.post(INFO, { url: URL })).statusCode).toBe(202)
  const refused = await gateway.post(INFO, { url: URL })
  expect(refused.statusCode).toBe(429)
  expect(refused.json()).toMatchObject({ code: 'too_many_waiting_jobs', retryable: true })
  expect(refused.headers['retry-after']).toBe('15')
  // The other queue has space.
  expect((await gateway.post('/api/video-scraper/download', { url: URL })).statusCode).toBe(202)
})

test('a wait of hours is not promised: nobody is asked to stay away for more than five minutes', async () => {
  const gateway = await rig.gateway({ limits: { waitingJobs: 1 } })
  await gateway.post(INFO, { url: URL })
  await gateway.redis.hset('{video-scraper}:pace:info', { last: Date.now() - 3_600_000 })
  expect((await gateway.post(INFO, { url: URL })).headers['retry-after']).toBe('300')
  await gateway.redis.hset('{video-scraper}:pace:info', { mean: 1, last: Date.now() + 1000 })
  const soon = await gateway.post(INFO, { url: URL })
  expect([soon.statusCode, soon.json().code, soon.headers['retry-after']]).toEqual([503, 'queue_full', '1'])
})
