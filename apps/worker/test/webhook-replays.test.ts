/** A replay is a round of its own: nothing of an earlier round changes it. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { seenBy } from './seen-deliveries.ts'
import { useWebhooks } from './webhook-rig.ts'

const rig = useWebhooks()
const { delivery, logOf, received, replay } = seenBy(rig)

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
