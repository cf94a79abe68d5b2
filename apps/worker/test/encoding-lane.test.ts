/** Who gets a slot of the lane for downloads that may be encoded again, and when the others ask again. */
import { expect, test } from '@jest/globals'
import { Stop, WaitUntil } from '@video-scraper/core'
import { createEncodingLane, laneSlotsOf } from '../src/transcoding/encoding-lane.ts'

const GRID_MS = 5_000

/** The same numbers in each run. */
function createRandom() {
  let last = 1
  return () => {
    last = (last * 48_271) % 2_147_483_647
    return last / 2_147_483_647
  }
}

/** A lane, a clock that a test moves, and works that end when a test ends them. */
function stage(slots: number) {
  let time = 1_000_000 * GRID_MS
  const lane = createEncodingLane(slots, { now: () => time, random: createRandom() })
  const ends = new Map<string, (error?: Error) => void>()
  /** Resolves with null where the job runs now, and with the milliseconds until it is to ask again where it waits. */
  const ask = async (id: string, limitSubject = id): Promise<number | null> => {
    let began = false
    const work = () =>
      new Promise<void>((resolve, reject) => {
        began = true
        ends.set(id, (error) => (error ? reject(error) : resolve()))
      })
    const answer = lane.run({ id, envelope: { limitSubject } }, work)
    answer.catch(() => undefined)
    if (began) return null
    const refusal = await answer.catch((error: unknown) => error)
    if (!(refusal instanceof WaitUntil) || refusal.reason !== 'transcode_turn') throw refusal
    return refusal.at - time
  }
  return {
    ask,
    forget: lane.forget,
    end: async (id: string, error?: Error) => {
      ends.get(id)?.(error)
      await new Promise(setImmediate)
    },
    passes: (ms: number) => {
      time += ms
    },
  }
}

test('one slot for downloads is for others, where there are two, and one more is fetched than encoded', () => {
  expect([1, 2, 3, 8].map((downloads) => laneSlotsOf(downloads, 1))).toEqual([1, 1, 2, 2])
  expect([1, 2, 3, 8].map((downloads) => laneSlotsOf(downloads, 64))).toEqual([1, 1, 2, 7])
})

test('a slot is free again however the work ends', async () => {
  const { ask, end, passes } = stage(1)
  for (const error of [undefined, new Error('failed'), new Stop('cancelled'), new Stop('lock_lost')]) {
    expect(await ask('a')).toBeNull()
    await end('a', error)
    passes(GRID_MS)
  }
})

test('all that find no slot come together, and a slot that becomes free before goes to nobody who comes between', async () => {
  const { ask, end, passes } = stage(1)
  expect(await ask('a')).toBeNull()
  expect(await ask('b')).toBe(GRID_MS)
  passes(2_000)
  expect(await ask('c')).toBe(GRID_MS - 2_000)
  await end('a')
  expect(await ask('between')).toBe(GRID_MS - 2_000)
  passes(GRID_MS - 2_000)
  expect(await ask('c')).toBeNull()
  expect(await ask('b')).toBe(GRID_MS)
})

test('a client that has a slot gets another one only where one more stays free', async () => {
  const { ask, end, passes } = stage(3)
  expect([await ask('a1', 'a'), await ask('a2', 'a'), await ask('a3', 'a')]).toEqual([null, null, GRID_MS])
  // Nobody waited for want of a slot, so who comes between is given the one that is free.
  expect([await ask('b1', 'b'), await ask('c1', 'c')]).toEqual([null, GRID_MS])
  await end('a1')
  passes(GRID_MS)
  expect([await ask('a3', 'a'), await ask('c1', 'c')]).toEqual([GRID_MS, null])
})

test('who has many waiting jobs waits longer for each, and makes nobody else wait for much longer', async () => {
  const { ask } = stage(1)
  await ask('running', 'other')
  const waits: number[] = []
  for (let job = 0; job < 1000; job += 1) waits.push((await ask(`many-${job}`, 'many')) ?? 0)
  expect(waits.slice(0, 5)).toEqual(new Array(5).fill(GRID_MS))
  expect(Math.max(...waits.slice(900))).toBeGreaterThan(500_000)
  expect(Math.max(...waits)).toBeLessThanOrEqual(755_000)
  expect(await ask('one')).toBe(GRID_MS)
})

test('jobs that end while they wait make nobody wait any longer', async () => {
  const { ask, forget } = stage(1)
  await ask('running', 'other')
  for (let job = 0; job < 200; job += 1) await ask(`many-${job}`, 'many')
  expect(await ask('before', 'many')).toBeGreaterThan(2 * GRID_MS)
  for (let job = 0; job < 200; job += 1) forget(`many-${job}`)
  expect(await ask('after', 'many')).toBe(GRID_MS)
})

test.each([
  ['one client', 1],
  ['a hundred clients', 100],
])('3,000 waiting jobs of %s ask about twice a second, and some ask each time', async (_, clients) => {
  const { ask, passes } = stage(1)
  await ask('running')
  const due = new Map<number, string[]>()
  const asks = async (step: number, id: string) => {
    const at = step + ((await ask(id, `client-${Number(id) % clients}`)) ?? 0) / GRID_MS
    due.set(at, [...(due.get(at) ?? []), id])
  }
  for (let job = 0; job < 3_000; job += 1) await asks(0, String(job))
  const counts: number[] = []
  for (let step = 1; step <= 800; step += 1) {
    passes(GRID_MS)
    const came = due.get(step) ?? []
    for (const id of came) await asks(step, id)
    counts.push(came.length)
  }
  // The first come often, since only few were known to wait when they asked.
  const later = counts.slice(400)
  const perSecond = later.reduce((sum, count) => sum + count, 0) / later.length / (GRID_MS / 1000)
  expect(perSecond).toBeLessThan(2.5)
  expect(Math.min(...later)).toBeGreaterThan(0)
})

test.each([
  ['four clients with ten jobs each', 1, 40, 4],
  ['one client with forty jobs', 1, 40, 1],
  ['sixty clients', 1, 60, 60],
  ['a hundred clients and three slots', 3, 100, 100],
])('%s: no slot stays empty while jobs wait, and each of them has its turn', async (_, slots, jobs, clients) => {
  const { ask, end, passes } = stage(slots)
  let time = 0
  const due = new Map<string, number>()
  const endsAt = new Map<string, number>()
  const asks = async (id: string) => {
    const wait = await ask(id, `client-${Number(id) % clients}`)
    due.delete(id)
    if (wait === null) endsAt.set(id, time + 60_000)
    else due.set(id, time + wait)
  }
  for (let job = 0; job < jobs; job += 1) await asks(String(job))
  let idleMs = 0
  let served = 0
  while (served < jobs && time < 12 * 3_600_000) {
    // Jobs come some milliseconds after their time.
    time += 100
    passes(100)
    for (const [id, at] of [...endsAt].filter(([, at]) => at <= time)) {
      endsAt.delete(id)
      served += at > 0 ? 1 : 0
      await end(id)
    }
    for (const [id] of [...due].filter(([, at]) => at + 30 < time)) await asks(id)
    if (due.size > 0 && endsAt.size === 0) idleMs += 100
  }
  expect(served).toBe(jobs)
  expect(idleMs / time).toBeLessThan(0.2)
})
