/** A worker that is asked to stop hands its jobs back, and takes no others. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, progress, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const forever = new Promise<never>(() => undefined)

test('a running job is handed back: no attempt used, progress kept, first in line', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: (job, signal) => {
      job.report(progress(0.7))
      return unlessStopped(signal, forever)
    },
  })
  const consumer = await rig.worker('download', task.download)
  const ids: string[] = []
  // The second client's first job has the same tag as the first client's.
  for (const limitSubject of ['a', 'b', 'a']) ids.push(await submitted(gateway, 'download', { limitSubject }))
  await eventually(() => task.prepared.length === 1)
  await consumer.close()
  const [running = '', ...others] = ids
  expect(await found(gateway, running)).toMatchObject({
    state: 'queued',
    attemptsEnded: 0,
    failure: null,
    progress: { fraction: 0.7 },
  })
  const fields = await rig.redis.hkeys(`{video-scraper}:download:${running}`)
  expect(fields.filter((field) => field.startsWith('start '))).toEqual([])
  expect(task.discarded).toEqual([])
  const next = scriptedTask()
  await rig.worker('download', next.download)
  for (const id of ids) await becomes(gateway, id, 'completed')
  expect(next.prepared).toEqual([running, ...others])
})

test('a job that has committed is published before the worker is gone', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ publish: () => latch.opened })
  const consumer = await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.published.length === 1)
  const closed = consumer.close()
  latch.open()
  await closed
  expect((await found(gateway, id)).state).toBe('completed')
  expect(task.discarded).toEqual([id])
})

test('a job that was cancelled ends as cancelled, not handed back, when the worker stops at the same time', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, forever) })
  const consumer = await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  const job = await found(gateway, id)
  await rig.redis.hset(`{video-scraper}:download:${id}`, 'verdict', 'cancelled', 'verdictAt', 1)
  await consumer.close()
  expect(await gateway.cancel(job)).toBe('cancelled')
  expect(task.discarded).toEqual([id])
})

test('a job taken in the very moment of closing is handed back too: closing never waits for a whole job', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, forever) })
  for (let round = 0; round < 25; round += 1) {
    const consumer = await rig.worker('download', task.download, { concurrency: 2 })
    const earlier = task.prepared.length
    await Promise.all([submitted(gateway, 'download'), submitted(gateway, 'download')])
    if (round % 2 === 0) await eventually(() => task.prepared.length > earlier, { everyMs: 1 })
    await consumer.close()
    expect(await rig.redis.llen('{video-scraper}:download:active')).toBe(0)
  }
  expect(rig.log.filter(({ message }) => message === 'queue fault')).toEqual([])
})

test('closing twice is closing once', async () => {
  const consumer = await rig.worker('info', scriptedTask().info)
  await Promise.all([consumer.close(), consumer.close()])
  await consumer.close()
})
