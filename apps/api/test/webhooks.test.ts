/** Registrations of webhooks as a client manages them. Sending is tested where it is done, in the worker. */
import { beforeEach, expect, test } from '@jest/globals'
import { webhookEventWords } from '@video-scraper/contracts'
import { createDeliveryLog, type DeliveryRecord } from '@video-scraper/store'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const PATH = '/api/video-scraper/webhooks'
const BODY = { callback_url: 'https://your-server.com/webhook', events: ['job_complete', 'download_complete'] }

let gateway: Gateway
beforeEach(async () => {
  gateway = await rig.standing()
})

const register = async (change: object = {}) => (await gateway.post(`${PATH}/register`, { ...BODY, ...change })).json()

async function logged(webhookId: string, change: Partial<DeliveryRecord> = {}): Promise<DeliveryRecord> {
  const record: DeliveryRecord = {
    id: 'msg_0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    webhookId,
    event: 'job_complete',
    subjectId: null,
    target: { webhookId },
    status: 'failed',
    createdAt: 1_700_000_000_000,
    attempts: 1,
    round: 0,
    failedInARow: 1,
    nextAttemptAt: null,
    lastAttempts: [{ at: 1_700_000_000_100, latencyMs: 7, responseStatus: 500, responseBody: 'no', error: 'No.' }],
    ...change,
  }
  await createDeliveryLog(await rig.workerConnection()).begin(record)
  return record
}

test('the documented request registers, with a secret that is shown once', async () => {
  const reply = await gateway.post(`${PATH}/register`, BODY)
  expect(reply.statusCode).toBe(201)
  const webhook = reply.json()
  expect(webhook).toMatchObject({
    ...BODY,
    status: 'active',
    secret: expect.stringMatching(/^whsec_[A-Za-z0-9+/]{43}=$/),
  })
  expect(reply.headers.location).toBe(`${PATH}/${webhook.webhook_id}`)
  const { secret, ...rest } = webhook
  expect((await gateway.get(`${PATH}/${webhook.webhook_id}`)).json()).toEqual(rest)
  expect((await gateway.get(PATH)).json()).toEqual({ webhooks: [rest] })
  const keys = await (await rig.workerConnection()).hgetall(`{video-scraper}:webhook:${webhook.webhook_id}`)
  expect(JSON.stringify(keys)).not.toContain(secret.slice(6, 20))
})

test.each([
  ['no address', { callback_url: undefined }],
  ['an address that is none', { callback_url: 'your-server.com' }],
  ['another scheme', { callback_url: 'ftp://your-server.com/' }],
  ['credentials', { callback_url: 'https://user:word@your-server.com/' }],
  ['no events', { events: [] }],
  ['an event that there is not', { events: ['job_started'] }],
  ['an unknown field', { secret: 'mine' }],
])('%s is refused with a sentence', async (_name, change) => {
  const reply = await gateway.post(`${PATH}/register`, { ...BODY, ...change })
  expect(reply.statusCode).toBe(400)
  expect(reply.json()).toMatchObject({ code: 'invalid_request' })
})

test('the 21st registration is refused, and deleting one makes space', async () => {
  const all = []
  for (let count = 0; count < 20; count++) all.push(await register())
  const refused = await gateway.post(`${PATH}/register`, BODY)
  expect(refused.statusCode).toBe(409)
  expect(refused.json().code).toBe('too_many_webhooks')
  const deleted = await gateway.ask({ method: 'DELETE', url: `${PATH}/${all[3].webhook_id}` })
  expect(deleted.statusCode).toBe(204)
  expect((await gateway.get(`${PATH}/${all[3].webhook_id}`)).statusCode).toBe(404)
  expect((await gateway.post(`${PATH}/register`, BODY)).statusCode).toBe(201)
})

test('a change changes what it names, and nothing else', async () => {
  const { secret: _, ...webhook } = await register()
  const url = `${PATH}/${webhook.webhook_id}`
  const patch = async (payload: object) => (await gateway.ask({ method: 'PATCH', url, payload })).json()
  expect(await patch({ events: ['job_failed'] })).toEqual({ ...webhook, events: ['job_failed'] })
  const paused = await patch({ status: 'paused' })
  expect(paused).toMatchObject({ events: ['job_failed'], status: 'paused', status_reason: 'requested' })
  expect(await patch({ status: 'active' })).toMatchObject({ status: 'active' })
  expect(await patch({ callback_url: 'ftp://x' })).toMatchObject({ status_code: 400 })
  expect(await patch({})).toMatchObject({ status_code: 400 })
  expect(await patch({ status: 'ended' })).toMatchObject({ status_code: 400 })
})

test('a rotation gives another secret, and says how long both are used', async () => {
  const { webhook_id: id, secret } = await register()
  const rotated = (await gateway.post(`${PATH}/${id}/rotate-secret`, {})).json()
  expect(rotated.secret).not.toBe(secret)
  expect(Date.parse(rotated.previous_secret_valid_until) - Date.now()).toBeGreaterThan(23 * 3_600_000)
})

test('a test delivery is queued; a paused registration gets none', async () => {
  const { webhook_id: id } = await register()
  const reply = await gateway.post(`${PATH}/${id}/test`, {})
  expect(reply.statusCode).toBe(202)
  const { deliveries } = (await gateway.get(`${PATH}/${id}/deliveries`)).json()
  expect(deliveries).toMatchObject([{ delivery_id: reply.json().delivery_id, event: 'test', status: 'pending' }])
  await gateway.ask({ method: 'PATCH', url: `${PATH}/${id}`, payload: { status: 'paused' } })
  const refused = await gateway.post(`${PATH}/${id}/test`, {})
  expect([refused.statusCode, refused.json().code]).toEqual([409, 'webhook_not_active'])
})

test('a delivery is replayed as long as its job is known, also one that waits', async () => {
  const { webhook_id: id } = await register()
  const job = (await gateway.post('/api/video-scraper/info', { url: 'https://example.com/' })).json().job_id
  const { id: deliveryId } = await logged(id, { subjectId: job })
  const url = `${PATH}/${id}/deliveries/${deliveryId}/replay`
  expect((await gateway.post(url, {})).statusCode).toBe(202)
  expect((await gateway.get(`${PATH}/${id}/deliveries`)).json().deliveries[0]).toMatchObject({ status: 'pending' })
  expect((await gateway.post(url, {})).statusCode).toBe(202)
  expect((await createDeliveryLog(await rig.workerConnection()).find(deliveryId))?.round).toBe(2)
  const lost = await logged(id, { id: 'msg_lost', subjectId: 'download_00000000000000000000000000000000' })
  expect((await gateway.post(`${PATH}/${id}/deliveries/${lost.id}/replay`, {})).statusCode).toBe(404)
})

test('what was skipped during a pause is replayed at once, and nothing else', async () => {
  const { webhook_id: id } = await register()
  const job = (await gateway.post('/api/video-scraper/info', { url: 'https://example.com/' })).json().job_id
  for (let count = 0; count < 25; count++) {
    await logged(id, { id: `msg_${count}`, subjectId: job, status: count < 23 ? 'skipped' : 'delivered' })
  }
  await logged(id, { id: 'msg_lost', status: 'skipped', subjectId: 'download_00000000000000000000000000000000' })
  await logged(id, { id: 'msg_test', status: 'skipped', event: 'test' })
  const url = `${PATH}/${id}/deliveries/replay`
  const patch = (status: string) => gateway.ask({ method: 'PATCH', url: `${PATH}/${id}`, payload: { status } })
  await patch('paused')
  expect((await gateway.post(url, { status: 'skipped' })).json()).toMatchObject({ code: 'webhook_not_active' })
  await patch('active')
  const reply = await gateway.post(url, { status: 'skipped' })
  expect([reply.statusCode, reply.json()]).toEqual([202, { count: 23, status: 'pending' }])
  expect((await gateway.post(url, { status: 'skipped' })).json().count).toBe(0)
  expect(await createDeliveryLog(await rig.workerConnection()).pending(id)).toBe(23)
  expect((await gateway.post(url, { status: 'delivered' })).statusCode).toBe(400)
})

test('of more than 1000 deliveries the oldest go, with all that was kept of them, but for one under way', async () => {
  const { webhook_id: id } = await register()
  await logged(id, { id: 'msg_waits', status: 'pending', createdAt: 1 })
  const log = createDeliveryLog(await rig.workerConnection())
  const template = await log.find('msg_waits')
  if (!template) throw new Error('It was not written.')
  const more = Array.from({ length: 1001 }, (_, at) => ({ ...template, id: `msg_${at}`, createdAt: 10 + at }))
  await Promise.all(more.map((record) => log.begin({ ...record, status: 'failed' })))
  expect(await log.find('msg_0')).toBeNull()
  expect(await log.find('msg_1')).not.toBeNull()
  expect(await log.find('msg_waits')).not.toBeNull()
})

test('a deleted registration leaves nothing behind', async () => {
  const { webhook_id: id } = await register()
  await logged(id, { status: 'pending' })
  await gateway.ask({ method: 'DELETE', url: `${PATH}/${id}` })
  const redis = await rig.workerConnection()
  expect((await redis.keys('*')).filter((key) => key.includes('webhook'))).toEqual([])
})

test('the log pages, and refuses a cursor that is none', async () => {
  const { webhook_id: id } = await register()
  for (let count = 0; count < 3; count++) await logged(id, { id: `msg_${count}`, createdAt: 1000 + count })
  const first = (await gateway.get(`${PATH}/${id}/deliveries?limit=2`)).json()
  expect(first.deliveries.map((each: { delivery_id: string }) => each.delivery_id)).toEqual(['msg_2', 'msg_1'])
  const second = (await gateway.get(`${PATH}/${id}/deliveries?limit=2&cursor=${first.next_cursor}`)).json()
  expect(second).toMatchObject({ deliveries: [{ delivery_id: 'msg_0' }], next_cursor: null })
  expect((await gateway.get(`${PATH}/${id}/deliveries?cursor=x`)).statusCode).toBe(400)
})

test("another owner's registration and log are the same 404 as what never was", async () => {
  const { webhook_id: id } = await register()
  await logged(id)
  const redis = await rig.workerConnection()
  await redis.hset(`{video-scraper}:webhook:${id}`, 'owner', '"somebody-else"')
  const answers = await Promise.all(
    [id, 'wh_00000000000000000000000000000000', 'nonsense'].map(async (each) => {
      const replies = [
        await gateway.get(`${PATH}/${each}`),
        await gateway.ask({ method: 'PATCH', url: `${PATH}/${each}`, payload: { status: 'paused' } }),
        await gateway.ask({ method: 'DELETE', url: `${PATH}/${each}` }),
        await gateway.post(`${PATH}/${each}/test`, {}),
        await gateway.post(`${PATH}/${each}/rotate-secret`, {}),
        await gateway.get(`${PATH}/${each}/deliveries`),
        await gateway.post(`${PATH}/${each}/deliveries/msg_0a1b2c3d4e5f60718293a4b5c6d7e8f9/replay`, {}),
      ]
      // Each answer names its own request, and nothing else may differ.
      return replies.map((reply) => {
        const { request_id: _, ...body } = reply.json()
        return { statusCode: reply.statusCode, body }
      })
    }),
  )
  expect(answers[0]?.every(({ statusCode }) => statusCode === 404)).toBe(true)
  expect(answers[1]).toEqual(answers[0])
  expect(answers[2]).toEqual(answers[0])
})

test('a job is cancelled although the note for its webhooks cannot be put aside', async () => {
  await register({ events: ['job_cancelled'] })
  const id = (await gateway.post('/api/video-scraper/info', { url: 'https://example.com/' })).json().job_id
  await (await rig.workerConnection()).set('{video-scraper}:announcement:delayed', 'not a sorted set')
  expect((await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})).statusCode).toBe(200)
})

test('a callback of one job is accepted with its secret, and again when the job is retried', async () => {
  const wanted = { url: 'https://example.com/', callback_url: 'https://your-server.com/one' }
  for (const path of ['info', 'download']) {
    const reply = await gateway.post(`/api/video-scraper/${path}`, wanted)
    expect([reply.statusCode, reply.json().callback_secret]).toEqual([202, expect.stringMatching(/^whsec_/)])
    const id = reply.json().job_id ?? reply.json().download_id
    await gateway.post(`/api/video-scraper/job/${id}/cancel`, {})
    const retried = (await gateway.post(`/api/video-scraper/job/${id}/retry`, {})).json()
    expect(retried.callback_secret).toMatch(/^whsec_/)
    expect(retried.callback_secret).not.toBe(reply.json().callback_secret)
    expect((await gateway.get(`${PATH}/${id}/deliveries`)).json()).toEqual({ deliveries: [], next_cursor: null })
  }
  const refused = await gateway.post('/api/video-scraper/info', { ...wanted, callback_url: 'ftp://x' })
  expect(refused.json()).toMatchObject({ status_code: 400, details: [{ field: '/callback_url' }] })
})

test('the document describes what receivers get', () => {
  const { webhooks, components } = gateway.app.swagger() as unknown as {
    webhooks: Record<string, { post: { operationId: string } }>
    components: { schemas: object }
  }
  expect(Object.keys(webhooks)).toEqual([...webhookEventWords])
  expect(
    JSON.stringify(webhooks)
      .match(/schemas\/\w+/g)
      ?.every((name) => name.slice(8) in components.schemas),
  ).toBe(true)
})
