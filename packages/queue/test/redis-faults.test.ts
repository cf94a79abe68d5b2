/** A Redis that is full, read-only or frozen is no failure of a job: it goes back without using an attempt, and goes on. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { eventually } from '@video-scraper/testkit'
import { becomes, submitted, useQueue } from './queue-rig.ts'
import { faultOf, testFaults, timings } from './redis-faults.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()

// The other ways are a long test.
testFaults(rig, ['full'])

test('full for longer than the lock: a running job is not even interrupted', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, latch.opened) })
  await rig.worker('download', task.download, timings)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await faultOf(rig, 'full').begin()
  await delay(3000)
  await faultOf(rig, 'full').end()
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
