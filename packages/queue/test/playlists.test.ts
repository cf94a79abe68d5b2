/** A playlist and its jobs in the queue: one slot for all of them, steps that use no attempt, and nothing made or counted twice. */
import { expect, test } from '@jest/globals'
import { JobFailure, Stop } from '@video-scraper/core'
import { childIdOf, type EntryRow, type JobQueue, type Task } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, jobRequest, submitted, useQueue } from './queue-rig.ts'
import { scriptedTask } from './scripted-task.ts'

const rig = useQueue()
const CLIENT = '192.0.2.1'
const FACTS = { title: 'A list', warnings: [] }

const rows = (count: number): EntryRow[] =>
  Array.from({ length: count }, (_, at) => ({
    listed: { position: at + 1, url: `http://example.com/${at + 1}`, title: null },
    outcome: null,
  }))

async function withTable(gateway: JobQueue, count = 3): Promise<string> {
  const id = await submitted(gateway, 'playlist')
  await gateway.entryTables.write(id, FACTS, rows(count))
  return id
}

const submitChild = (gateway: JobQueue, parent: string, entry: number) =>
  gateway.submit(jobRequest('info', { parent: { id: parent, entry } }), { id: childIdOf('info', parent, entry) })

const result = {
  title: null,
  of: 'info',
  counts: { waiting: 0, queued: 0, running: 0, completed: 0, failed: 0, cancelled: 0, skipped: 0 },
} as const

const steps = (prepare: Task<'playlist', null>['prepare']): Task<'playlist', null> => ({
  prepare,
  publish: async () => result,
  discard: async () => undefined,
})

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

test('a list is written down once, and the first end of an entry stands and is counted once', async () => {
  const gateway = await rig.gateway()
  const { entryTables: tables } = gateway
  const id = await withTable(gateway)
  await tables.write(id, { ...FACTS, title: 'Another' }, rows(7))
  await tables.opened(id, 0)
  await tables.opened(id, 1)
  await tables.closed(id, 1, { state: 'failed', code: 'private_video' })
  await tables.closed(id, 1, { state: 'completed' })
  // A worker that was frozen comes back.
  await tables.opened(id, 1)
  expect(await tables.read(id)).toMatchObject({
    facts: FACTS,
    total: 3,
    next: 2,
    open: [0],
    ended: { completed: 0, failed: 1, cancelled: 0, skipped: 0 },
  })
  const page = await gateway.entries(await found(gateway, id), { from: 1, limit: 1 })
  expect(page).toMatchObject({ entries: [{ position: 2, state: 'failed', code: 'private_video' }], next: 2 })
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

test('a playlist that is removed takes its entries with it, and leaves its jobs', async () => {
  const gateway = await rig.gateway()
  const id = await withTable(gateway)
  await submitChild(gateway, id, 0)
  await gateway.entryTables.opened(id, 0)
  await rig.worker(
    'playlist',
    steps(async () => null),
  )
  await gateway.remove(await becomes(gateway, id, 'completed'))
  expect(await rig.redis.exists(keys.entries(id), keys.openEntries(id))).toBe(0)
  expect(await found(gateway, childIdOf('info', id, 0))).toMatchObject({ state: 'queued' })
})

test('the next entry is the first one without an end, from the beginning and whatever ends before it', async () => {
  const gateway = await rig.gateway()
  const { entryTables: tables } = gateway
  const id = await submitted(gateway, 'playlist')
  const skips = { outcome: { state: 'skipped', skipCode: 'duplicate' } } as const
  const list = rows(7).map((row, at) => ([0, 1, 3, 5, 6].includes(at) ? { ...row, ...skips } : row))
  await tables.write(id, FACTS, list)
  const nextOf = async () => (await tables.read(id))?.next
  expect(await nextOf()).toBe(2)
  await tables.opened(id, 2)
  expect(await nextOf()).toBe(4)
  await tables.closed(id, 2, { state: 'completed' })
  expect(await nextOf()).toBe(4)
  await tables.opened(id, 4)
  // What is left was skipped, and no step looks at it again.
  expect(await nextOf()).toBe(7)
})

test('the record says that the list was written down, also where the table is lost, and it is not written again', async () => {
  const gateway = await rig.gateway()
  const { entryTables: tables } = gateway
  const id = await submitted(gateway, 'playlist')
  expect(await tables.wasWritten(id)).toBe(false)
  await tables.write(id, FACTS, rows(3))
  await rig.redis.del(keys.entries(id), keys.openEntries(id))
  expect(await tables.wasWritten(id)).toBe(true)
  await tables.write(id, FACTS, rows(3))
  expect(await tables.read(id)).toBeNull()
  // One that was removed meanwhile gets no table, which nobody would remove.
  const gone = childIdOf('download', id, 0).replace('download', 'playlist')
  await tables.write(gone, FACTS, rows(3))
  expect(await rig.redis.exists(keys.entries(gone), `{video-scraper}:playlist:${gone}`)).toBe(0)
})

const DAY_MS = 86_400_000

test.each([
  ['as long as records', 60_000, 60_000],
  ['thirty days where records are kept for ever', 0, 30 * DAY_MS],
])(
  'a table outlasts its playlist while that goes on, and is kept %s once it has ended',
  async (_, lifetimeMs, endedMs) => {
    const gateway = await rig.gateway({ lifetimeMs })
    const { entryTables: tables } = gateway
    const id = await withTable(gateway)
    await tables.opened(id, 0)
    const leftOf = () => Promise.all([keys.entries(id), keys.openEntries(id)].map((key) => rig.redis.pttl(key)))
    const shorten = () =>
      Promise.all([keys.entries(id), keys.openEntries(id)].map((key) => rig.redis.pexpire(key, 30_000)))
    for (const change of [
      () => tables.keep(id),
      () => tables.opened(id, 0),
      () => tables.closed(id, 1, { state: 'completed' }),
    ]) {
      await shorten()
      await change()
      for (const left of await leftOf()) expect(left).toBeGreaterThan(29 * DAY_MS)
    }
    await rig.worker(
      'playlist',
      steps(async () => null),
      { recordLifetimeMs: lifetimeMs },
    )
    await becomes(gateway, id, 'completed')
    await eventually(async () => expect(await rig.redis.hexists(keys.entries(id), 'ended')).toBe(1))
    await shorten()
    // A job of it ends, or a frozen worker comes back.
    await tables.closed(id, 2, { state: 'completed' })
    await tables.opened(id, 0)
    for (const left of await leftOf()) expect(left).toBeLessThanOrEqual(Math.min(endedMs, 30_000))
    expect(await leftOf()).not.toContain(-1)
  },
)

test('a table that ends with its playlist is kept for the time of records', async () => {
  const gateway = await rig.gateway({ lifetimeMs: 60_000 })
  const id = await withTable(gateway)
  await gateway.entryTables.ended(id)
  expect(await rig.redis.pttl(keys.entries(id))).toBeLessThanOrEqual(60_000)
  const other = await rig.gateway({ lifetimeMs: 0 })
  const forEver = await withTable(other)
  await rig.redis.persist(keys.entries(forEver))
  await other.entryTables.ended(forEver)
  const left = await rig.redis.pttl(keys.entries(forEver))
  expect([left > 29 * DAY_MS, left <= 30 * DAY_MS]).toEqual([true, true])
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

test('a client keeps fifty ended playlists at most, also without a limit of its own, and the others go with their tables', async () => {
  const gateway = await rig.gateway()
  const ids: string[] = []
  for (let count = 0; count < 52; count += 1) ids.push(await withTable(gateway, 1))
  await rig.worker(
    'playlist',
    steps(async () => null),
    { keptJobsPerClient: 0 },
  )
  await eventually(async () => {
    expect(await rig.redis.zcard(keys.keptJobs('playlist', CLIENT))).toBe(50)
    expect(await rig.bull('playlist').getJobCounts('completed')).toEqual({ completed: 50 })
  })
  await eventually(async () => expect(await rig.redis.exists(...ids.map((id) => keys.entries(id)))).toBe(50))
})
