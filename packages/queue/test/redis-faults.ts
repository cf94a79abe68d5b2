/** What a Redis does that refuses writes, and the promises that hold whichever way it does so. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, type useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

type Rig = ReturnType<typeof useQueue>

export const timings = { lockMs: 1000, stalledEveryMs: 250 }

/** Each refuses writes in another way: OOM, NOREPLICAS, READONLY. */
const faults = {
  full: {
    begin: ({ redis }: Rig) => redis.config('SET', 'maxmemory', '1'),
    end: ({ redis }: Rig) => redis.config('SET', 'maxmemory', '0'),
  },
  'without the replica that it must have': {
    begin: ({ redis }: Rig) => redis.config('SET', 'min-replicas-to-write', '1'),
    end: ({ redis }: Rig) => redis.config('SET', 'min-replicas-to-write', '0'),
  },
  'a replica, as after a fail-over': {
    begin: ({ redis }: Rig) => redis.replicaof('127.0.0.1', 1),
    end: ({ redis }: Rig) => redis.replicaof('NO', 'ONE'),
  },
}
export type FaultName = keyof typeof faults

export function faultOf(rig: Rig, name: FaultName) {
  const { begin, end } = faults[name]
  return { begin: () => begin(rig), end: () => end(rig) }
}

/** The tests of what holds with each of these faults. */
export function testFaults(rig: Rig, names: readonly FaultName[]): void {
  test.each(names)('%s when the work is done: no attempt is used, and the job completes', async (kind) => {
    const fault = faultOf(rig, kind)
    const gateway = await rig.gateway()
    const latch = gate()
    const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, latch.opened) })
    await rig.worker('download', task.download, timings)
    const id = await submitted(gateway, 'download')
    await eventually(() => task.prepared.length === 1)
    await fault.begin()
    await delay(200)
    latch.open()
    // Longer than the lock.
    await delay(2500)
    expect(task.published).toEqual([])
    expect(await found(gateway, id)).toMatchObject({ attemptsEnded: 0, failure: null })
    await fault.end()
    expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
    expect(task).toMatchObject({ published: [id], mostAtOnce: 1 })
  })

  test.each(names)(
    '%s when a retry is due: the second attempt comes when a write works',
    async (kind) => {
      const fault = faultOf(rig, kind)
      const gateway = await rig.gateway()
      const seen: number[] = []
      const task = scriptedTask({
        prepare: async ({ attempt }) => {
          seen.push(attempt)
          if (attempt === 1) throw new JobFailure('network_error')
        },
      })
      await rig.worker('download', task.download, timings)
      const id = await submitted(gateway, 'download')
      await eventually(async () => (await found(gateway, id)).nextAttemptAt !== null)
      await fault.begin()
      await delay(6000)
      await fault.end()
      expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 2 })
      expect(seen).toEqual([1, 2])
    },
    60_000,
  )

  test.each(names)('%s while the file is published: published again until it works', async (kind) => {
    const fault = faultOf(rig, kind)
    const gateway = await rig.gateway()
    let tries = 0
    const task = scriptedTask({
      publish: async ({ id }) => {
        tries += 1
        if (tries === 1) await fault.begin()
        await rig.redis.set(`index of ${id}`, 'x')
      },
    })
    await rig.worker('download', task.download, timings)
    const id = await submitted(gateway, 'download')
    await eventually(() => tries === 1)
    await delay(2500)
    expect(await found(gateway, id)).toMatchObject({ attemptsEnded: 0, failure: null })
    await fault.end()
    expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
  })
}
