/** Whoever asked for events receives them: signed, at least once, for as long as it takes, and no longer. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import type { DeliveryRecord } from '@video-scraper/store'
import { eventually, type WebhookAnswer } from '@video-scraper/testkit'
import { callbackSecret, nextSecret, webhookSecret } from '@video-scraper/webhooks'
import { Webhook } from 'standardwebhooks'
import { useWebhooks, videoInfo } from './webhook-rig.ts'

const rig = useWebhooks()

const received = (count: number) =>
  eventually(() => (rig.receiver.received().length >= count ? rig.receiver.received() : false), { timeoutMs: 30_000 })

const logOf = async (webhookId: string) => (await rig.deliveries.list(webhookId, 100))?.records ?? []

/** The newest delivery of a log, once it has come so far. */
const delivery = (webhookId: string, status: string) =>
  eventually(
    async () => {
      const [newest] = await logOf(webhookId)
      if (newest?.status !== status) throw new Error(`The delivery is ${JSON.stringify(newest)}, not ${status}.`)
      return newest
    },
    { timeoutMs: 30_000 },
  )

/** As the gateway does it. */
async function replay(record: DeliveryRecord): Promise<void> {
  const { id: deliveryId, target } = record
  const round = Number((await rig.deliveries.beginRound(deliveryId, 0))?.round)
  await rig.outbox.deliver({ deliveryId, target, round, text: rig.receiver.received()[0]?.text ?? '' })
}

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

test.each<[string, WebhookAnswer, number | null, string]>([
  ['500', { status: 500, body: 'x'.repeat(5000) }, 500, 'The receiver answered 500.'],
  ['a redirect', { status: 301, headers: { location: 'http://127.0.0.1:1/' } }, 301, 'Redirects are not followed.'],
  ['a closed connection', 'close', null, 'The target could not be reached.'],
])('%s is tried again until it is taken, with the same id and the same bytes', async (_name, answer, status, error) => {
  const webhook = await rig.register()
  rig.receiver.answer(answer, answer)
  await rig.work()
  await rig.submit()
  const messages = await received(3)
  expect(new Set(messages.map(({ text }) => text)).size).toBe(1)
  expect(new Set(messages.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  const { lastAttempts, attempts } = await delivery(webhook.id, 'delivered')
  expect(attempts).toBe(3)
  expect(lastAttempts.slice(1)).toEqual(Array(2).fill(expect.objectContaining({ responseStatus: status, error })))
  expect(lastAttempts[1]?.responseBody?.length ?? 0).toBeLessThanOrEqual(256)
})

test('an answer of ten megabytes is taken and not read', async () => {
  const webhook = await rig.register()
  rig.receiver.answer('ten megabytes')
  await rig.work()
  await rig.submit()
  const { lastAttempts } = await delivery(webhook.id, 'delivered')
  expect(lastAttempts[0]?.responseBody).toHaveLength(256)
})

test('Retry-After is honoured: nothing comes before it', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 429, headers: { 'retry-after': '1' } })
  await rig.work()
  await rig.submit()
  const [first, second] = await received(2)
  expect((second?.at ?? 0) - (first?.at ?? 0)).toBeGreaterThanOrEqual(950)
  await delivery(webhook.id, 'delivered')
})

test('410 ends the registration, and nothing is sent again', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 410 })
  await rig.work()
  await rig.submit()
  await delivery(webhook.id, 'failed')
  expect(await rig.registry.find(webhook.id)).toMatchObject({ status: 'ended', reason: 'gone' })
  const id = await rig.submit()
  await eventually(async () => (await rig.redis.hget(`{video-scraper}:info:${id}`, 'announced')) === '1')
  expect(rig.receiver.received()).toHaveLength(1)
})

test('a receiver that fails to the end is paused, and what it misses is in the log', async () => {
  const webhook = await rig.register()
  rig.receiver.usually({ status: 503 })
  await rig.work({ waitsMs: [10, 10] })
  await rig.submit()
  const failed = await delivery(webhook.id, 'failed')
  expect(failed).toMatchObject({ attempts: 3, nextAttemptAt: null })
  expect(await rig.registry.find(webhook.id)).toMatchObject({ status: 'paused', reason: 'failing' })
  await rig.submit()
  expect((await delivery(webhook.id, 'skipped')).attempts).toBe(0)
  expect(rig.receiver.received()).toHaveLength(3)
})

test('a receiver that takes others is not paused for one that it never takes', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 500, headers: { 'retry-after': '3600' } })
  await rig.work({ waitsMs: [10, 10] })
  await rig.submit()
  const waiting = await eventually(async () => {
    const [newest] = await logOf(webhook.id)
    return newest?.attempts === 1 && newest
  })
  await rig.submit()
  await eventually(async () => (await logOf(webhook.id)).some(({ status }) => status === 'delivered'))
  rig.receiver.usually({ status: 500 })
  await replay(waiting)
  await eventually(async () => (await rig.deliveries.find(waiting.id))?.status === 'failed')
  expect(await rig.registry.find(webhook.id)).toMatchObject({ status: 'active' })
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

test('a receiver inside is never reached, and the log says that it is not allowed', async () => {
  const inside = await rig.register({ callbackUrl: 'http://127.0.0.1:9/hook' })
  await rig.work({ waitsMs: [] })
  await rig.submit()
  const { lastAttempts } = await delivery(inside.id, 'failed')
  expect(lastAttempts[0]).toMatchObject({ responseStatus: null, error: 'The target is not allowed.' })
})

test('a receiver that hangs does not keep others from being notified', async () => {
  const hanging = await rig.register()
  await rig.work()
  rig.receiver.answer(...Array<WebhookAnswer>(4).fill('hang'))
  for (let count = 0; count < 4; count++) await rig.submit()
  await received(4)
  await rig.registry.change(hanging.id, { events: ['job_failed'] })
  const other = await rig.register({ callbackUrl: `http://${rig.receiver.alias}/other` })
  await rig.submit()
  await delivery(other.id, 'delivered')
})

test('a job that ended without a record in the outbox is found and reported once', async () => {
  const webhook = await rig.register()
  await rig.work({ recordsEnds: false })
  const id = await rig.submit()
  await eventually(async () => (await rig.jobs.find(id))?.state === 'completed')
  expect(await logOf(webhook.id)).toHaveLength(0)
  expect(await rig.outbox.addMissed(Date.now())).toBe(1)
  await received(1)
  await eventually(async () => (await rig.redis.hget(`{video-scraper}:info:${id}`, 'announced')) === '1')
  expect(await rig.outbox.addMissed(Date.now())).toBe(0)
  expect(rig.receiver.received()).toHaveLength(1)
})

test('a note that comes before the end waits for it, and tells what really became of the job', async () => {
  const webhook = await rig.register()
  const id = await rig.submit()
  const job = await rig.jobs.find(id)
  if (!job) throw new Error('There is no job.')
  await rig.outbox.recordEnd(id, job.envelope)
  let release = () => {}
  const held = new Promise<void>((resolve) => {
    release = resolve
  })
  await rig.work({
    act: async () => {
      await held
      throw new JobFailure('private_video')
    },
  })
  await eventually(async () => (await rig.jobs.find(id))?.state === 'running')
  expect(await logOf(webhook.id)).toHaveLength(0)
  release()
  const [message] = await received(1)
  expect(JSON.parse(message?.text ?? '{}')).toMatchObject({ type: 'job_failed', data: { code: 'private_video' } })
})

test('what ended before anybody wanted to hear of it is not reported later', async () => {
  await rig.work()
  const before = await rig.submit()
  await eventually(async () => (await rig.jobs.find(before))?.state === 'completed')
  await rig.register()
  expect(await rig.outbox.addMissed(Date.now())).toBe(0)
  const after = await rig.submit()
  await received(1)
  expect(rig.receiver.received().map(({ text }) => JSON.parse(text).data.job_id)).toEqual([after])
})

test('a callback of a job that ended unpublished is reported, though nobody ever registered', async () => {
  await rig.work({ recordsEnds: false })
  const id = await rig.submit({ callback: { url: rig.receiver.url, secretKeyId: 'k1' } })
  await eventually(async () => (await rig.jobs.find(id))?.state === 'completed')
  expect(await rig.outbox.addMissed(Date.now())).toBe(1)
  const [message] = await received(1)
  expect(JSON.parse(message?.text ?? '{}').data.job_id).toBe(id)
})

test('an end that comes a moment after its note is reported soon, however long the job ran', async () => {
  await rig.register()
  const id = await rig.submit()
  let end = () => {}
  const held = new Promise<void>((resolve) => {
    end = resolve
  })
  await rig.work({ recordsEnds: false, act: () => held.then(() => videoInfo) })
  await eventually(async () => (await rig.jobs.find(id))?.state === 'running')
  await rig.redis.hset(`{video-scraper}:info:${id}`, 'processedOn', Date.now() - 3_600_000)
  const job = await rig.jobs.find(id)
  if (!job) throw new Error('There is no job.')
  await rig.outbox.recordEnd(id, job.envelope)
  // `ats` is how often BullMQ gave it out.
  await eventually(async () => Number(await rig.redis.hget(`{video-scraper}:announcement:announce-${id}`, 'ats')) > 0)
  end()
  await received(1)
})

test('a repetition of what was reported leaves nothing under way', async () => {
  const webhook = await rig.register()
  await rig.work()
  const id = await rig.submit()
  await delivery(webhook.id, 'delivered')
  const job = await rig.jobs.find(id)
  if (!job) throw new Error('There is no job.')
  await rig.redis.hdel(`{video-scraper}:info:${id}`, 'announced')
  await rig.outbox.recordEnd(id, job.envelope)
  await eventually(async () => (await rig.redis.hget(`{video-scraper}:info:${id}`, 'announced')) === '1')
  expect(await rig.deliveries.pending(webhook.id)).toBe(0)
  expect(rig.receiver.received()).toHaveLength(1)
})

test('a delivery that comes early, as after a crash, waits until it is due', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 503, headers: { 'retry-after': '2' } })
  const first = await rig.work()
  await rig.submit()
  await eventually(async () => (await logOf(webhook.id))[0]?.attempts === 1)
  await first.close()
  const [waiting] = await logOf(webhook.id)
  // As BullMQ does it with what a dead worker had: it is given out at once.
  await rig.redis.zadd('{video-scraper}:delivery:delayed', 'XX', 1, waiting?.id ?? '')
  await rig.work()
  const [one, two] = await received(2)
  expect((two?.at ?? 0) - (one?.at ?? 0)).toBeGreaterThanOrEqual(1950)
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

test('callbacks that hang at one host do not keep others from being notified', async () => {
  await rig.work()
  rig.receiver.usually('hang')
  const callback = { url: rig.receiver.url, secretKeyId: 'k1' }
  for (let count = 0; count < 20; count++) await rig.submit({ callback })
  await received(4)
  await rig.submit({ callback: { ...callback, url: `http://${rig.receiver.alias}/other` } })
  const all = await received(5)
  expect(all.map(({ path }) => path).toSorted()).toEqual(['/hook', '/hook', '/hook', '/hook', '/other'])
})

test('more than a thousand on their way pause the registration, and the next is in the log', async () => {
  const webhook = await rig.register()
  const pending = Array.from({ length: 1000 }, (_, at) => `msg_${at}`)
  await rig.redis.sadd(`{video-scraper}:webhook-pending:${webhook.id}`, pending)
  await rig.work()
  await rig.submit()
  await delivery(webhook.id, 'skipped')
  expect(await rig.registry.find(webhook.id)).toMatchObject({ status: 'paused', reason: 'backlog' })
  expect(rig.receiver.received()).toHaveLength(0)
})

test('what was queued for a round before a replay is not sent any more', async () => {
  const webhook = await rig.register()
  rig.receiver.answer({ status: 500 })
  await rig.work({ waitsMs: [1500] })
  await rig.submit()
  const waiting = await eventually(async () => {
    const [newest] = await logOf(webhook.id)
    return newest?.attempts === 1 && newest
  })
  await replay(waiting)
  await delivery(webhook.id, 'delivered')
  await eventually(async () => (await rig.redis.exists(`{video-scraper}:delivery:${waiting.id}`)) === 0)
  expect(rig.receiver.received()).toHaveLength(2)
})

test('an attempt that is tried again recordsEnds nothing', async () => {
  await rig.register()
  await rig.work({
    act: async () => {
      throw new JobFailure('network_error')
    },
  })
  const id = await rig.submit()
  await eventually(async () => (await rig.jobs.find(id))?.attemptsEnded === 1)
  expect(await rig.redis.exists(`{video-scraper}:announcement:announce-${id}`)).toBe(0)
})

test('an end a moment before the last look is found by the next one, as clocks differ', async () => {
  await rig.register()
  await rig.work({ recordsEnds: false })
  const id = await rig.submit()
  await eventually(async () => (await rig.jobs.find(id))?.state === 'completed')
  await rig.redis.set('{video-scraper}:announced-until', Date.now() + 30_000)
  expect(await rig.outbox.addMissed(Date.now())).toBe(1)
})

test('deliveries that are under way when the worker ends are taken up by the next one', async () => {
  const webhook = await rig.register()
  rig.receiver.answer('hang')
  const first = await rig.work()
  await rig.submit()
  await received(1)
  await first.close()
  await rig.work()
  await delivery(webhook.id, 'delivered')
})

test.each([
  ['fails late', { status: 500, afterMs: 1500 }],
  ['succeeds late', { status: 200, afterMs: 1500 }],
  ['is reported late that nobody wants it', { status: 404, afterMs: 1500 }],
])(
  'a replay while the first request %s: the end of the earlier round changes nothing of the later one',
  async (_, slow) => {
    const webhook = await rig.register()
    rig.receiver.answer(slow)
    await rig.work({ waitsMs: [60_000] })
    await rig.submit()
    await received(1)
    const [record] = await logOf(webhook.id)
    if (!record) throw new Error('There is no delivery.')
    await replay(record)
    const reported = await delivery(webhook.id, 'delivered')
    expect(reported).toMatchObject({ round: 1, attempts: 1, nextAttemptAt: null })
    await eventually(async () => (await rig.redis.exists(`{video-scraper}:delivery:${record.id}`)) === 0)
    expect(await logOf(webhook.id)).toEqual([reported])
    expect(await rig.redis.scard(`{video-scraper}:webhook-pending:${webhook.id}`)).toBe(0)
    expect(rig.receiver.received()).toHaveLength(2)
  },
)

test('replays at one time and the end of an attempt between them: each is a round of its own, and nothing is forgotten', async () => {
  const webhook = await rig.register()
  await rig.work()
  await rig.submit()
  const reported = await delivery(webhook.id, 'delivered')
  const rounds = await Promise.all([1, 2, 3].map(() => rig.deliveries.beginRound(reported.id, 0)))
  expect(rounds.map((record) => record?.round).toSorted()).toEqual([1, 2, 3])
  expect(await rig.deliveries.write({ ...reported, attempts: 9 })).toBe(false)
  expect(await logOf(webhook.id)).toMatchObject([{ round: 3, status: 'pending', attempts: 1 }])
  expect(await rig.deliveries.beginRound('msg_unknown', 0)).toBeNull()
})
