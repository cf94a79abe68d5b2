/** Playlists over the whole stack: a list becomes jobs, and each entry says how it ended. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

const BASE = '/api/video-scraper'
type Entry = Record<string, unknown>

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...WITHOUT_MEMORY, WORKER_INFO_CONCURRENCY: '4' })
}, 150_000)
afterAll(() => scene?.stop())

const start = async (path: string, body: object = {}) => {
  const { status, body: answer } = await scene.client.post(`${BASE}/playlist`, { url: scene.site.url(path), ...body })
  expect({ status, answer }).toMatchObject({ status: 202 })
  return String(answer.job_id)
}
const entriesOf = async (id: string, query = 'limit=200') =>
  (await scene.client.get(`${BASE}/job/${id}/entries?${query}`)).body as {
    entries: Entry[]
    next_cursor: string | null
  }

test('each entry becomes a job, and broken, private and double ones do not end the list', async () => {
  const items = '1,7,11,13,-1'
  const id = await start('/lists/long.xml?to=/jsonld', { items, of: 'info', metadata: { order: '4711' } })
  expect(id).toMatch(/^playlist_[0-9a-f]{32}$/)
  const ended = await scene.client.ended(id)
  expect(ended).toMatchObject({
    status: 'completed',
    title: 'A long feed',
    of: 'info',
    summary: { total: 5, queued: 0, running: 0, completed: 2, failed: 2, cancelled: 0, skipped: 1 },
  })
  const { entries, next_cursor } = await entriesOf(id)
  expect(next_cursor).toBeNull()
  expect(entries.map(({ position }) => position)).toEqual([1, 7, 11, 13, 60])
  expect(entries[1]).toMatchObject({ state: 'failed', code: 'video_unavailable' })
  expect(entries[2]).toMatchObject({ state: 'failed', code: 'forbidden' })
  expect(entries[3]).toMatchObject({ state: 'skipped', skip_code: 'duplicate', job_id: null })
  expect(entries[4]).toMatchObject({ state: 'completed', title: 'Entry 60' })
  const { body } = await scene.client.get(String(entries[0]?.status_url))
  expect(body).toMatchObject({ status: 'completed', parent_id: id, metadata: { order: '4711' } })
  const children = (await scene.client.get(`${BASE}/jobs?parent_id=${id}&limit=200`)).body.jobs as Entry[]
  expect(children).toHaveLength(4)
}, 120_000)

test('each entry becomes a transcript, with the options of one; those of a download are refused', async () => {
  const id = await start('/lists/long.xml?to=/spoken', { items: '1-2', of: 'transcript', options: { language: 'de' } })
  const ended = await scene.client.ended(id)
  expect(ended).toMatchObject({ status: 'completed', of: 'transcript', summary: { total: 2, completed: 2 } })
  const { entries } = await entriesOf(id)
  expect(entries.map(({ state }) => state)).toEqual(['completed', 'completed'])
  const { body } = await scene.client.get(String(entries[0]?.status_url))
  expect(body).toMatchObject({ status: 'completed', kind: 'transcript', language: 'de', parent_id: id })
  const refused = await scene.client.post(`${BASE}/playlist`, {
    url: scene.site.url('/lists/long.xml'),
    of: 'transcript',
    options: { quality: '720p' },
  })
  expect(refused).toMatchObject({ status: 400, body: { code: 'invalid_request' } })
}, 120_000)
