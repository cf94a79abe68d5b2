/** What the gateway and the worker do while Redis is gone, frozen, or has forgotten everything. */
import { expect, test } from '@jest/globals'
import { createJobQueue } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, jobRequest, onDisk, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

/** Less than the timeouts with a Redis that says nothing. */
const AT_ONCE_MS = 400
/** A second of timeouts, and a busy machine. */
const SOON_MS = 3000

const rig = useQueue({ appendOnly: true, timeouts: 'production' })

const timed = async (work: () => Promise<unknown>) => {
  const start = Date.now()
  await expect(work()).rejects.toThrow()
  return Date.now() - start
}

test('while Redis is gone everything fails at once, and jobs are accepted again after its return', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const job = await found(gateway, id)
  await rig.server.kill9()
  await eventually(async () => (await timed(() => gateway.find(id))) < AT_ONCE_MS)
  expect(await timed(() => gateway.submit(jobRequest('info')))).toBeLessThan(AT_ONCE_MS)
  expect(await timed(() => gateway.list('anonymous', 10))).toBeLessThan(AT_ONCE_MS)
  expect(await timed(() => gateway.cancel(job))).toBeLessThan(AT_ONCE_MS)
  await rig.server.restart()
  const again = await eventually(() => submitted(gateway, 'info'))
  expect((await found(gateway, again)).state).toBe('queued')
  expect((await found(gateway, id)).state).toBe('queued')
})

test('a gateway that was born while Redis was frozen takes jobs once it answers', async () => {
  const redis = await rig.connect('gateway')
  rig.server.freeze()
  const limits = { downloadsPerClient: 0, waitingJobs: 0, lifetimeMs: 0 }
  const gateway = createJobQueue(redis, { limits, onError: () => undefined })
  rig.afterwards(() => gateway.close())
  // Whatever was asked when it was opened has timed out by then.
  await expect(redis.ping()).rejects.toThrow()
  rig.server.thaw()
  const id = await eventually(() => submitted(gateway, 'info'))
  expect((await found(gateway, id)).state).toBe('queued')
})

test('while Redis is frozen everything fails soon', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 10 })
  const job = await found(gateway, await submitted(gateway, 'download'))
  rig.server.freeze()
  const waits = await Promise.all([
    timed(() => gateway.submit(jobRequest('download'))),
    timed(() => gateway.find(job.id)),
    timed(() => gateway.list('anonymous', 10)),
    timed(() => gateway.cancel(job)),
  ])
  rig.server.thaw()
  for (const wait of waits) expect(wait).toBeLessThan(SOON_MS)
  await eventually(() => submitted(gateway, 'download'))
})

test('a worker outlasts the outage: the job it runs completes, and the next one is taken', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, latch.opened) })
  await rig.worker('info', task.info)
  const id = await submitted(gateway, 'info')
  await becomes(gateway, id, 'running')
  await onDisk(rig.redis)
  await rig.server.restart()
  latch.open()
  await eventually(async () => (await gateway.find(id))?.state === 'completed')
  expect(task.mostAtOnce).toBe(1)
  const next = await eventually(() => submitted(gateway, 'info'))
  await becomes(gateway, next, 'completed')
})

test('a worker hears of a cancel after an outage too', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, new Promise(() => undefined)) })
  await rig.worker('info', task.info)
  const id = await submitted(gateway, 'info')
  await becomes(gateway, id, 'running')
  await onDisk(rig.redis)
  await rig.server.restart()
  const job = await eventually(() => found(gateway, id))
  await eventually(async () => (await gateway.cancel(job)) === 'cancelled')
  await eventually(() => task.discarded.length === 1)
  expect((await found(gateway, id)).state).toBe('cancelled')
})
