/** A large client beside small ones: everybody gets a turn, and no behaviour buys more of them. */
import { expect, test } from '@jest/globals'
import type { JobKind } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { JobQueue } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { becomes, found, submitted, useQueue } from './queue-rig.ts'
import { gate, scriptedTask, unlessStopped } from './scripted-task.ts'

const rig = useQueue()
const large = { limitSubject: 'large' }
const small = { limitSubject: 'small' }
const tagOf = async (id: string) => Number(await rig.redis.hget(`{video-scraper}:download:${id}`, 'priority'))

/** Jobs end one by one, in the order of their starts, when they are asked to. */
function oneByOne() {
  const latches: ReturnType<typeof gate>[] = []
  const task = scriptedTask({
    prepare: (_job, signal) => {
      const latch = gate()
      latches.push(latch)
      return unlessStopped(signal, latch.opened)
    },
  })
  let ended = 0
  return {
    task,
    /** Ends the oldest job that runs, and waits until another one has started in its stead. */
    async next() {
      const started = task.prepared.length
      latches[ended]?.open()
      ended += 1
      await eventually(() => task.prepared.length > started)
    },
  }
}

/** A few at a time: a gateway waits half a second for each answer, and a busy machine may not manage a thousand in that. */
async function submitMany(gateway: JobQueue, kind: JobKind, count: number): Promise<void> {
  for (let at = 0; at < count; at += 20) {
    await Promise.all(Array.from({ length: 20 }, () => submitted(gateway, kind, large)))
  }
}

test.each([
  ['info', 1],
  ['info', 4],
  ['download', 1],
  ['download', 2],
] as const)(
  'behind 1,000 waiting %s jobs, with %d at once, the first job of another client is the next to start',
  async (kind, concurrency) => {
    const gateway = await rig.gateway()
    const steps = oneByOne()
    await submitMany(gateway, kind, 1000)
    await rig.worker(kind, steps.task[kind], { concurrency })
    await eventually(() => steps.task.prepared.length === concurrency)
    for (let job = 0; job < 5; job += 1) await steps.next()
    const started = steps.task.prepared.length
    const first = await submitted(gateway, kind, small)
    await steps.next()
    expect(steps.task.prepared[started]).toBe(first)
  },
)

test('a steady small client beside 1,000 waiting jobs gets every second turn, from its first job to its last', async () => {
  const gateway = await rig.gateway()
  const steps = oneByOne()
  await submitMany(gateway, 'download', 1000)
  await rig.worker('download', steps.task.download, { concurrency: 2 })
  await eventually(() => steps.task.prepared.length === 2)
  const own: string[] = []
  const turns: number[] = []
  for (let round = 0; round < 20; round += 1) {
    const started = steps.task.prepared.length
    const id = await submitted(gateway, 'download', small)
    own.push(id)
    while (!steps.task.prepared.includes(id)) await steps.next()
    turns.push(steps.task.prepared.length - started)
  }
  expect(Math.max(...turns)).toBeLessThanOrEqual(2)
  // The large client does not starve either.
  expect(steps.task.prepared.filter((id) => !own.includes(id)).length).toBeGreaterThanOrEqual(2 + 19)
})

test('three clients, two with a backlog and one that asks for the next when the last has started, get a third each', async () => {
  const gateway = await rig.gateway()
  const steps = oneByOne()
  const ids = { large: [] as string[], other: [] as string[], small: [] as string[] }
  for (let job = 0; job < 20; job += 1) {
    ids.large.push(await submitted(gateway, 'download', large))
    ids.other.push(await submitted(gateway, 'download', { limitSubject: 'other' }))
  }
  await rig.worker('download', steps.task.download)
  await eventually(() => steps.task.prepared.length === 1)
  while (steps.task.prepared.length < 31) {
    const latest = ids.small.at(-1)
    if (latest === undefined || steps.task.prepared.includes(latest)) {
      ids.small.push(await submitted(gateway, 'download', small))
    }
    await steps.next()
  }
  const turns = Object.values(ids).map((own) => own.filter((id) => steps.task.prepared.includes(id)).length)
  expect(turns.reduce((sum, count) => sum + count)).toBe(31)
  for (const count of turns) expect(Math.abs(count - 31 / 3)).toBeLessThan(1.5)
})

test('jobs of one queue take no turns in the other', async () => {
  const gateway = await rig.gateway()
  const steps = oneByOne()
  await submitMany(gateway, 'download', 200)
  await rig.worker('download', steps.task.download)
  await rig.worker('info', steps.task.info)
  await eventually(() => steps.task.prepared.length === 1)
  const id = await submitted(gateway, 'info', large)
  await becomes(gateway, id, 'running')
})

test('who cancels and asks again stands further behind each time', async () => {
  const gateway = await rig.gateway()
  await submitMany(gateway, 'download', 20)
  let id = await submitted(gateway, 'download', small)
  const tags = [await tagOf(id)]
  for (let round = 0; round < 5; round += 1) {
    await gateway.cancel(await found(gateway, id))
    id = await submitted(gateway, 'download', { ...small, retryOf: id })
    tags.push(await tagOf(id))
  }
  expect(tags).toEqual([1, 3, 5, 7, 9, 11])
})

test('a crowd of cancelled jobs is cleared away without being run, and takes no turn from anybody', async () => {
  const gateway = await rig.gateway()
  const steps = oneByOne()
  await rig.worker('download', steps.task.download)
  const running = await submitted(gateway, 'download', large)
  await becomes(gateway, running, 'running')
  const wanted = await submitted(gateway, 'download', small)
  const crowd = await Promise.all(Array.from({ length: 50 }, () => submitted(gateway, 'download', large)))
  for (const id of crowd) await gateway.cancel(await found(gateway, id))
  await steps.next()
  expect(steps.task.prepared).toEqual([running, wanted])
})

test('an attempt that is tried again waits for its turn as a new job would: failing buys nothing', async () => {
  const gateway = await rig.gateway()
  let fails: string | null = null
  const task = scriptedTask({
    prepare: async ({ id }, signal) => {
      fails ??= id
      if (id === fails) throw new JobFailure('rate_limited', { retryAfterMs: 60_000 })
      await unlessStopped(signal, gate().opened)
    },
  })
  await rig.worker('download', task.download)
  const failing = await submitted(gateway, 'download', large)
  await eventually(async () => (await rig.bull('download').getDelayedCount()) === 1)
  // As new as a job that this client asks for now would be: behind the clock, and behind its own earlier jobs.
  expect(await tagOf(failing)).toBe(3)
  expect(await tagOf(await submitted(gateway, 'download', small))).toBe(2)
  expect(await tagOf(await submitted(gateway, 'download', large))).toBe(5)
})

test('an attempt that is tried again after a long time stands half a turn behind the clock, as a first job would', async () => {
  const gateway = await rig.gateway()
  const task = scriptedTask({
    prepare: async () => {
      await rig.redis.set(keys.fairClock('download'), 100)
      throw new JobFailure('rate_limited', { retryAfterMs: 60_000 })
    },
  })
  await rig.worker('download', task.download)
  const failing = await submitted(gateway, 'download', large)
  await eventually(async () => (await rig.bull('download').getDelayedCount()) === 1)
  expect(await tagOf(failing)).toBe(101)
})
