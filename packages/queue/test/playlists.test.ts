/** A playlist and its jobs in the queue: one slot for all of them, steps that use no attempt, and nothing made or counted twice. */
import { expect, test } from '@jest/globals'
import { JobFailure, Stop } from '@video-scraper/core'
import { childIdOf } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { CLIENT, result, steps, submitChild, withTable } from './playlist-jobs.ts'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()

test('playlists and downloads share the slots of their client, and jobs of playlists hold none', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 2 })
  const playlist = await submitted(gateway, 'playlist')
  const download = await submitted(gateway, 'download')
  for (const kind of ['playlist', 'download'] as const)
    expect(await gateway.submit(jobRequest(kind))).toMatchObject({ accepted: false, refusal: 'too_many_downloads' })
  const child = jobRequest('download', { parent: { id: playlist, entry: 0 } })
  expect(await gateway.submit(child)).toMatchObject({ accepted: true })
  expect((await rig.redis.zrange(keys.slots(CLIENT), 0, '-1')).toSorted()).toEqual([download, playlist].toSorted())
})

test('the slot of a playlist that has ended is free again, also where nobody has given it back', async () => {
  const gateway = await rig.gateway({ downloadsPerClient: 1 })
  const id = await submitted(gateway, 'playlist')
  await rig.worker(
    'playlist',
    steps(async () => null),
  )
  await becomes(gateway, id, 'completed')
  await eventually(async () => expect(await rig.redis.zcard(keys.slots(CLIENT))).toBe(0))
  await rig.redis.zadd(keys.slots(CLIENT), 1, id)
  const second = await submitted(gateway, 'download')
  expect(await rig.redis.zrange(keys.slots(CLIENT), 0, '-1')).toEqual([second])
  await rig.redis.zadd(keys.slots(CLIENT), 1, id)
  expect(await rig.keeper().pruneFinishedSlots()).toBe(1)
  expect(await rig.redis.zrange(keys.slots(CLIENT), 0, '-1')).toEqual([second])
})

test('many steps use no attempt and hold no slot, and are no reason to take the job for one that kills its workers', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'playlist')
  let taken = 0
  await rig.worker(
    'playlist',
    steps(async () => {
      taken += 1
      if (taken < 8) throw new Stop('entries_unfinished', 10)
      return null
    }),
  )
  const job = await becomes(gateway, id, 'completed')
  expect([taken, job.attemptsEnded, job.attemptsBegun]).toEqual([8, 1, 1])
})

test('starts that a kill has left behind are forgotten by a step that comes to its end', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'playlist')
  const record = `{video-scraper}:playlist:${id}`
  await rig.redis.hset(record, 'start a', '1', 'start b', '1', 'start c', '1')
  let taken = 0
  await rig.worker(
    'playlist',
    steps(async () => {
      taken += 1
      if (taken === 1) throw new Stop('entries_unfinished', 10)
      return null
    }),
  )
  await becomes(gateway, id, 'completed')
  expect((await rig.redis.hkeys(record)).filter((field) => /^start [abc]$/.test(field))).toEqual([])
})

test('a playlist that waits is woken at once by whoever ends one of its jobs', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'playlist')
  let taken = 0
  await rig.worker(
    'playlist',
    steps(async () => {
      taken += 1
      if (taken === 1) throw new Stop('entries_unfinished', 3_600_000)
      return null
    }),
  )
  await eventually(async () => expect(await rig.bull('playlist').getDelayedCount()).toBe(1))
  await gateway.wake(id)
  await becomes(gateway, id, 'completed')
  // One that has ended, or was never there, is left alone.
  await gateway.wake(id)
  await gateway.wake(childIdOf('download', id, 0))
})

test('a job whose playlist was cancelled ends as cancelled before it begins', async () => {
  const gateway = await rig.gateway()
  const parent = await withTable(gateway)
  await gateway.cancel(await found(gateway, parent))
  await submitChild(gateway, parent, 0)
  const task = scriptedTask()
  await rig.worker('info', task.info)
  await becomes(gateway, childIdOf('info', parent, 0), 'cancelled')
  await eventually(() => expect(task.discarded).toEqual([childIdOf('info', parent, 0)]))
  expect(task.prepared).toEqual([])
})

test('what goes with a cancelled playlist goes before its end is written, and again until it works', async () => {
  const gateway = await rig.gateway()
  const id = await submitted(gateway, 'playlist')
  let asked = 0
  await gateway.cancel(await found(gateway, id))
  await rig.worker('playlist', {
    ...steps(async () => null),
    beforeCancelled: async (job) => {
      asked += 1
      expect(await rig.redis.hexists(`{video-scraper}:playlist:${id}`, 'finishedOn')).toBe(0)
      if (asked === 1) throw new JobFailure('internal_error')
      await job.write({
        fraction: 0.5,
        phase: 'downloading',
        downloadedBytes: null,
        totalBytes: null,
        bytesPerSecond: null,
        etaSeconds: null,
        heartbeatAt: 1,
        entries: result.counts,
      })
    },
  })
  await eventually(async () => expect(await rig.redis.hexists(`{video-scraper}:playlist:${id}`, 'finishedOn')).toBe(1))
  expect(asked).toBe(2)
  expect(await found(gateway, id)).toMatchObject({ state: 'cancelled', progress: { entries: result.counts } })
})

test('a job that its owner removes tells its playlist how it ended, and so does one that is pushed out', async () => {
  const gateway = await rig.gateway()
  const parent = await withTable(gateway)
  for (const entry of [0, 1, 2]) await submitChild(gateway, parent, entry)
  const fails = childIdOf('info', parent, 1)
  const task = scriptedTask({
    prepare: async ({ id }) => {
      if (id === fails) throw new JobFailure('private_video')
    },
  })
  await rig.worker('info', task.info, { keptJobsPerClient: 2 })
  await eventually(() => expect(task.discarded).toHaveLength(3))
  // The first of the three was pushed out.
  await eventually(async () =>
    expect(await gateway.entryTables.read(parent)).toMatchObject({ ended: { completed: 1 } }),
  )
  await gateway.remove(await found(gateway, fails))
  expect(await gateway.entryTables.read(parent)).toMatchObject({ ended: { completed: 1, failed: 1 } })
  expect((await gateway.entryTables.rows(parent, 0, 3)).map(({ outcome }) => outcome)).toEqual([
    { state: 'completed' },
    { state: 'failed', code: 'private_video' },
    null,
  ])
})

test('a playlist whose steps go on for longer than records are kept stays in the list and counts as unfinished', async () => {
  const lifetimeMs = 60_000
  const gateway = await rig.gateway({ lifetimeMs, waitingJobsPerClient: 5 })
  const id = await submitted(gateway, 'playlist')
  const listed = keys.jobs('anonymous')
  const unfinished = keys.unfinished('playlist', CLIENT)
  const made = Date.now() - lifetimeMs + 5000
  await rig.redis.zadd(listed, made, id)
  for (const key of [listed, unfinished]) await rig.redis.pexpire(key, 5000)
  await rig.worker(
    'playlist',
    steps(async () => {
      throw new Stop('entries_unfinished', 30_000)
    }),
    { recordLifetimeMs: lifetimeMs },
  )
  await eventually(async () => expect(await rig.bull('playlist').getDelayedCount()).toBe(1))
  expect(Number(await rig.redis.zscore(listed, id))).toBeGreaterThan(Date.now() + 30_000 - lifetimeMs)
  for (const key of [listed, unfinished]) expect(await rig.redis.pttl(key)).toBeGreaterThan(lifetimeMs)
})
