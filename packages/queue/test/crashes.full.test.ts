/** A job that kills every worker it meets, with the real counter and real deaths. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, onDisk, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'
import { useWorkerProcesses } from './worker-process.ts'

const rig = useQueue({ appendOnly: true, timeouts: 'production' })
const workerProcess = useWorkerProcesses()

test('four workers die of a job; the fifth does not start it', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  const timings = { lockMs: 1500, stalledEveryMs: 300 }
  for (let death = 0; death < 4; death += 1) {
    const worker = await workerProcess({ url: rig.server.url, kind: 'download', prepare: 'holds', ...timings })
    await worker.says(`prepare ${id}`)
    await worker.kill9()
  }
  const task = scriptedTask()
  await rig.worker('download', task.download, timings)
  expect(await becomes(gateway, id, 'failed', 15_000)).toMatchObject({ failure: 'worker_crashed' })
  expect(task).toMatchObject({ prepared: [], discarded: [id] })
}, 60_000)

test('with the locks of production, the job of a killed worker runs again within 40 s', async () => {
  const gateway = await rig.gateway()
  const worker = await workerProcess({ url: rig.server.url, kind: 'download', prepare: 'holds' })
  const id = await submitted(gateway, 'download')
  await worker.says(`prepare ${id}`)
  await worker.kill9()
  await rig.worker('download', scriptedTask().download)
  await becomes(gateway, id, 'completed', 42_000)
}, 60_000)

test('kill -9 of Redis under twenty jobs: each of them ends once, completed', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: () => eventually(() => true, { everyMs: 1 }).then(() => undefined) })
  const ids: string[] = []
  for (let job = 0; job < 20; job += 1) ids.push(await submitted(gateway, 'download'))
  await onDisk(rig.redis)
  await rig.worker('download', task.download, { lockMs: 2000, stalledEveryMs: 500, concurrency: 2 })
  await eventually(() => task.published.length >= 5)
  await rig.server.kill9()
  await rig.server.restart()
  for (const id of ids) {
    await eventually(async () => (await found(gateway, id)).state === 'completed', { timeoutMs: 30_000 })
  }
  expect(task.mostAtOnce).toBe(1)
}, 90_000)
