/** What a receiver that fails, hangs or has gone does to its deliveries, and that it does nothing to those of others. */
import { expect, test } from '@jest/globals'
import { eventually, type WebhookAnswer } from '@video-scraper/testkit'
import { seenBy } from './seen-deliveries.ts'
import { useWebhooks } from './webhook-rig.ts'

const rig = useWebhooks()
const { delivery, logOf, received, replay } = seenBy(rig)

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
