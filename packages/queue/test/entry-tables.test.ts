/** The table of the entries of a playlist: written once, counted once, and kept for as long as it is needed. */
import { expect, test } from '@jest/globals'
import { childIdOf } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { CLIENT, FACTS, rows, steps, submitChild, withTable } from './playlist-jobs.ts'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'

const rig = useQueue()

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
