/** When a site may be asked: its rate holds over all workers, and it rests after many bot checks. */

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { createSiteTurns, readSiteRests } from '@video-scraper/queue'
import { keys } from '@video-scraper/store'
import { useQueue } from './queue-rig.ts'

const rig = useQueue()
const HOUR = { jobs: 60, seconds: 3600, burst: 3 }

/** The test's clock is that of Redis; what it does takes less than two seconds. */
async function clearOfWindowEnds(windowMs: number): Promise<void> {
  const left = windowMs - (Date.now() % windowMs)
  if (left < 2000) await sleep(left)
}

test('two workers together let no more jobs go than the rate, however they ask', async () => {
  const workers = [createSiteTurns(await rig.connect('worker')), createSiteTurns(await rig.connect('worker'))]
  const rate = { jobs: 10, seconds: 1, burst: 2 }
  const went: number[] = []
  const begun = Date.now()
  const job = async (n: number) => {
    for (;;) {
      const turn = await workers[n % 2]?.take('site.test', `job-${n}`, rate)
      if (turn?.go) return void went.push(Date.now())
      await sleep(Math.max(1, Math.min(200, (turn?.at ?? 0) - Date.now())))
    }
  }
  await Promise.all(Array.from({ length: 16 }, (_, n) => job(n)))
  const sorted = went.toSorted((a, b) => a - b)
  // Of any span between two of them: the burst, and one more for each tenth of a second. An answer may come late on a busy machine.
  for (const [first, from] of sorted.entries())
    for (const [last, to] of sorted.entries())
      if (last >= first) expect(last - first + 1).toBeLessThanOrEqual(2 + (to - from + 400) / 100)
  expect(Date.now() - begun).toBeGreaterThanOrEqual(1300)
}, 20_000)

test('so many as the burst go at once, and all others ask again together', async () => {
  const turns = createSiteTurns(rig.redis)
  await clearOfWindowEnds(60_000)
  for (const job of ['a', 'b', 'c']) expect(await turns.take('site.test', job, HOUR)).toEqual({ go: true })
  // Its turn would be behind the end of the window: it asks again, with all others, when the queue's order says who is first.
  const later = await Promise.all(['d', 'e'].map((job) => turns.take('site.test', job, HOUR)))
  const windowEnd = (Math.floor(Date.now() / 60_000) + 1) * 60_000
  for (const turn of later) expect(turn).toEqual({ go: false, reason: 'site_rate', at: windowEnd })
  expect(await rig.redis.zcard(keys.siteTurns('site.test'))).toBe(0)
  expect(await turns.take('other.test', 'g', HOUR)).toEqual({ go: true })
  expect(await turns.take('free.test', 'h', null)).toEqual({ go: true })
})

test('a turn is given inside the window of now alone, so that who comes late takes none from those who wait', async () => {
  const turns = createSiteTurns(rig.redis)
  const rate = { jobs: 60, seconds: 60, burst: 1 }
  await clearOfWindowEnds(30_000)
  const windowEnd = (Math.floor(Date.now() / 30_000) + 1) * 30_000
  // The last turn of this window is free still.
  await rig.redis.hset(keys.siteRate('site.test'), 'reserved', String(windowEnd - 1))
  const last = { go: false, reason: 'site_rate', at: windowEnd - 1 }
  expect(await turns.take('site.test', 'a', rate)).toEqual(last)
  expect(await turns.take('site.test', 'b', rate)).toEqual({ ...last, at: windowEnd })
  expect(await turns.take('site.test', 'a', rate)).toEqual(last)
  expect(await rig.redis.zcard(keys.siteTurns('site.test'))).toBe(1)
})

test('what is kept of a rate lives no longer than it counts', async () => {
  await createSiteTurns(rig.redis).take('site.test', 'a', { jobs: 1, seconds: 1, burst: 1 })
  for (const key of [keys.siteRate('site.test'), keys.siteTurns('site.test')]) {
    const ms = await rig.redis.pttl(key)
    expect([key, ms === -1 || ms > 400_000]).toEqual([key, false])
  }
})

test('so many bot checks of different jobs make a site rest, once, and not longer with each that comes late', async () => {
  const turns = createSiteTurns(rig.redis)
  const rule = { after: 3, restMs: 60_000 }
  for (const job of ['a', 'a', 'b', 'a']) expect(await turns.botCheck('site.test', job, rule)).toBeNull()
  expect(await turns.take('site.test', 'z', null)).toEqual({ go: true })
  const until = await turns.botCheck('site.test', 'c', rule)
  expect(Math.abs((until ?? 0) - Date.now() - 60_000)).toBeLessThan(10_000)
  expect(await turns.botCheck('site.test', 'd', rule)).toBeNull()
  expect(await turns.take('site.test', 'z', HOUR)).toEqual({ go: false, reason: 'site_rest', at: until })
  expect(await turns.take('other.test', 'z', null)).toEqual({ go: true })
  expect(await readSiteRests(rig.redis, Date.now())).toEqual([{ site: 'site.test', until }])
  expect(await readSiteRests(rig.redis, (until ?? 0) + 1)).toEqual([])
})

test('bot checks count for ten minutes, and with 0 never', async () => {
  const turns = createSiteTurns(rig.redis)
  await rig.redis.zadd(keys.botChecks('site.test'), Date.now() - 600_001, 'old', Date.now() - 590_000, 'newer')
  expect(await turns.botCheck('site.test', 'a', { after: 3, restMs: 1000 })).toBeNull()
  for (const job of ['a', 'b', 'c', 'd'])
    expect(await turns.botCheck('off.test', job, { after: 0, restMs: 1000 })).toBeNull()
  expect(await rig.redis.exists(keys.botChecks('off.test'))).toBe(0)
})

test('a thousand sites rest at once, and no more', async () => {
  const turns = createSiteTurns(rig.redis)
  const rule = { after: 1, restMs: 60_000 }
  await Promise.all(Array.from({ length: 1010 }, (_, n) => turns.botCheck(`site-${n}.test`, 'a', rule)))
  expect(await rig.redis.zcard(keys.siteRests)).toBe(1000)
  expect(await rig.redis.pttl(keys.siteRests)).toBeGreaterThan(0)
})
