/** What clients see of the attempts of a job: how many have begun. It rises, and never falls. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const forever = new Promise<never>(() => undefined)

test.each(['info', 'download'] as const)(
  '%s: an attempt that a stopping worker hands back stays counted, twice over, and the next ones come on top',
  async (kind) => {
    const gateway = await rig.gateway()
    const id = await submitted(gateway, kind)
    const seen = [(await found(gateway, id)).attemptsBegun]
    for (const begun of [1, 2]) {
      const waiting = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, forever) })
      const consumer = await rig.worker(kind, waiting[kind])
      await eventually(() => waiting.prepared.length === 1)
      seen.push((await found(gateway, id)).attemptsBegun)
      await consumer.close()
      // None has ended, so none is used up.
      expect(await found(gateway, id)).toMatchObject({ state: 'queued', attemptsEnded: 0, attemptsBegun: begun })
      seen.push((await found(gateway, id)).attemptsBegun)
    }
    const last = scriptedTask()
    await rig.worker(kind, last[kind])
    seen.push((await becomes(gateway, id, 'completed')).attemptsBegun)
    expect(seen).toEqual([0, 1, 1, 2, 2, 3])
  },
)

test('an attempt that failed, and one that was handed back after it, are both counted', async () => {
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
