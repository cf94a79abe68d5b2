/** Cancel against commit, two hundred times: the answer that was given is the truth for ever. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { useQueue } from './queue-rig.ts'
import { race, verdictsOf } from './race.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()

test('never completed after a cancelled answer, never published, and never failed that turns cancelled', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: async ({ id }) => {
      await delay(Math.random() * 6)
      if (id.endsWith('0') || id.endsWith('8')) throw new JobFailure('private_video')
    },
    publish: () => delay(Math.random() * 3),
  })
  await rig.worker('download', task.download, { concurrency: 5 })
  const contestants = await race([gateway], 'download', 200)
  const queue = rig.bull('download')
  const drained = async () => (await queue.getCompletedCount()) + (await queue.getFailedCount()) === contestants.length
  const answers = await verdictsOf(gateway, contestants, drained)
  const cancelled = contestants.filter(({ answer }) => answer === 'cancelled').map(({ id }) => id)
  expect(task.published.filter((id) => cancelled.includes(id))).toEqual([])
  // A cancelled one perhaps twice: when the message came, and when it was drained.
  expect([...new Set(task.discarded)].toSorted()).toEqual(contestants.map(({ id }) => id).toSorted())
  // Otherwise it was no race.
  expect(answers).toMatchObject({ missing: 0 })
  for (const answer of ['cancelled', 'committed', 'finished'] as const) expect(answers[answer]).toBeGreaterThan(0)
})
