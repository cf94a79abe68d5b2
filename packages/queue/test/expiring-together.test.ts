/** Many jobs whose time is over in the same moment, and many processes that look: each job is ended once, and the work does not grow with the processes. */
import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterEach, beforeAll, expect, test } from '@jest/globals'
import { WaitUntil } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { found, submitted, useQueue } from './queue-rig.ts'
import { race, verdictsOf } from './race.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const here = dirname(fileURLToPath(import.meta.url))
const started: ChildProcess[] = []
beforeAll(() => {
  const compiler = join(here, '../../../node_modules/typescript/bin/tsc')
  execFileSync(process.execPath, [compiler, '-b', join(here, '..')], { env: {} })
}, 60_000)
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL')
})

const wanted = (gateway: JobQueue, count: number) =>
  Promise.all(Array.from({ length: count }, () => submitted(gateway, 'download', { options: { expires_in: 3600 } })))
const timeIsOver = (ids: string[]) => rig.redis.zadd(keys.deadlines, 'XX', ...ids.flatMap((id) => [Date.now() - 1, id]))

/** Commands that Redis has done so far, by name; those of scripts are among them. */
async function commandsDone(name?: string): Promise<number> {
  const lines = (await rig.redis.info('commandstats')).matchAll(/^cmdstat_([^:]+):calls=(\d+)/gm)
  return [...lines]
    .filter(([, each]) => name === undefined || each === name)
    .reduce((sum, [, , calls]) => sum + Number(calls), 0)
}

/** Three processes that look; what they say is how many jobs each look ended. */
async function watchers(): Promise<() => number[]> {
  const counts: number[] = []
  let ready = 0
  for (let at = 0; at < 3; at += 1) {
    const child = spawn(process.execPath, [join(here, 'fixtures/deadline-process.mjs'), rig.server.url], {
      stdio: ['ignore', 'pipe', 'inherit'],
      env: {},
    })
    started.push(child)
    child.stdout.on('data', (bytes: Buffer) => {
      for (const line of bytes.toString().trim().split('\n')) {
        if (line === 'ready') ready += 1
        else counts.push(Number(line))
      }
    })
  }
  await eventually(() => expect(ready).toBe(3), { timeoutMs: 30_000 })
  return () => counts
}
const sum = (counts: number[]) => counts.reduce((total, count) => total + count, 0)

test('three processes end 240 jobs, each once, with a bounded number of commands', async () => {
  const gateway = await rig.gateway()
  const ids = await wanted(gateway, 240)
  const counts = await watchers()
  const before = await commandsDone()
  await timeIsOver(ids)
  await eventually(() => expect(sum(counts())).toBe(240), { timeoutMs: 20_000 })
  expect(counts().length).toBeGreaterThan(1)
  const commands = (await commandsDone()) - before
  expect(commands / ids.length).toBeLessThan(60)
  for (const id of ids.slice(0, 20))
    expect(await found(gateway, id)).toMatchObject({ state: 'failed', failure: 'job_expired', revision: 3 })
})

test('a look ends some hundreds at most, and the next one goes on', async () => {
  const gateway = await rig.gateway()
  const ids = await wanted(gateway, 520)
  await timeIsOver(ids)
  expect(await gateway.expireDue()).toEqual({ expired: 500, failures: [] })
  expect(await gateway.expireDue()).toEqual({ expired: 20, failures: [] })
})

test('jobs in front that cannot be ended, or are not there, hold up no other', async () => {
  const gateway = await rig.gateway()
  const ids = await wanted(gateway, 3)
  await timeIsOver(ids)
  const nobody = Array.from({ length: 120 }, (_, at) => `info-${'0'.repeat(20)}${at}`)
  await rig.redis.zadd(keys.deadlines, ...nobody.flatMap((id) => [1, id]))
  const [broken = ''] = ids
  await rig.redis.hset(`{video-scraper}:download:${broken}`, 'data', '{')
  expect(await gateway.expireDue()).toMatchObject({ expired: 2, failures: [{ id: broken }] })
})

test('hundreds that wait for a time are woken without a walk through those that wait already', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: () => Promise.reject(new WaitUntil('site_rest', Date.now() + 600_000)) })
  const worker = await rig.worker('download', task.download, { concurrency: 10 })
  const ids = await wanted(gateway, 200)
  const queue = rig.bull('download')
  await eventually(async () => expect(await queue.getDelayedCount()).toBe(200), { timeoutMs: 20_000 })
  await worker.close()
  const before = await commandsDone('lrem')
  await timeIsOver(ids)
  expect(await gateway.expireDue()).toEqual({ expired: 200, failures: [] })
  expect([await queue.getDelayedCount(), await queue.getWaitingCount()]).toEqual([0, 200])
  expect((await commandsDone('lrem')) - before).toBe(0)
  const drained = scriptedTask()
  await rig.worker('download', drained.download, { concurrency: 10 })
  await eventually(async () => expect(await queue.getFailedCount()).toBe(200), { timeoutMs: 20_000 })
  expect(drained.prepared).toEqual([])
})

test('expiry against commit against cancel, a hundred and fifty times: the verdict that was given is the truth for ever', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: () => new Promise((resolve) => setTimeout(resolve, Math.random() * 6)),
    publish: () => new Promise((resolve) => setTimeout(resolve, Math.random() * 3)),
  })
  await rig.worker('download', task.download, { concurrency: 5 })
  const others = [await rig.gateway(), await rig.gateway()]
  const looking = setInterval(() => {
    for (const each of others) void each.expireDue().catch(() => undefined)
  }, 5)
  rig.afterwards(async () => clearInterval(looking))
  const contestants = await race([gateway], 'download', 150, async (id) => {
    await rig.redis.zadd(keys.deadlines, 'XX', Date.now() + 20 * Math.random(), id)
  })
  const queue = rig.bull('download')
  const drained = async () => (await queue.getCompletedCount()) + (await queue.getFailedCount()) === contestants.length
  const answers = await verdictsOf(gateway, contestants, drained)
  clearInterval(looking)
  const ended = contestants.filter(({ answer }) => answer === 'cancelled' || answer === 'expired').map(({ id }) => id)
  expect(task.published.filter((id) => ended.includes(id))).toEqual([])
  expect(answers).toMatchObject({ missing: 0 })
  for (const answer of ['cancelled', 'expired'] as const) expect(answers[answer]).toBeGreaterThan(0)
  expect(answers.committed + answers.finished).toBeGreaterThan(0)
  for (const { id, answer } of contestants)
    if (answer === 'expired') expect((await found(gateway, id)).failure).toBe('job_expired')
})
