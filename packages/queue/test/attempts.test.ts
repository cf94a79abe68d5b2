/** What clients see of the attempts of a job: the number of the latest. It rises when one is used up, and never falls. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const forever = new Promise<never>(() => undefined)

test.each(['info', 'download'] as const)(
  '%s: an attempt that a stopping worker hands back stays the first, twice over, and no attempt is used',
  async (kind) => {
    const gateway = await rig.gateway()
    const id = await submitted(gateway, kind)
    const seen = [(await found(gateway, id)).attemptsBegun]
    for (let handedBack = 0; handedBack < 2; handedBack += 1) {
      const waiting = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, forever) })
      const consumer = await rig.worker(kind, waiting[kind])
      await eventually(() => waiting.prepared.length === 1)
      seen.push((await found(gateway, id)).attemptsBegun)
      await consumer.close()
      // None has ended, so none is used up.
      expect(await found(gateway, id)).toMatchObject({ state: 'queued', attemptsEnded: 0, attemptsBegun: 1 })
      seen.push((await found(gateway, id)).attemptsBegun)
    }
    const last = scriptedTask()
    await rig.worker(kind, last[kind])
    seen.push((await becomes(gateway, id, 'completed')).attemptsBegun)
    expect(seen).toEqual([0, 1, 1, 1, 1, 1])
  },
)

test('an attempt that failed is counted, and one that is handed back after it does not fall back behind it', async () => {
  const gateway = await rig.gateway()
  let attempt = 0
  const task = scriptedTask({
    prepare: (_, signal) => {
      attempt += 1
      if (attempt === 1) throw new JobFailure('rate_limited', { retryAfterMs: 1 })
      return unlessStopped(signal, forever)
    },
  })
  const consumer = await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(() => attempt === 2)
  expect(await found(gateway, id)).toMatchObject({ attemptsEnded: 1, attemptsBegun: 2 })
  await consumer.close()
  expect(await found(gateway, id)).toMatchObject({ state: 'queued', attemptsEnded: 1, attemptsBegun: 2 })
})
