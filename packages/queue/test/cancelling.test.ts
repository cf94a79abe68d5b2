/** Cancelling: one verdict, whoever asks, whatever is lost on the way. */
import { execFileSync } from 'node:child_process'
import { expect, test } from '@jest/globals'
import { JobFailure } from '@video-scraper/core'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, progress, scriptedTask, unlessStopped } from './scripted-task.ts'

/** Who hears nothing looks at the verdict every 2 s. */
const BEFORE_THE_SECOND_LOOK_MS = 1500

const rig = useQueue()
const forever = new Promise<never>(() => undefined)
const untilStopped = () => scriptedTask({ prepare: (_, signal) => unlessStopped(signal, forever) })

/** The verdict alone, as a gateway leaves it that dies before it can send the message. */
const settleOnly = (kind: string, id: string) =>
  rig.redis.hset(`{video-scraper}:${kind}:${id}`, 'verdict', 'cancelled', 'verdictAt', Date.now())

test('a waiting job is cancelled at once, never started, and drained before all others', async () => {
  const gateway = await rig.gateway()
  const ids: string[] = []
  for (let job = 0; job < 5; job += 1) ids.push(await submitted(gateway, 'download'))
  const last = ids.at(-1) ?? ''
  expect(await gateway.cancel(await found(gateway, last))).toBe('cancelled')
  const cancelled = await found(gateway, last)
  expect(cancelled).toMatchObject({ state: 'cancelled', result: null, failure: null })
  expect(cancelled.finishedAt).toBeGreaterThanOrEqual(cancelled.createdAt)
  const task = untilStopped()
  await rig.worker('download', task.download)
  await becomes(gateway, ids[0] ?? '', 'running')
  await eventually(() => task.discarded.length > 0 && task.prepared.length > 0)
  expect(task.discarded).toEqual([last])
  expect(task.prepared).toEqual([ids[0]])
  expect(await found(gateway, last)).toMatchObject({ state: 'cancelled', failure: null })
})

test('a job that waits for its next attempt is woken, drained and never tried again', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: () => Promise.reject(new JobFailure('network_error', { retryAfterMs: 600_000 })),
  })
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
  await eventually(() => task.discarded.length === 1)
  expect(task.prepared).toHaveLength(1)
  expect(await rig.bull('download').getDelayedCount()).toBe(0)
})

test('what a waiting job left goes at once, also when the worker has no hand free to drain it', async () => {
  const gateway = await rig.gateway()
  const task = untilStopped()
  await rig.worker('download', task.download, { concurrency: 1 })
  const running = await submitted(gateway, 'download')
  await becomes(gateway, running, 'running')
  const waiting = await submitted(gateway, 'download')
  expect(await gateway.cancel(await found(gateway, waiting))).toBe('cancelled')
  await eventually(() => task.discarded.length > 0)
  expect(task).toMatchObject({ discarded: [waiting], prepared: [running] })
  expect((await found(gateway, running)).state).toBe('running')
})

/** Another process cancels while this one, which runs the worker, stands still. */
const cancelMeanwhile = (id: string) => {
  const command = `HSET {video-scraper}:download:${id} verdict cancelled verdictAt 1\\r\\n`
  const script = `require('net').connect(${rig.server.port}, '127.0.0.1').end('${command}').on('data', () => process.exit())`
  execFileSync(process.execPath, ['-e', script], { env: {} })
}

test('a job cancelled in the moment of a failed attempt does not wait for the next one to be drained', async () => {
  const gateway = await rig.gateway()
  let cancelled = false
  const prepare = async ({ id }: { id: string }) => {
    const failure = new JobFailure('rate_limited')
    // BullMQ asks how long to wait between the worker's last look at the verdict and delaying the job.
    const askedToWait = () => {
      if (!cancelled) cancelMeanwhile(id)
      cancelled = true
      return 60_000
    }
    throw Object.defineProperty(failure, 'retryAfterMs', { get: askedToWait })
  }
  const task = scriptedTask({ prepare })
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.discarded.includes(id))
  expect(cancelled).toBe(true)
  expect(task.prepared).toEqual([id])
})

test('a running job hears of it at once', async () => {
  const gateway = await rig.gateway()
  const task = untilStopped()
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await becomes(gateway, id, 'running')
  await eventually(() => task.prepared.length === 1)
  const start = Date.now()
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
  await eventually(() => task.discarded.length === 1)
  expect(Date.now() - start).toBeLessThan(BEFORE_THE_SECOND_LOOK_MS)
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled' })
  expect(task.published).toEqual([])
})

test('a verdict whose message was lost is found all the same', async () => {
  const gateway = await rig.gateway()
  const task = untilStopped()
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  await settleOnly('download', id)
  await eventually(() => task.discarded.length === 1)
  expect(task.published).toEqual([])
})

test('a worker whose subscription broke hears messages again', async () => {
  const gateway = await rig.gateway()
  const task = untilStopped()
  await rig.worker('download', task.download)
  await rig.redis.client('KILL', 'TYPE', 'PUBSUB')
  await eventually(async () => Number((await rig.redis.pubsub('NUMSUB', keys.cancelChannel))[1]) === 1)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.prepared.length === 1)
  const start = Date.now()
  await gateway.cancel(await found(gateway, id))
  await eventually(() => task.discarded.length === 1)
  expect(Date.now() - start).toBeLessThan(BEFORE_THE_SECOND_LOOK_MS)
})

test('a verdict given before the start is met at the start, without any message', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  await settleOnly('info', id)
  const task = untilStopped()
  await rig.worker('info', task.info)
  await eventually(() => task.discarded.length === 1)
  expect(task.prepared).toEqual([])
})

test('a task that hears nothing meets the verdict when it commits', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ prepare: () => latch.opened })
  await rig.worker('info', task.info)
  const id = await submitted(gateway, 'info')
  await eventually(() => task.prepared.length === 1)
  await settleOnly('info', id)
  latch.open()
  await eventually(() => task.discarded.length === 1)
  expect(task.published).toEqual([])
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', result: null })
})

test('cancelling twice is fine, from another gateway too', async () => {
  const [first, second] = [await rig.gateway(), await rig.gateway()]
  const id = await submitted(first, 'info')
  const job = await found(first, id)
  const answers = await Promise.all([first.cancel(job), second.cancel(job), first.cancel(job)])
  expect(answers).toEqual(['cancelled', 'cancelled', 'cancelled'])
  const task = untilStopped()
  await rig.worker('info', task.info)
  await eventually(() => task.discarded.length === 1)
  expect(await second.cancel(job)).toBe('cancelled')
})

test('what has finished stays what it is', async () => {
  const gateway = await rig.gateway()
  const fails = ({ envelope }: { envelope: { url: string } }) =>
    envelope.url.endsWith('bad') ? Promise.reject(new JobFailure('private_video')) : Promise.resolve()
  await rig.worker('info', scriptedTask({ prepare: fails }).info)
  const failed = await submitted(gateway, 'info', { url: 'http://example.com/bad' })
  const completed = await submitted(gateway, 'info')
  expect(await gateway.cancel(await becomes(gateway, failed, 'failed'))).toBe('finished')
  expect(await gateway.cancel(await becomes(gateway, completed, 'completed'))).toBe('finished')
  expect((await found(gateway, failed)).state).toBe('failed')
  expect((await found(gateway, completed)).state).toBe('completed')
})

test('once the worker has committed it is too late', async () => {
  const gateway = await rig.gateway()
  const latch = gate()
  const task = scriptedTask({ publish: () => latch.opened })
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await eventually(() => task.published.length === 1)
  expect(await gateway.cancel(await found(gateway, id))).toBe('committed')
  expect((await found(gateway, id)).state).toBe('running')
  latch.open()
  await becomes(gateway, id, 'completed')
})

test('a job that has been removed meanwhile is missing, and asking does not bring it back', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'info')
  const job = await found(gateway, id)
  await (await rig.bull('info').getJob(id))?.remove()
  expect(await gateway.cancel(job)).toBe('missing')
  expect(await gateway.find(id)).toBeNull()
  expect(await rig.redis.exists(`{video-scraper}:info:${id}`)).toBe(0)
})

test('cancelling one job leaves the others alone', async () => {
  const gateway = await rig.gateway()
  const task = untilStopped()
  await rig.worker('info', task.info, { concurrency: 2 })
  const [one, other] = [await submitted(gateway, 'info'), await submitted(gateway, 'info')]
  await eventually(() => task.prepared.length === 2)
  await gateway.cancel(await found(gateway, one))
  await eventually(() => task.discarded.length === 1)
  expect((await found(gateway, other)).state).toBe('running')
})

test('a job that was cancelled while it reported progress stays cancelled', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: async (job, signal) => {
      const reporting = setInterval(() => job.report(progress(0.5)), 5)
      await unlessStopped(signal, forever).finally(() => clearInterval(reporting))
    },
  })
  await rig.worker('info', task.info)
  const id = await submitted(gateway, 'info')
  await eventually(async () => (await found(gateway, id)).progress !== null)
  await gateway.cancel(await found(gateway, id))
  await eventually(() => task.discarded.length === 1)
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', failure: null })
})
