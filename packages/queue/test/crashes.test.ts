/** kill -9 of a worker, at each point of a job's life: what docs/states.md says it leads to. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask } from './scripted-task.ts'
import { useWorkerProcesses } from './worker-process.ts'

const rig = useQueue()
const workerProcess = useWorkerProcesses()
const timings = { lockMs: 1000, stalledEveryMs: 250 }
const recordOf = (id: string) => `{video-scraper}:download:${id}`
const startsOf = async (id: string) =>
  (await rig.redis.hkeys(recordOf(id))).filter((field) => field.startsWith('start ')).length
const startedBefore = async (id: string, times: number) => {
  for (let start = 0; start < times; start += 1) await rig.redis.hset(recordOf(id), `start dead-worker:${start}`, 1)
}
const doomed = (publish: 'quick' | 'holds' = 'quick') =>
  workerProcess({
    url: rig.server.url,
    kind: 'download',
    prepare: publish === 'holds' ? 'quick' : 'holds',
    publish,
    ...timings,
  })

test('a worker killed in the middle of a job: another one goes on, from where it was, without using an attempt', async () => {
  const gateway = await rig.gateway()
  const worker = await doomed()
  const id = await submitted(gateway, 'download')
  await eventually(async () => (await found(gateway, id)).progress?.fraction === 0.4)
  await worker.kill9()
  const seen: number[] = []
  const verdicts: (string | null)[] = []
  const task = scriptedTask({
    prepare: async ({ attempt, committed }) => {
      seen.push(attempt)
      verdicts.push(committed)
    },
  })
  await rig.worker('download', task.download, timings)
  expect(await becomes(gateway, id, 'completed')).toMatchObject({
    attemptsEnded: 1,
    progress: { fraction: 0.4 },
  })
  expect([seen, verdicts]).toEqual([[1], [null]])
  expect(rig.log.some(({ message }) => message.includes('stalled'))).toBe(true)
})

test('each start without an end is counted, and an orderly end forgets them', async () => {
  const gateway = await rig.gateway()
  const worker = await doomed()
  const id = await submitted(gateway, 'download')
  await worker.says(`prepare ${id}`)
  expect(await startsOf(id)).toBe(1)
  await worker.kill9()
  const latch = gate()
  const prepare = () => latch.opened.then(() => Promise.reject(new Error('an attempt ends badly')))
  await rig.worker('download', scriptedTask({ prepare }).download, timings)
  await eventually(async () => (await startsOf(id)) === 2)
  latch.open()
  await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
  expect(await startsOf(id)).toBe(0)
})

test('the fifth start is not made: the job has killed its workers', async () => {
  const gateway = await rig.gateway()
  const [id, other] = [await submitted(gateway, 'download'), await submitted(gateway, 'download')]
  await startedBefore(id, 4)
  await startedBefore(other, 3)
  const task = scriptedTask()
  await rig.worker('download', task.download)
  expect(await becomes(gateway, id, 'failed')).toMatchObject({ failure: 'worker_crashed' })
  await becomes(gateway, other, 'completed')
  expect(task.prepared).toEqual([other])
  await eventually(() => task.discarded.includes(id))
})

test("the job of a dead worker goes ahead of everybody's", async () => {
  const gateway = await rig.gateway()
  const worker = await doomed()
  const id = await submitted(gateway, 'download')
  await worker.says(`prepare ${id}`)
  await worker.kill9()
  const others: string[] = []
  for (let job = 0; job < 5; job += 1)
    others.push(await submitted(gateway, 'download', { limitSubject: `client ${job}` }))
  const latch = gate()
  const task = scriptedTask({ prepare: () => latch.opened })
  await rig.worker('download', task.download, timings)
  await eventually(() => rig.log.some(({ message }) => message.includes('stalled')))
  latch.open()
  await eventually(() => task.prepared.length >= 2)
  expect(task.prepared.slice(0, 2)).toEqual([others[0], id])
})

test('killed after the verdict: the job can no longer be cancelled, and the publication is repeated', async () => {
  const gateway = await rig.gateway()
  const worker = await doomed('holds')
  const id = await submitted(gateway, 'download')
  await worker.says(`publish ${id}`)
  await worker.kill9()
  expect(await gateway.cancel(await found(gateway, id))).toBe('committed')
  const seen: (string | null)[] = []
  const task = scriptedTask({ prepare: async ({ committed }) => void seen.push(committed) })
  await rig.worker('download', task.download, timings)
  await becomes(gateway, id, 'completed')
  expect(task).toMatchObject({ prepared: [id], published: [id] })
  // The attempt that committed named nothing, and the next one knows of it all the same.
  expect(seen).toEqual([''])
})

test('cancelled after its worker died: drained by the next one, without being started', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 1 })
  const worker = await doomed()
  const id = await submitted(gateway, 'download')
  await worker.says(`prepare ${id}`)
  await worker.kill9()
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
  await submitted(gateway, 'download')
  const task = scriptedTask()
  await rig.worker('download', task.download, timings)
  await eventually(() => task.discarded.includes(id))
  expect(task.prepared).not.toContain(id)
  expect((await found(gateway, id)).state).toBe('cancelled')
})

test('SIGTERM hands the job back and ends the process', async () => {
  const gateway = await rig.gateway()
  const worker = await doomed()
  const id = await submitted(gateway, 'download')
  await worker.says(`prepare ${id}`)
  expect(await worker.terminate()).toBe(0)
  expect(await found(gateway, id)).toMatchObject({ state: 'queued', attemptsEnded: 0, progress: { fraction: 0.4 } })
  expect(await startsOf(id)).toBe(0)
  expect(worker.said()).not.toContain(`discard ${id}`)
})
