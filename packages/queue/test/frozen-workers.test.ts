/** A worker that is frozen (SIGSTOP) loses its jobs to others, and changes nothing of them when it comes back (SIGCONT). */
import { setTimeout as delay } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, progress, scriptedTask } from './scripted-task.ts'
import { useWorkerProcesses, type WorkerScript } from './worker-process.ts'

const rig = useQueue()
const workerProcess = useWorkerProcesses()
const timings = { lockMs: 1000, stalledEveryMs: 250 }
const recordOf = (id: string) => rig.redis.hgetall(`{video-scraper}:download:${id}`)
const startsOf = async (id: string) => Object.keys(await recordOf(id)).filter((field) => field.startsWith('start '))

/** A worker that took the job and was frozen at work. */
async function frozenWith(id: string, script: Pick<WorkerScript, 'prepare' | 'publish'>, at: string) {
  const worker = await workerProcess({ url: rig.server.url, kind: 'download', ...script, ...timings })
  await worker.says(`${at} ${id}`)
  // Until something was reported.
  if (script.prepare === 'reports') await delay(700)
  worker.freeze()
  return worker
}

/** Long enough for everything that it had put off. */
const comesBack = async (worker: { thaw(): void }) => {
  worker.thaw()
  await delay(1500)
}

test('its job is taken by another one, without using an attempt; back again, it reports nothing of it', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  const frozen = await frozenWith(id, { prepare: 'reports' }, 'prepare')
  const latch = gate()
  const prepare = async ({ report }: { report: (news: ReturnType<typeof progress>) => void }) => {
    report(progress(0.7))
    await latch.opened
  }
  const task = scriptedTask({ prepare })
  await rig.worker('download', task.download, timings)
  await eventually(async () => (await found(gateway, id)).progress?.fraction === 0.7)
  const before = await recordOf(id)
  await comesBack(frozen)
  // Its own start has come to an end; nothing else has changed.
  const ended = Object.keys(before).filter((field) => field.startsWith('start '))
  const after = await recordOf(id)
  expect(ended).toHaveLength(2)
  expect(Object.keys(before).filter((field) => !(field in after))).toHaveLength(1)
  for (const [field, value] of Object.entries(after)) expect(value).toBe(before[field])
  expect(await startsOf(id)).toHaveLength(1)
  latch.open()
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
  expect(task.prepared).toEqual([id])
  expect(frozen.said()).not.toContain(`discard ${id}`)
})

test('back after the job has ended, it changes nothing of its record', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  const frozen = await frozenWith(id, { prepare: 'reports' }, 'prepare')
  const task = scriptedTask()
  await rig.worker('download', task.download, timings)
  await becomes(gateway, id, 'completed')
  const { result, revision } = await found(gateway, id)
  await comesBack(frozen)
  expect(await found(gateway, id)).toMatchObject({ state: 'completed', attemptsEnded: 1, result, revision })
  expect(frozen.said()).not.toContain(`discard ${id}`)
})

test('frozen before it asks for the verdict, it does not get it once the job is no longer its own', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  const latch = gate()
  const task = scriptedTask({ prepare: () => latch.opened })
  // The same moment from inside: the lock goes to somebody else while the work is being done.
  await rig.worker('download', task.download, { lockMs: 20_000 })
  await eventually(() => task.prepared.length === 1)
  await rig.redis.set(`{video-scraper}:download:${id}:lock`, 'somebody else', 'PX', 20_000)
  latch.open()
  await eventually(() => rig.log.some(({ reason }) => reason === 'lock_lost'))
  expect(await rig.redis.hget(`{video-scraper}:download:${id}`, 'verdict')).toBeNull()
  expect(task.published).toEqual([])
})

test('frozen while it publishes: another one publishes, and the job has one end', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  const frozen = await frozenWith(id, { prepare: 'quick', publish: 'random' }, 'publish')
  const task = scriptedTask()
  await rig.worker('download', task.download, timings)
  const job = await becomes(gateway, id, 'completed')
  await comesBack(frozen)
  expect(await found(gateway, id)).toMatchObject({ state: 'completed', finishedAt: job.finishedAt, attemptsEnded: 1 })
})

test('frozen five times in a row, by workers that come back, the job is not taken for one that kills them', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'download')
  for (let freeze = 0; freeze < 6; freeze += 1) {
    const frozen = await frozenWith(id, { prepare: 'holds' }, 'prepare')
    await eventually(async () => (await found(gateway, id)).state === 'queued')
    await comesBack(frozen)
    // It may have taken the job again.
    expect(await frozen.terminate()).toBe(0)
    expect(await startsOf(id)).toEqual([])
  }
  await rig.worker('download', scriptedTask().download, timings)
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
}, 90_000)
