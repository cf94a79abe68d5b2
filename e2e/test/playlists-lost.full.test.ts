/** Redis loses what a playlist knows of its entries: the playlist ends and says so, and no job is made a second time. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { connectRedis, keys } from '@video-scraper/store'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

const BASE = '/api/video-scraper'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...WITHOUT_MEMORY, PLAYLIST_JOBS_AT_ONCE: '4' })
}, 150_000)
afterAll(() => scene?.stop())

test('a playlist whose table is lost in the middle fails, and makes no job any more', async () => {
  const redis = connectRedis(scene.stack.redis.url, 'worker', () => undefined)
  try {
    const url = scene.site.url('/lists/long.xml', { entries: '60', to: '/jsonld' })
    const { body } = await scene.client.post(`${BASE}/playlist`, { url, of: 'info' })
    const id = String(body.job_id)
    const children = async () =>
      (await scene.client.get(`${BASE}/jobs?parent_id=${id}&limit=200`)).body.jobs as Record<string, unknown>[]
    await eventually(async () => expect((await children()).length).toBeGreaterThan(4), { timeoutMs: 60_000 })
    expect(await redis.del(keys.entries(id), keys.openEntries(id))).toBeGreaterThan(0)
    const ended = await scene.client.ended(id, 60_000)
    expect(ended).toMatchObject({ status: 'failed', code: 'internal_error' })
    const made = (await children()).length
    expect(made).toBeLessThan(60)
    // The jobs that it has made go on.
    await eventually(
      async () => expect((await children()).filter(({ status }) => status === 'processing')).toEqual([]),
      { timeoutMs: 60_000 },
    )
    expect(await children()).toHaveLength(made)
    expect(await redis.exists(keys.entries(id), keys.openEntries(id))).toBe(0)
  } finally {
    redis.disconnect()
  }
}, 150_000)
