/** A job from the POST to its end: what a client may see at each point, and what is kept. */
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { kindOf } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, progress, scriptedTask, unlessStopped, videoInfo } from './scripted-task.ts'

const rig = useQueue()

/** Wakes a job that waits for its next attempt, instead of waiting with it. */
const hurry = async (id: string) => {
  const job = await rig.bull(kindOf(id) ?? 'info').getJob(id)
  await eventually(async () => job?.promote().then(() => true))
}

test('submitted, run and read: queued, running, completed with its result', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info', { url: 'http://example.com/1', retryOf: 'older' })
  expect(await found(gateway, id)).toMatchObject({
    id,
    kind: 'info',
    state: 'queued',
    startedAt: null,
    finishedAt: null,
    attemptsEnded: 0,
    progress: null,
    failure: null,
    result: null,
    envelope: { version: 2, url: 'http://example.com/1', retryOf: 'older', owner: 'anonymous' },
  })
  const latch = gate()
  const task = scriptedTask({ prepare: () => latch.opened })
  await rig.worker('info', task.info)
  const running = await becomes(gateway, id, 'running')
  expect(running.startedAt).toBeGreaterThanOrEqual(running.createdAt)
  latch.open()
  const done = await becomes(gateway, id, 'completed')
  expect(done).toMatchObject({ result: videoInfo(), failure: null })
  expect(done.finishedAt).toBeGreaterThanOrEqual(done.startedAt ?? Number.NaN)
  await eventually(() => task.discarded.length > 0)
  expect(task).toMatchObject({ prepared: [id], published: [id], discarded: [id] })
})

test.each([
  ['no id at all', 'nonsense'],
  ['a well-formed id that nobody has', 'download_00000000000000000000000000000000'],
  ["a key of BullMQ's", 'meta'],
  ['another part of a key', '../download:meta'],
])('%s is found as null', async (_, id) => {
  expect(await (await rig.gateway()).find(id)).toBeNull()
})

test('the state is read in constant time, the lock before the rest: BullMQ is never asked for it', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const commands: string[] = []
  const monitor = await rig.redis.monitor()
  monitor.on('monitor', (_time: string, [command]: string[]) => commands.push(String(command).toLowerCase()))
  try {
    await rig.redis.echo('before')
    await eventually(() => commands.includes('echo'))
    await found(gateway, id)
    await rig.redis.echo('after')
    await eventually(() => commands.filter((command) => command === 'echo').length === 2)
  } finally {
    monitor.disconnect()
  }
  const asked = commands.filter((command) => command !== 'echo')
  expect(asked.filter((command) => !['eval', 'evalsha', 'exists', 'hexists', 'hmget'].includes(command))).toEqual([])
  // At one instant, or the lock first: read last, one given up just now would make an ended job look queued.
  expect(['eval', 'evalsha', 'exists']).toContain(asked[0])
  expect(asked.length).toBeLessThanOrEqual(4)
})

test('a reader never sees a job go back from running to queued when it ends', async () => {
  const gateway = await rig.gateway()
  await rig.worker('info', scriptedTask().info, { concurrency: 4 })
  const backwards: string[] = []
  for (let round = 0; round < 40; round += 1) {
    const id = await submitted(gateway, 'info')
    let ran = false
    for (let state = ''; state !== 'completed'; ) {
      state = (await found(gateway, id)).state
      if (ran && state === 'queued') backwards.push(id)
      ran ||= state === 'running'
    }
  }
  expect(backwards).toEqual([])
})

test('a retryable failure is tried again with its progress kept, and ends after three attempts', async () => {
  const gateway = await rig.gateway()
  const seen: number[] = []
  const task = scriptedTask({
    prepare: async (job) => {
      seen.push(job.attempt)
      job.report(progress(job.attempt === 1 ? 0.6 : 0.1))
      throw new JobFailure('network_error')
    },
  })
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  for (const attempts of [1, 2]) {
    await eventually(async () => (await found(gateway, id)).attemptsEnded === attempts)
    expect(await found(gateway, id)).toMatchObject({
      state: 'queued',
      failure: 'network_error',
      finishedAt: null,
      progress: { fraction: 0.6 },
      nextAttemptAt: expect.any(Number),
    })
    expect((await found(gateway, id)).nextAttemptAt).toBeGreaterThan(Date.now() - 30_000)
    expect(task.discarded).toEqual([])
    await hurry(id)
  }
  expect(await becomes(gateway, id, 'failed')).toMatchObject({
    failure: 'network_error',
    attemptsEnded: 3,
    nextAttemptAt: null,
  })
  expect(seen).toEqual([1, 2, 3])
  await eventually(() => task.discarded.length === 1)
})

test('the wait before the next attempt is ours: 2 to 3 s, or what the source asked for', async () => {
  const gateway = await rig.gateway()
  const failures = [new JobFailure('rate_limited'), new JobFailure('rate_limited', { retryAfterMs: 100_000 })]
  await rig.worker('info', scriptedTask({ prepare: () => Promise.reject(failures.shift()) }).info)
  const waits: number[] = []
  for (const _ of [1, 2]) {
    const id = await submitted(gateway, 'info')
    await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
    waits.push((await rig.bull('info').getJob(id))?.delay ?? 0)
    const { nextAttemptAt } = await found(gateway, id)
    expect(nextAttemptAt).toBeGreaterThan(Date.now() + (waits.at(-1) ?? 0) - 10_000)
    expect(nextAttemptAt).toBeLessThanOrEqual(Date.now() + (waits.at(-1) ?? 0))
  }
  expect(waits[0]).toBeGreaterThanOrEqual(2000)
  expect(waits[0]).toBeLessThanOrEqual(3000)
  expect(waits[1]).toBe(100_000)
})

test('a failure before a success is forgotten with it', async () => {
  const gateway = await rig.gateway()
  const prepare = async ({ attempt }: { attempt: number }) => {
    if (attempt === 1) throw new JobFailure('network_error')
  }
  await rig.worker('info', scriptedTask({ prepare }).info)
  const id = await submitted(gateway, 'info')
  await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
  await hurry(id)
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ failure: null, attemptsEnded: 2 })
})

test('a failure that no retry can mend ends the job at once', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: () => Promise.reject(new JobFailure('private_video')) })
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  expect(await becomes(gateway, id, 'failed')).toMatchObject({ failure: 'private_video', attemptsEnded: 1 })
  await eventually(() => task.discarded.length === 1)
})

test('what a task throws by accident is an internal error, and its words stay in the log', async () => {
  const gateway = await rig.gateway()
  await rig.worker('info', scriptedTask({ prepare: () => Promise.reject(new Error('ENOENT /secret/path')) }).info)
  const id = await submitted(gateway, 'info')
  await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
  expect((await found(gateway, id)).failure).toBe('internal_error')
  expect(JSON.stringify(await rig.redis.hgetall(`{video-scraper}:info:${id}`))).not.toContain('secret')
})

test('an attempt that takes longer than its time fails with timeout, and is tried again', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, new Promise(() => undefined)) })
  await rig.worker('info', task.info, { timeoutMs: 150 })
  const id = await submitted(gateway, 'info')
  await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
  expect(await found(gateway, id)).toMatchObject({ state: 'queued', failure: 'timeout' })
})

test('a time limit longer than a timer can hold is no limit of a millisecond', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: (_, signal) => unlessStopped(signal, latch.opened) })
  await rig.worker('info', task.info, { timeoutMs: 2 ** 31 + 1000 })
  const id = await submitted(gateway, 'info')
  await becomes(gateway, id, 'running')
  setTimeout(latch.open, 100)
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
})

test('progress never falls, within an attempt either, and the last one is written', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({
    prepare: async (job) => {
      for (const fraction of [0.2, 0.5, 0.3]) job.report(progress(fraction))
      await latch.opened
      for (const fraction of [0.4, 0.9, 0.8]) job.report(progress(fraction))
    },
  })
  await rig.worker('info', task.info)
  const id = await submitted(gateway, 'info')
  await eventually(async () => (await found(gateway, id)).progress?.fraction === 0.5)
  latch.open()
  expect((await becomes(gateway, id, 'completed')).progress).toMatchObject({ fraction: 0.9 })
})

test('a result that was decided on is published again after a failure in between', async () => {
  const gateway = await rig.gateway()
  let failures = 1
  const publish = async () => {
    failures -= 1
    if (failures >= 0) throw new JobFailure('disk_full')
  }
  const task = scriptedTask({ publish })
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(async () => (await found(gateway, id)).nextAttemptAt !== null)
  expect(await gateway.cancel(await found(gateway, id))).toBe('committed')
  await hurry(id)
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ attemptsEnded: 1 })
  expect(task.published).toEqual([id, id])
})
