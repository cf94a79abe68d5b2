/** The end of a job is reported once, whatever died, came too early or was asked for too late. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { seenBy } from './seen-deliveries.ts'
import { useWebhooks, videoInfo } from './webhook-rig.ts'

const rig = useWebhooks()
const { delivery, logOf, received } = seenBy(rig)

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

test('an attempt that is tried again announces nothing', async () => {
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
