/** Whoever asked for events receives them: signed, and with what GET shows of the job. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { callbackSecret, nextSecret, webhookSecret } from '@video-scraper/webhooks'
import { Webhook } from 'standardwebhooks'
import { seenBy } from './seen-deliveries.ts'
import { useWebhooks, videoInfo } from './webhook-rig.ts'

const rig = useWebhooks()
const { delivery, logOf, received } = seenBy(rig)

const verified = (secret: string | null, { text, headers }: { text: string; headers: object }) =>
  new Webhook(secret ?? '').verify(text, headers as Record<string, string>) as {
    type: string
    timestamp: string
    sequence: number
    data: Record<string, unknown>
  }

test('a completed job is reported, signed as Standard Webhooks says, with exactly what GET shows', async () => {
  const webhook = await rig.register()
  await rig.work()
  const id = await rig.submit()
  const [message] = await received(1)
  if (!message) throw new Error('Nothing came.')
  expect(message.headers['content-type']).toBe('application/json')
  const body = verified(webhookSecret(rig.secretKeys, webhook.id, webhook.secret), message)
  expect(body).toMatchObject({ type: 'job_complete', sequence: 1 })
  expect(body.data).toMatchObject({ job_id: id, status: 'completed', video_info: videoInfo, attempts: 1 })
  const reported = await delivery(webhook.id, 'delivered')
  expect(reported).toMatchObject({
    id: message.headers['webhook-id'],
    event: 'job_complete',
    subjectId: id,
    attempts: 1,
  })
  expect(reported.lastAttempts[0]).toMatchObject({ responseStatus: 200, responseBody: 'ok', error: null })
})

test('a failed and a cancelled job are reported as what they are; events that were not asked for are not', async () => {
  const webhook = await rig.register({ events: ['job_failed', 'job_cancelled'] })
  const worker = await rig.work({
    act: async () => {
      throw new JobFailure('video_unavailable')
    },
  })
  const failed = await rig.submit()
  await delivery(webhook.id, 'delivered')
  await worker.close()
  const waiting = await rig.submit()
  const job = await rig.jobs.find(waiting)
  if (job) await rig.jobs.cancel(job)
  await rig.work()
  const unheard = await rig.submit()
  const all = await received(2)
  const reported = all.map(({ text }) => JSON.parse(text))
  expect(reported.map(({ type, data }) => [type, data.job_id, data.status])).toEqual([
    ['job_failed', failed, 'failed'],
    ['job_cancelled', waiting, 'cancelled'],
  ])
  await eventually(async () => (await rig.redis.hget(`{video-scraper}:info:${unheard}`, 'announced')) === '1')
  expect(rig.receiver.received()).toHaveLength(2)
})

test('the callback of one job receives the events of that job alone, with a secret of its own', async () => {
  await rig.work()
  await rig.submit()
  const callback = { url: rig.receiver.url, secretKeyId: 'k1' }
  const id = await rig.submit({ callback })
  const [message] = await received(1)
  if (!message) throw new Error('Nothing came.')
  expect(verified(callbackSecret(rig.secretKeys, 'k1', id), message).data).toMatchObject({ job_id: id })
  await delivery(id, 'delivered')
  expect(rig.receiver.received()).toHaveLength(1)
})

test('an answer of ten megabytes is taken and not read', async () => {
  const webhook = await rig.register()
  rig.receiver.answer('ten megabytes')
  await rig.work()
  await rig.submit()
  const { lastAttempts } = await delivery(webhook.id, 'delivered')
  expect(lastAttempts[0]?.responseBody).toHaveLength(256)
})

test('after a rotation both secrets verify, and after their time the new one alone', async () => {
  const webhook = await rig.register()
  const secret = nextSecret(rig.secretKeys, webhook.secret, Date.now() + 60_000)
  await rig.registry.change(webhook.id, { secret })
  await rig.work()
  await rig.submit()
  const [both] = await received(1)
  await rig.registry.change(webhook.id, { secret: { ...secret, previous: { keyId: 'k1', version: 1, validUntil: 1 } } })
  await rig.submit()
  const [, one] = await received(2)
  const [old, young] = [webhook.secret, secret].map((version) => webhookSecret(rig.secretKeys, webhook.id, version))
  if (!both || !one) throw new Error('Nothing came.')
  for (const each of [old, young]) expect(verified(each ?? null, both).type).toBe('job_complete')
  expect(verified(young ?? null, one).type).toBe('job_complete')
  expect(() => verified(old ?? null, one)).toThrow()
})

test('a long result is not stored a second time, and the same bytes are sent each time', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 500 })
  const long = { ...videoInfo, title: 'x'.repeat(50_000) }
  await rig.work({ waitsMs: [400], act: async () => long })
  await rig.submit()
  const { id } = await delivery(webhook.id, 'pending')
  const queued = await eventually(async () => (await rig.redis.hget(`{video-scraper}:delivery:${id}`, 'data')) ?? false)
  expect(queued.length).toBeLessThan(1000)
  const [one, two] = await received(2)
  expect(two?.text).toBe(one?.text)
  expect(JSON.parse(one?.text ?? '{}').data.video_info.title).toHaveLength(50_000)
})

test('a long result whose record is gone ends the delivery, and its log says why', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 500 })
  await rig.work({ waitsMs: [600], act: async () => ({ ...videoInfo, title: 'x'.repeat(5000) }) })
  const id = await rig.submit()
  await eventually(async () => (await logOf(webhook.id))[0]?.attempts === 1)
  await rig.redis.del(`{video-scraper}:info:${id}`)
  const { lastAttempts } = await delivery(webhook.id, 'failed')
  expect(lastAttempts[0]?.error).toContain('The record of the job is gone')
  expect(await rig.registry.find(webhook.id)).toMatchObject({ status: 'active' })
})
