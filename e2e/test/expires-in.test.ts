/** `expires_in` over the whole stack: who waits, who runs and who has made other jobs ends in time, and leaves nothing. */
import { readdir } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

const BASE = '/api/video-scraper'
const SLOW = '/big.mp4?bytes=50000000&rate=100000'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...UNLIMITED, WORKER_DOWNLOAD_CONCURRENCY: '1' })
}, 150_000)
afterAll(() => scene?.stop())

const start = async (kind: string, path: string, body: object = {}) => {
  const { status, body: answer } = await scene.client.post(`${BASE}/${kind}`, { url: scene.site.url(path), ...body })
  expect({ status, answer }).toMatchObject({ status: 202 })
  return String(answer.download_id ?? answer.job_id)
}
const workFolders = () => readdir(join(scene.stack.dataDir, 'work'))
const expired = { status: 'failed', code: 'job_expired', retryable: false }

test('a download that runs is stopped in time, one that waits behind it has ended before; nothing is left of either', async () => {
  const running = await start('download', SLOW, { expires_in: 6 })
  await eventually(async () => expect((await scene.client.downloadStatus(running)).attempts).toBe(1))
  const waiting = await start('download', '/video.mp4', { expires_in: 1 })
  const ended = await scene.client.ended(waiting)
  expect(ended).toMatchObject({ ...expired, attempts: 0, started_at: null })
  expect(String(ended.message ?? ended.error)).toContain('expires_in')
  expect(await scene.client.downloadStatus(running)).toMatchObject({ status: 'in_progress' })
  const stopped = await scene.client.ended(running)
  expect(stopped).toMatchObject({ ...expired, attempts: 1, options: { expires_in: 6 } })
  const lasted = Date.parse(String(stopped.finished_at)) - Date.parse(String(stopped.created_at))
  expect(lasted).toBeGreaterThan(5000)
  await eventually(async () => expect(await workFolders()).toEqual([]))
  expect((await scene.client.cancel(running)).body).toMatchObject({ code: 'job_already_finished' })
}, 60_000)

test('a job that ends in time does as always, and its file answers who names another time, or none', async () => {
  const first = await scene.client.ended(await start('download', '/video.mp4', { expires_in: 600 }))
  expect(first).toMatchObject({ status: 'completed', cached: false })
  for (const body of [{}, { expires_in: 300 }]) {
    const again = await scene.client.ended(await start('download', '/video.mp4', body))
    expect(again).toMatchObject({ status: 'completed', cached: true, filename: first.filename })
  }
}, 60_000)

test('a playlist whose time is over has failed, and so its jobs go on no more', async () => {
  const id = await start('playlist', `/lists/long.xml?mixed=no&to=${encodeURIComponent(SLOW)}`, {
    items: '1-3',
    expires_in: 5,
  })
  const children = async () =>
    (await scene.client.get(`${BASE}/jobs?parent_id=${id}`)).body.jobs as { status: string }[]
  await eventually(async () => expect(await children()).toHaveLength(3))
  expect(await scene.client.ended(id)).toMatchObject(expired)
  await eventually(async () =>
    expect((await children()).map(({ status }) => status)).toEqual(['cancelled', 'cancelled', 'cancelled']),
  )
  await eventually(async () => expect(await workFolders()).toEqual([]))
}, 60_000)
