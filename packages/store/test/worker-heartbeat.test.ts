/** The heartbeat and the published list of platforms. */
import { expect, test } from '@jest/globals'
import {
  isWorkerAlive,
  keepEngineCheckPublished,
  keepPlatformsPublished,
  keys,
  readEngineCheck,
  readPlatforms,
  startWorkerHeartbeat,
} from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { useRedis } from './redis-rig.ts'

const rig = useRedis()

test('a worker is alive from its first beat, and for at most 15 s after its last', async () => {
  const redis = await rig.ready()
  expect(await isWorkerAlive(redis)).toBe(false)
  const heartbeat = startWorkerHeartbeat(redis, 'worker-1')
  await eventually(() => isWorkerAlive(redis))
  heartbeat.stop()
  const remaining = await redis.pttl(keys.workerHeartbeat)
  expect(remaining).toBeGreaterThan(0)
  expect(remaining).toBeLessThanOrEqual(15_000)
})

test('the list of platforms comes back as it was published; before that there is none', async () => {
  const redis = await rig.ready()
  expect(await readPlatforms(redis)).toBeNull()
  const published = { ytdlpVersion: '2026.01.01', platforms: [{ name: 'a' }] }
  const publication = keepPlatformsPublished(redis, published)
  await eventually(async () => expect(await readPlatforms(redis)).toEqual(published))
  publication.stop()
})

test('the list of platforms comes back after Redis has lost it, and replaces no newer one', async () => {
  const redis = await rig.ready()
  const older = { ytdlpVersion: '2026.01.01', platforms: [{ name: 'a' }] }
  const newer = { ytdlpVersion: '2026.02.02', platforms: [{ name: 'b' }] }
  const publications = [keepPlatformsPublished(redis, older, 20)]
  await eventually(async () => expect(await readPlatforms(redis)).toEqual(older))
  publications.push(keepPlatformsPublished(redis, newer, 60_000))
  await eventually(async () => expect(await readPlatforms(redis)).toEqual(newer))
  await new Promise((resolve) => setTimeout(resolve, 200))
  expect(await readPlatforms(redis)).toEqual(newer)
  await redis.flushall()
  await eventually(async () => expect(await readPlatforms(redis)).toEqual(older))
  for (const publication of publications) publication.stop()
})

test('every key of ours carries the hash tag, so that a cluster keeps them together', () => {
  const names = Object.values(keys).map((key) => (typeof key === 'string' ? key : key('x', 'y')))
  for (const name of names) expect(name).toMatch(/^\{video-scraper\}:/)
  expect(new Set(names).size).toBe(names.length)
})

test('what a worker found out about its yt-dlp is read until it stops telling', async () => {
  const redis = await rig.ready()
  const check = {
    ok: false,
    checked_at: '2026-05-01T12:34:50.000Z',
    failed_checks: ['javascript'],
    ytdlp_version: '2026.10.26',
    ytdlp_age_days: 3,
    curl_cffi_version: '0.17.0',
    deno_version: null,
    ffmpeg_version: null,
  }
  expect(await readEngineCheck(redis)).toBeNull()
  const published = keepEngineCheckPublished(redis, () => check)
  await eventually(async () => (await readEngineCheck(redis))?.failed_checks[0] === 'javascript')
  expect(await readEngineCheck(redis)).toEqual(check)
  expect(await redis.ttl(keys.engineCheck)).toBeGreaterThan(60)
  published.stop()
})
