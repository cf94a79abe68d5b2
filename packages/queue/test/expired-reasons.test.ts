/** A job whose time is over says why it had not ended: the failure of its last attempt, which its draining does not overwrite. */
import { expect, test } from '@jest/globals'
import { JobFailure, type StartWaitLimits, WaitUntil } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { found, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const HOUR = 3_600_000
const startWaits: StartWaitLimits = { longestMs: 24 * HOUR, marginMs: 0, spreadMs: 0 }
const STARTS_AT = Date.now() + HOUR
const asked = { options: { expires_in: 3600, wait_for_start: true } }

const expire = async (gateway: JobQueue, id: string) => {
  await rig.redis.zadd(keys.deadlines, 'XX', Date.now() - 1, id)
  expect(await gateway.expireDue()).toEqual({ expired: 1, failures: [] })
}
const drained = (id: string) =>
  eventually(async () => expect(await rig.redis.hexists(`{video-scraper}:download:${id}`, 'finishedOn')).toBe(1))

test.each([
  ['the failure of an attempt', new JobFailure('network_error', { retryAfterMs: HOUR }), 'network_error', null],
  ['a start', new JobFailure('live_not_started', { startsAt: STARTS_AT }), 'live_not_started', STARTS_AT],
  ['nothing, of a job that waits for its site', new WaitUntil('site_rest', Date.now() + HOUR), null, null],
] as const)('it names %s, before it is drained and afterwards', async (_what, reason, failureBefore, startsAt) => {
  const gateway = await rig.gateway()
  const worker = await rig.worker('download', scriptedTask({ prepare: () => Promise.reject(reason) }).download, {
    startWaits,
  })
  const id = await submitted(gateway, 'download', asked)
  await eventually(async () => expect((await found(gateway, id)).nextAttemptAt).not.toBeNull())
  expect((await found(gateway, id)).failureBefore).toBeNull()
  await worker.close()
  await expire(gateway, id)
  const said = { state: 'failed', failure: 'job_expired', failureBefore, startsAt }
  expect(await found(gateway, id)).toMatchObject(said)
  await rig.worker('download', scriptedTask().download)
  await drained(id)
  expect(await found(gateway, id)).toMatchObject(said)
})

test('where nobody looked, the attempt that begins too late keeps it as well', async () => {
  const gateway = await rig.gateway()
  const failing = scriptedTask({
    prepare: () => Promise.reject(new JobFailure('network_error', { retryAfterMs: 1500 })),
  })
  await rig.worker('download', failing.download)
  const id = await submitted(gateway, 'download', { options: { expires_in: 1 } })
  await drained(id)
  expect(failing.prepared).toEqual([id])
  expect(await found(gateway, id)).toMatchObject({ failure: 'job_expired', failureBefore: 'network_error' })
})

test('one that never failed, and one that was cancelled after it failed, say nothing of the kind', async () => {
  const gateway = await rig.gateway()
  const waiting = await submitted(gateway, 'download', asked)
  await expire(gateway, waiting)
  expect((await found(gateway, waiting)).failureBefore).toBeNull()
  const id = await submitted(gateway, 'download', asked)
  await rig.redis.hset(`{video-scraper}:download:${id}`, 'failedReason', 'network_error: It broke off.')
  await gateway.cancel(await found(gateway, id))
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', failure: null, failureBefore: null })
  expect(await rig.redis.hexists(`{video-scraper}:download:${id}`, 'failureBefore')).toBe(0)
})
