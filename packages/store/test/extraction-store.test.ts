/** What was found out lately: found again while it is good, never too much of it, and nothing of another engine's. */
import { expect, test } from '@jest/globals'
import type { VideoInfo, WarningCode } from '@video-scraper/contracts'
import { createExtractionStore, extractionKey, keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()
const URL = 'http://example.com/video'
const source = (url: string) => ({ kind: 'info', url, options: {} }) as const
const info = { title: 'Ünï', formats: [] } as unknown as VideoInfo
const record = Buffer.from([0, 255, 10, 13, 128])
const warnings: WarningCode[] = ['more_videos', 'formats_missing']
const extraction = { info, extractedAt: 1000, record, warnings }

async function storeOf(engine = 'engine 1', lifetimeMs = 60_000) {
  const redis = await rig.ready()
  return { redis, store: createExtractionStore(redis, { engine: () => engine, lifetimeMs }) }
}

test('what was kept is found with its warnings, the record byte for byte, under its address alone', async () => {
  const { store } = await storeOf()
  await store.keep(source(URL), extraction)
  expect(await store.find(source(URL))).toEqual({ info, extractedAt: 1000, warnings })
  expect(await store.findRecord(source(URL))).toEqual({ record, warnings, extractedAt: 1000 })
  expect(await store.find(source(`${URL}2`))).toBeNull()
  expect(await store.findRecord(source(`${URL}2`))).toBeNull()
})

test('without a record there is the info, also where an earlier one had a record', async () => {
  const { store } = await storeOf()
  await store.keep(source(URL), extraction)
  await store.keep(source(URL), { ...extraction, extractedAt: 2000, record: null })
  expect(await store.find(source(URL))).toEqual({ info, extractedAt: 2000, warnings })
  expect(await store.findRecord(source(URL))).toBeNull()
})

test('what a release without warnings kept is found, with none', async () => {
  const { redis, store } = await storeOf()
  await store.keep(source(URL), extraction)
  await redis.hdel(extractionKey(source(URL)), 'warnings')
  expect(await store.find(source(URL))).toEqual({ info, extractedAt: 1000, warnings: [] })
  expect(await store.findRecord(source(URL))).toEqual({ record, warnings: [], extractedAt: 1000 })
})

test('what another engine found is not used, and is replaced', async () => {
  const { redis, store } = await storeOf()
  await store.keep(source(URL), extraction)
  const newer = createExtractionStore(redis, { engine: () => 'engine 2', lifetimeMs: 60_000 })
  expect(await newer.find(source(URL))).toBeNull()
  expect(await newer.findRecord(source(URL))).toBeNull()
  await newer.keep(source(URL), extraction)
  expect(await store.find(source(URL))).toBeNull()
  expect(await newer.find(source(URL))).not.toBeNull()
})

test('its time over, or forgotten, nothing is left', async () => {
  const { redis, store } = await storeOf('engine 1', 300)
  await store.keep(source(URL), extraction)
  await store.forget(source(URL))
  expect(await store.find(source(URL))).toBeNull()
  await store.keep(source(URL), extraction)
  expect(await redis.pttl(extractionKey(source(URL)))).toBeLessThanOrEqual(300)
  await eventually(async () => (await redis.dbsize()) === 0)
})

test('of more than three hundred the oldest go', async () => {
  const { redis, store } = await storeOf()
  const at = (number: number) => source(`${URL}?${number}`)
  await store.keep(at(0), extraction)
  // The next millisecond, so that there is an oldest.
  await eventually(async () => Date.now() > Number(await redis.zscore(keys.extractions, extractionKey(at(0)))))
  for (let number = 1; number <= 300; number += 1) await store.keep(at(number), extraction)
  expect(await redis.zcard(keys.extractions)).toBe(300)
  expect(await redis.dbsize()).toBe(301)
  expect(await store.find(at(0))).toBeNull()
  expect(await store.find(at(300))).not.toBeNull()
})
