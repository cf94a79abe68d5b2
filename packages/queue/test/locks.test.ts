/** A worker that lost the lock of its job stops it: two copies of one job never run at the same time. */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { useFaultyLines } from './faulty-line.ts'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const faultyLine = useFaultyLines()
const timings = { lockMs: 1000, stalledEveryMs: 200 }

/** Works until the latch opens. Once reported to stop it takes a while, as processes do. */
function stubborn(stopsWithinMs: number) {
  const latch = gate()
  const task = scriptedTask({
    prepare: (_, signal) =>
      unlessStopped(signal, latch.opened).catch((reason) => delay(stopsWithinMs).then(() => Promise.reject(reason))),
  })
  return { task, open: latch.open }
}

test.each([
  ['quickly', 100],
  ['so slowly that Redis is back before', 2500],
])(
  'Redis frozen for longer than the lock, a task that stops %s: one copy at a time, and it completes',
  async (_, stopsWithinMs) => {
    const gateway = await rig.gateway()
    const { task, open } = stubborn(stopsWithinMs)
    await rig.worker('download', task.download, { ...timings, concurrency: 3 })
    const id = await submitted(gateway, 'download')
    await eventually(() => task.prepared.length === 1)
    rig.server.freeze()
    await delay(1600)
    rig.server.thaw()
    await eventually(() => task.prepared.length >= 2)
    // Long enough for a copy whose lock nobody renews to be found and taken once more.
    await delay(1600)
    expect(task.prepared).toHaveLength(2)
    open()
    expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
    expect(task.mostAtOnce).toBe(1)
    expect(task.published).toEqual([id])
  },
)

test('a worker cut off from Redis stops before another one takes the job', async () => {
  const gateway = await rig.gateway()
  const line = await faultyLine(rig.server.port)
  const { task, open } = stubborn(50)
  await rig.worker('download', task.download, { ...timings, url: line.url })
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await rig.worker('download', task.download, timings)
  line.cut()
  await eventually(() => task.prepared.length === 2)
  expect(task.mostAtOnce).toBe(1)
  open()
  await becomes(gateway, id, 'completed')
  line.mend()
  await eventually(() => rig.log.some(({ message }) => message === 'attempt stopped'))
  expect(await found(gateway, id)).toMatchObject({ state: 'completed', attemptsEnded: 1 })
  expect(task).toMatchObject({ mostAtOnce: 1, published: [id] })
})

test('a lock that somebody else has is noticed though nothing failed', async () => {
  const gateway = await rig.gateway()
  const { task } = stubborn(1)
  // Renewed every 10 s, so that only our own looking can notice it in time.
  await rig.worker('download', task.download, { lockMs: 20_000 })
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await rig.redis.set(`{video-scraper}:download:${id}:lock`, 'somebody else', 'PX', 20_000)
  await eventually(() => rig.log.some(({ reason }) => reason === 'lock_lost'))
  expect(task.discarded).toEqual([])
})

test('a job that takes longer than its lock keeps it', async () => {
  const gateway = await rig.gateway()
  const { task, open } = stubborn(1)
  await rig.worker('download', task.download, timings)
  await rig.worker('download', task.download, timings)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await delay(2500)
  open()
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
  expect(task.prepared).toEqual([id])
})
