/** `urls` instead of `url`: one job for each, in order, each checked and counted by itself. */

import { expect, test } from '@jest/globals'
import { keys } from '@video-scraper/store'
import { type Gateway, type GatewayOptions, useApi } from './api-rig.ts'

const rig = useApi()
/** Not about outages: a machine that is busy with other tests must not look like one. */
const gatewayOf = (options: GatewayOptions = {}) => rig.gateway({ redisTimeoutMs: 10_000, ...options })
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'
const video = (at: number) => `https://example.com/video/${at}`
const videos = (count: number) => Array.from({ length: count }, (_, at) => video(at))
const KEY = { 'idempotency-key': 'batch-1' }

const listed = async ({ get }: Gateway): Promise<Map<string, string>> => {
  const { jobs } = (await get('/api/video-scraper/jobs?limit=100')).json()
  return new Map(jobs.map(({ id, url }: { id: string; url: string }) => [id, url]))
}

test('a hundred addresses make a hundred jobs, each answered as a request for it alone, in order', async () => {
  const gateway = await gatewayOf()
  const reply = await gateway.post(INFO, { urls: videos(100) })
  expect(reply.statusCode).toBe(202)
  expect(reply.headers['retry-after']).toBe('1')
  expect(reply.headers).not.toHaveProperty('location')
  const { jobs } = reply.json()
  const [{ job_id: first }] = jobs
  expect(jobs[0]).toEqual({ job_id: first, status: 'processing', message: 'Video information extraction in progress' })
  const made = await listed(gateway)
  expect(jobs.map(({ job_id: id }: { job_id: string }) => made.get(id))).toEqual(videos(100))
})

test('a batch of downloads shares its format_id, and one address is a batch as well', async () => {
  const gateway = await gatewayOf()
  const { jobs } = (await gateway.post(DOWNLOAD, { urls: [video(1)], format_id: '22' })).json()
  expect(jobs).toEqual([
    {
      status: 'download_started',
      download_id: expect.stringMatching(/^download_/),
      message: 'Download started in background. Check status with the download ID.',
    },
  ])
  const status = (await gateway.get(`/api/video-scraper/status/${jobs[0].download_id}`)).json()
  expect(status).toMatchObject({ url: video(1), format_id: '22' })
})

test('an address that is not valid is refused in its place, and the others are not', async () => {
  const gateway = await gatewayOf()
  const bad = ['ftp://example.com', '', `https://example.com/${'x'.repeat(4096)}`, 'https://u:p@example.com/']
  const { jobs } = (await gateway.post(INFO, { urls: [video(0), ...bad, video(1)] })).json()
  expect(jobs.map((job: object) => 'job_id' in job)).toEqual([true, false, false, false, false, true])
  for (const [at, url] of bad.entries()) {
    expect(jobs[at + 1]).toEqual({
      url,
      error: 'The url must be an absolute http or https address of at most 4096 characters, without credentials.',
      status_code: 400,
      code: 'invalid_url',
    })
  }
  expect((await listed(gateway)).size).toBe(2)
})

test('each address counts as a request; those beyond the rate are refused in their place', async () => {
  const gateway = await gatewayOf({ rateLimitPerMinute: 3 })
  const reply = await gateway.post(INFO, { urls: videos(5) })
  expect(reply.statusCode).toBe(202)
  const { jobs } = reply.json()
  expect(jobs.map(({ code = 'made' }: { code?: string }) => code)).toEqual([
    'made',
    'made',
    'made',
    'too_many_requests',
    'too_many_requests',
  ])
  expect(jobs[4]).toMatchObject({ url: video(4), status_code: 429 })
  // Nothing is left even for the first one of the next.
  const next = await gateway.post(INFO, { urls: videos(2) })
  expect([next.statusCode, next.json().code]).toEqual([429, 'too_many_requests'])
})

test('downloads beyond the slots of a client are refused in their place, the first ones are not', async () => {
  const gateway = await gatewayOf({ limits: { downloadsPerClient: 2 } })
  const { jobs } = (await gateway.post(DOWNLOAD, { urls: videos(4) })).json()
  expect(jobs.map(({ code = 'made' }: { code?: string }) => code)).toEqual([
    'made',
    'made',
    'too_many_downloads',
    'too_many_downloads',
  ])
  const all = await gateway.post(DOWNLOAD, { urls: videos(2) })
  expect([all.statusCode, all.json().jobs.map(({ status_code: status }: { status_code: number }) => status)]).toEqual([
    202,
    [429, 429],
  ])
})

test('a queue that becomes full refuses the rest', async () => {
  const gateway = await gatewayOf({ limits: { waitingJobs: 1 } })
  await gateway.post(INFO, { url: video(9) })
  const { jobs } = (await gateway.post(INFO, { urls: videos(2) })).json()
  expect(jobs.map(({ code }: { code?: string }) => code)).toEqual(['queue_full', 'queue_full'])
})

test('a repeated batch gives the first answer, refusals and all, makes nothing and counts nothing', async () => {
  const [one, other] = [
    await gatewayOf({ rateLimitPerMinute: 2, limits: { downloadsPerClient: 2 } }),
    await gatewayOf({ rateLimitPerMinute: 2, limits: { downloadsPerClient: 2 } }),
  ]
  const body = { urls: [video(0), 'ftp://no', video(1), video(2)] }
  const first = await one.post(DOWNLOAD, body, KEY)
  expect(first.json().jobs.map(({ code = 'made' }: { code?: string }) => code)).toEqual([
    'made',
    'invalid_url',
    'made',
    'too_many_requests',
  ])
  for (const gateway of [one, other]) {
    const again = await gateway.post(DOWNLOAD, body, KEY)
    expect([again.statusCode, again.body]).toEqual([202, first.body])
    expect(again.headers['idempotency-replayed']).toBe('true')
  }
  expect((await one.post(DOWNLOAD, { urls: [...body.urls].reverse() }, KEY)).json().code).toBe('idempotency_key_reused')
  expect((await listed(one)).size).toBe(2)
})

test('a batch that broke off in the middle is completed by its repeat: every address has exactly one job', async () => {
  // What was counted once is not counted again.
  const gateway = await gatewayOf({ rateLimitPerMinute: 3 })
  await gateway.redis.set(keys.fairTags('info'), 'no set')
  const broken = await gateway.post(INFO, { urls: videos(3) }, KEY)
  await gateway.redis.del(keys.fairTags('info'))
  expect(broken.json().jobs.map(({ code }: { code?: string }) => code)).toEqual(Array(3).fill('internal_error'))
  const { jobs } = (await gateway.post(INFO, { urls: videos(3) }, KEY)).json()
  const made = await listed(gateway)
  expect(jobs.map(({ job_id: id }: { job_id: string }) => made.get(id))).toEqual(videos(3))
  expect(made.size).toBe(3)
})

test('Prefer: wait does not wait, and the answer says so', async () => {
  const gateway = await gatewayOf()
  const reply = await gateway.post(INFO, { urls: videos(1) }, { prefer: 'wait=60' })
  expect(reply.statusCode).toBe(202)
  expect(reply.headers['preference-applied']).toBe('respond-async')
})

test.each([
  ['both url and urls', { url: video(0), urls: [video(1)] }, '/urls', /give url for one address, or urls for several/],
  ['no addresses', { urls: [] }, '/urls', /urls must not have fewer than 1 items/],
  ['more than a hundred', { urls: videos(101) }, '/urls', /urls must not have more than 100 items/],
  ['a text', { urls: video(0) }, '/urls', /urls must be array/],
  ['what is no text among them', { urls: [video(0), 5] }, '/urls/1', /urls\/1 must be string/],
  ['a field that is none', { urls: [video(0)], args: '-x' }, '/args', /args is not a field of this request/],
])('%s: the whole request is 400', async (_what, body, field, sentence) => {
  const gateway = await gatewayOf()
  const reply = await gateway.post(INFO, body)
  expect(reply.json()).toMatchObject({ status_code: 400, code: 'invalid_request', details: [{ field }] })
  expect(reply.json().error).toMatch(sentence)
  expect((await listed(gateway)).size).toBe(0)
})

test('a hundred addresses of the greatest length fit into a body, and a body of 600 KB does not', async () => {
  const gateway = await gatewayOf()
  const long = Array.from({ length: 100 }, (_, at) => `https://example.com/${at}`.padEnd(4096, 'x'))
  const { jobs } = (await gateway.post(INFO, { urls: long })).json()
  expect(jobs.every((job: object) => 'job_id' in job)).toBe(true)
  const reply = await gateway.post(INFO, { urls: ['x'.repeat(600_000)] })
  expect([reply.statusCode, reply.json().code]).toEqual([413, 'payload_too_large'])
})
