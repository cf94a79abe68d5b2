/** A Redis that is full, read-only or frozen is no failure of a job: it goes back without using an attempt, and goes on. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const timings = { lockMs: 1000, stalledEveryMs: 250 }

interface Fault {
  begin(): Promise<unknown>
  end(): Promise<unknown>
}

/** Each refuses writes in another way: OOM, NOREPLICAS, READONLY. */
const faults: Record<string, Fault> = {
  full: {
    begin: () => rig.redis.config('SET', 'maxmemory', '1'),
    end: () => rig.redis.config('SET', 'maxmemory', '0'),
  },
  'without the replica that it must have': {
    begin: () => rig.redis.config('SET', 'min-replicas-to-write', '1'),
    end: () => rig.redis.config('SET', 'min-replicas-to-write', '0'),
  },
  'a replica, as after a fail-over': {
    begin: () => rig.redis.replicaof('127.0.0.1', 1),
    end: () => rig.redis.replicaof('NO', 'ONE'),
  },
}
const kinds = Object.keys(faults)
const faultOf = (kind: string) => faults[kind] as Fault

test.each(kinds)('%s when the work is done: no attempt is used, and the job completes', async (kind) => {
  const fault = faultOf(kind)
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

test.each(kinds)(
  '%s when a retry is due: the second attempt comes when a write works',
  async (kind) => {
    const fault = faultOf(kind)
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

test.each(kinds)('%s while the file is published: published again until it works', async (kind) => {
  const fault = faultOf(kind)
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

test('full for longer than the lock: a running job is not even interrupted', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, latch.opened) })
  await rig.worker('download', task.download, timings)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await faultOf('full').begin()
  await delay(3000)
  await faultOf('full').end()
  latch.open()
  await becomes(gateway, id, 'completed')
  expect(task.prepared).toEqual([id])
})

test('a publication that fails more often than a job has attempts is published in the end', async () => {
  const gateway = await rig.gateway()
  let tries = 0
  const publish = async () => {
    tries += 1
    if (tries <= 4) throw new JobFailure('disk_full')
  }
  await rig.worker('download', scriptedTask({ publish }).download, timings)
  const id = await submitted(gateway, 'download')
  expect(await becomes(gateway, id, 'completed', 60_000)).toMatchObject({ attemptsEnded: 1, failure: null })
  expect(tries).toBe(5)
}, 70_000)

test('six freezes of Redis longer than the lock: the job goes on each time, and completes', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, latch.opened) })
  await rig.worker('download', task.download, timings)
  const id = await submitted(gateway, 'download')
  for (let freeze = 1; freeze <= 7; freeze += 1) {
    await eventually(() => task.prepared.length === freeze)
    rig.server.freeze()
    await delay(1500)
    rig.server.thaw()
  }
  await eventually(() => task.prepared.length === 8)
  latch.open()
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
  expect(task.mostAtOnce).toBe(1)
}, 60_000)

test('a Redis that has forgotten everything: an attempt that ends writes nothing of its job', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, new Promise(() => undefined)) })
  await rig.worker('download', task.download, timings)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await rig.redis.flushall()
  await eventually(() => rig.log.some(({ message }) => message === 'attempt stopped'))
  await delay(500)
  expect(await rig.redis.keys(`*${id}*`)).toEqual([])
})
