/** A job that waits for a time: no attempt is used, no slot is held, and it can be cancelled meanwhile. */
import { expect, test } from '@jest/globals'
import { JobFailure, WaitUntil } from '@video-scraper/core'
import type { RunningJob } from '@video-scraper/queue'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const HOUR_MS = 3_600_000

/** Waits an hour at each start, until `over` is called; jobs named in `pass` do not wait. */
function hourly(pass: readonly string[] = []) {
  const state = { over: false }
  const prepare = async ({ envelope: { url } }: RunningJob) => {
    if (!state.over && !pass.includes(url)) throw new WaitUntil('site_rest', Date.now() + HOUR_MS)
  }
  const end = () => {
    state.over = true
  }
  return { end, task: scriptedTask({ prepare }) }
}
const waitsFor = (id: string, gateway: Awaited<ReturnType<typeof rig.gateway>>) =>
  eventually(async () => {
    const job = await found(gateway, id)
    if (job.waitingFor === null) throw new Error('It does not wait yet.')
    return job
  })

test('it says what it waits for and until when, uses no attempt however often it waits, and holds no slot', async () => {
  const gateway = await rig.gateway()
  const { task, end } = hourly(['http://example.com/other'])
  await rig.worker('download', task.download, { concurrency: 1 })
  const id = await submitted(gateway, 'download')
  for (let waits = 0; waits < 6; waits += 1) {
    const job = await waitsFor(id, gateway)
    expect(job).toMatchObject({ state: 'queued', waitingFor: 'site_rest', failure: null, attemptsEnded: 0 })
    expect(job.attemptsBegun).toBe(1)
    expect(Math.abs((job.nextAttemptAt ?? 0) - Date.now() - HOUR_MS)).toBeLessThan(20_000)
    await becomes(gateway, await submitted(gateway, 'download', { url: 'http://example.com/other' }), 'completed')
    if (waits === 5) end()
    await (await rig.bull('download').getJob(id))?.promote()
    if (waits < 5) await eventually(() => task.prepared.filter((each) => each === id).length === waits + 2)
  }
  expect(await becomes(gateway, id, 'completed')).toMatchObject({ waitingFor: null, nextAttemptAt: null })
})

test('it is cancelled at once and drained; one that is cancelled in the moment of its wait is drained as well', async () => {
  const gateway = await rig.gateway()
  const { task } = hourly()
  await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  await waitsFor(id, gateway)
  expect(await gateway.cancel(await found(gateway, id))).toBe('cancelled')
  await eventually(() => task.discarded.includes(id))
  expect(await rig.bull('download').getDelayedCount()).toBe(0)
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', waitingFor: null, nextAttemptAt: null })
})

test('it waits on over a restart of the worker, and a failure after the wait is no wait', async () => {
  const gateway = await rig.gateway()
  const { task } = hourly()
  const first = await rig.worker('download', task.download)
  const id = await submitted(gateway, 'download')
  const before = await waitsFor(id, gateway)
  await first.close()
  const failing = scriptedTask({ prepare: () => Promise.reject(new JobFailure('rate_limited')) })
  await rig.worker('download', failing.download)
  expect(await found(gateway, id)).toMatchObject({ waitingFor: 'site_rest', nextAttemptAt: before.nextAttemptAt })
  await (await rig.bull('download').getJob(id))?.promote()
  await eventually(async () => (await found(gateway, id)).attemptsEnded === 1)
  expect(await found(gateway, id)).toMatchObject({ failure: 'rate_limited', waitingFor: null })
})

test('who waits stands behind the job that somebody else sent meanwhile', async () => {
  const gateway = await rig.gateway()
  const { task, end } = hourly()
  const worker = await rig.worker('info', task.info)
  const waiting = await submitted(gateway, 'info', { limitSubject: 'first' })
  const alsoWaiting = await submitted(gateway, 'info', { limitSubject: 'first' })
  await waitsFor(alsoWaiting, gateway)
  await worker.close()
  end()
  for (const id of [waiting, alsoWaiting]) await (await rig.bull('info').getJob(id))?.promote()
  const other = await submitted(gateway, 'info', { limitSubject: 'second' })
  await rig.worker('info', task.info)
  await becomes(gateway, alsoWaiting, 'completed')
  const order = task.prepared.slice(2)
  expect(order.indexOf(other)).toBeLessThan(order.indexOf(alsoWaiting))
})

test('who waits too long for a rate has failed; the time before the start of its stream does not count', async () => {
  const gateway = await rig.gateway()
  const slot = 'http://example.com/slot'
  const prepare = ({ envelope: { url } }: RunningJob) =>
    Promise.reject(new WaitUntil(url === slot ? 'transcode_turn' : 'site_rate', Date.now() + HOUR_MS))
  const task = scriptedTask({ prepare })
  const ids = [
    await submitted(gateway, 'info'),
    await submitted(gateway, 'info'),
    await submitted(gateway, 'info', { url: slot }),
  ]
  for (const id of ids)
    await rig.redis.hset(`{video-scraper}:info:${id}`, 'timestamp', Date.now() - 24 * HOUR_MS - 60_000)
  await rig.redis.hset(`{video-scraper}:info:${ids[1]}`, 'startsAt', Date.now() - HOUR_MS)
  await rig.worker('info', task.info)
  expect(await becomes(gateway, ids[0] ?? '', 'failed')).toMatchObject({ failure: 'rate_limited' })
  expect(await waitsFor(ids[1] ?? '', gateway)).toMatchObject({ state: 'queued', waitingFor: 'site_rate' })
  await eventually(async () =>
    expect(await found(gateway, ids[2] ?? '')).toMatchObject({ state: 'queued', waitingFor: 'transcode_turn' }),
  )
})

test('as many jobs are put off as may wait, and one more has failed; a job of another site goes on', async () => {
  const gateway = await rig.gateway()
  const other = 'http://example.com/other'
  const { task } = hourly([other])
  await rig.worker('info', task.info, { startWaits: { longestMs: 0, waitingMax: 2 }, concurrency: 1 })
  const ids = [await submitted(gateway, 'info'), await submitted(gateway, 'info')]
  for (const id of ids) await waitsFor(id, gateway)
  expect(await becomes(gateway, await submitted(gateway, 'info'), 'failed')).toMatchObject({
    failure: 'rate_limited',
    attemptsEnded: 1,
    waitingFor: null,
  })
  await becomes(gateway, await submitted(gateway, 'info', { url: other }), 'completed')
  for (const id of ids) expect(await found(gateway, id)).toMatchObject({ waitingFor: 'site_rest' })
})
