/** A request that is repeated with its Idempotency-Key makes nothing twice, whatever became of the first one. */
import { expect, test } from '@jest/globals'
import { kindOf } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type Gateway, type GatewayOptions, useApi } from './api-rig.ts'
import { startWorker } from './trivial-worker.ts'

const rig = useApi()
/** Not about outages: a machine that is busy with other tests must not look like one. */
const gatewayOf = (options: GatewayOptions = {}) => rig.gateway({ redisTimeoutMs: 10_000, ...options })
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'
const VIDEO = 'https://example.com/video'
const KEY = { 'idempotency-key': '"8e03978e-40d5-43dd-bc93-6894a57f9324"' }

const jobsOf = async ({ get }: Gateway): Promise<string[]> =>
  (await get('/api/video-scraper/jobs')).json().jobs.map(({ id }: { id: string }) => id)

test.each([
  [INFO, { url: VIDEO }, 'job_id'],
  [DOWNLOAD, { url: VIDEO, format_id: '22' }, 'download_id'],
])('%s: the same key and body give the first answer and the same job, on any gateway', async (url, body, id) => {
  const [one, other] = [await gatewayOf(), await gatewayOf()]
  const first = await one.post(url, body, KEY)
  const again = await other.post(url, body, KEY)
  expect([first.statusCode, again.statusCode]).toEqual([202, 202])
  expect(again.body).toBe(first.body)
  expect(again.headers.location).toBe(first.headers.location)
  expect(again.headers['retry-after']).toBe(first.headers['retry-after'])
  expect([first.headers['idempotency-replayed'], again.headers['idempotency-replayed']]).toEqual([undefined, 'true'])
  expect(await jobsOf(one)).toEqual([first.json()[id]])
  expect(kindOf(first.json()[id])).toBe(url === INFO ? 'info' : 'download')
})

test('the order of the fields and the quotes around the key make no difference; any other body or route is 422', async () => {
  const gateway = await gatewayOf()
  const bare = { 'idempotency-key': '8e03978e-40d5-43dd-bc93-6894a57f9324' }
  const { download_id: id } = (await gateway.post(DOWNLOAD, { url: VIDEO, format_id: '22' }, KEY)).json()
  expect((await gateway.post(DOWNLOAD, { format_id: '22', url: VIDEO }, bare)).json().download_id).toBe(id)
  for (const [url, body] of [
    [DOWNLOAD, { url: VIDEO, format_id: '23' }],
    [DOWNLOAD, { url: VIDEO }],
    [DOWNLOAD, { url: `${VIDEO}2`, format_id: '22' }],
    [INFO, { url: VIDEO }],
    [DOWNLOAD, { urls: [VIDEO], format_id: '22' }],
  ] as const) {
    const reply = await gateway.post(url, body, KEY)
    expect([reply.statusCode, reply.json().code]).toEqual([422, 'idempotency_key_reused'])
  }
  expect(await jobsOf(gateway)).toEqual([id])
})

test('an option that asks for what is meant anyway makes no other request', async () => {
  const gateway = await gatewayOf()
  const { download_id: id } = (await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)).json()
  const again = await gateway.post(DOWNLOAD, { url: VIDEO, format_id: null }, KEY)
  expect([again.statusCode, again.json().download_id]).toEqual([202, id])
})

test('without a key, and with another one, the same body makes another job', async () => {
  const gateway = await gatewayOf()
  for (const headers of [{}, {}, KEY, { 'idempotency-key': 'another' }]) {
    expect((await gateway.post(INFO, { url: VIDEO }, headers)).statusCode).toBe(202)
  }
  expect(new Set(await jobsOf(gateway)).size).toBe(4)
})

test('many at once over two gateways make one job: each is answered with it, or asked to come back', async () => {
  const gateways = [await gatewayOf(), await gatewayOf()]
  const replies = await Promise.all(
    Array.from({ length: 40 }, (_, at) => gateways[at % 2]?.post(DOWNLOAD, { url: VIDEO }, KEY)),
  )
  const accepted = replies.filter((reply) => reply?.statusCode === 202)
  expect(new Set(accepted.map((reply) => reply?.body)).size).toBe(1)
  for (const reply of replies) {
    if (reply?.statusCode === 202) continue
    expect([reply?.statusCode, reply?.json().code, reply?.headers['retry-after']]).toEqual([
      409,
      'request_in_progress',
      '1',
    ])
  }
  expect(await jobsOf(gateways[0] as Gateway)).toHaveLength(1)
})

test('repeats count against no limit, of rate or of downloads; new keys do', async () => {
  const gateway = await gatewayOf({ rateLimitPerMinute: 2, limits: { downloadsPerClient: 1 } })
  const { download_id: id } = (await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)).json()
  await gateway.post(INFO, { url: VIDEO })
  for (let count = 0; count < 5; count += 1) {
    expect((await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)).json().download_id).toBe(id)
  }
  expect((await gateway.post(DOWNLOAD, { url: VIDEO }, { 'idempotency-key': 'k3' })).json().code).toBe(
    'too_many_requests',
  )
  expect((await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)).json().download_id).toBe(id)
})

test('a request that was refused has made nothing, and its key can be used again', async () => {
  const gateway = await gatewayOf({ limits: { downloadsPerClient: 1 } })
  expect((await gateway.post(DOWNLOAD, { url: 'ftp://example.com' }, KEY)).json().code).toBe('invalid_url')
  const { download_id: id } = (await gateway.post(DOWNLOAD, { url: VIDEO })).json()
  expect((await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)).json().code).toBe('too_many_downloads')
  await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
  expect((await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)).statusCode).toBe(202)
})

test('a job that was never made, because Redis broke off after it had its place, is made by the repeat, once', async () => {
  const gateway = await gatewayOf({ rateLimitPerMinute: 1, limits: { downloadsPerClient: 1 } })
  // BullMQ cannot write a job from here on, and giving a place goes well.
  await gateway.redis.call('ACL', 'SETUSER', 'default', '-hmset')
  const broken = await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)
  await gateway.redis.call('ACL', 'SETUSER', 'default', '+hmset')
  expect(broken.statusCode).toBe(500)
  const [reserved] = await gateway.redis.zrange(keys.slots('127.0.0.1'), '0', '-1')
  expect(reserved).toMatch(/^download_/)
  const again = await gateway.post(DOWNLOAD, { url: VIDEO }, KEY)
  expect([again.statusCode, again.json().download_id]).toEqual([202, reserved])
  expect(await jobsOf(gateway)).toEqual([reserved])
  await startWorker(rig)
  await eventually(async () => {
    expect((await gateway.get(`/api/video-scraper/status/${reserved}`)).json().status).toBe('completed')
  })
})

test('a repeat of what a dead gateway left is answered when its lease is over, with the job that was made', async () => {
  const gateway = await gatewayOf()
  const { job_id: id } = (await gateway.post(INFO, { url: VIDEO }, KEY)).json()
  const [record = ''] = await gateway.redis.keys(keys.idempotency('*'))
  // As if the gateway had died before it could keep its answer.
  await gateway.redis.hdel(record, 'answer')
  await gateway.redis.hset(record, 'busyUntil', String(Date.now() + 600_000))
  expect((await gateway.post(INFO, { url: VIDEO }, KEY)).json().code).toBe('request_in_progress')
  await gateway.redis.hset(record, 'busyUntil', String(Date.now() - 1))
  const again = await gateway.post(INFO, { url: VIDEO }, KEY)
  expect(again.json().job_id).toBe(id)
  expect(await jobsOf(gateway)).toEqual([id])
})

test('keys are kept for 24 hours, each in the same space, under the hash tag', async () => {
  const gateway = await gatewayOf()
  await gateway.post(INFO, { url: VIDEO }, { 'idempotency-key': 'k'.repeat(255) })
  const [record = '', ...others] = await gateway.redis.keys(keys.idempotency('*'))
  expect(others).toEqual([])
  expect(record).toMatch(/^\{video-scraper\}:repeats:[0-9a-f]{64}$/)
  const left = await gateway.redis.pttl(record)
  expect(left).toBeGreaterThan(24 * 3_600_000 - 60_000)
  expect(left).toBeLessThanOrEqual(24 * 3_600_000)
})

test.each([
  ['an empty key', ''],
  ['a key that is too long', 'k'.repeat(256)],
  ['a key that is not closed', '"abc'],
  ['two keys', 'a, b'],
  ['a space', 'a b'],
  ['an empty string', '""'],
  ['letters beyond ASCII', 'schlüssel'],
  ['a string with parameters', '"abc";a=1'],
])('%s is a clear 400 that counts against no limit', async (_what, key) => {
  const gateway = await gatewayOf({ rateLimitPerMinute: 1 })
  for (let count = 0; count < 2; count += 1) {
    const reply = await gateway.post(INFO, { url: VIDEO }, { 'idempotency-key': key })
    expect(reply.json()).toMatchObject({
      status_code: 400,
      code: 'invalid_request',
      error: expect.stringMatching(/^The Idempotency-Key is not valid: 1 to 255 visible ASCII/),
      details: [{ field: 'Idempotency-Key' }],
    })
  }
  expect(await gateway.redis.keys(keys.idempotency('*'))).toEqual([])
})
