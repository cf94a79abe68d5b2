/** A result that is not as long as its source announced says so, with both figures; periods are joined or fail. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene(UNLIMITED)
}, 150_000)
afterAll(() => scene?.stop())

const BASE = '/api/video-scraper'

async function ended(url: string, more: object = {}) {
  const { body } = await scene.client.post(`${BASE}/download`, { url, ...more })
  return scene.client.ended(String(body.download_id))
}

test('an announced length that is not the one of the file is a warning with both figures, from the library as well', async () => {
  const url = scene.site.url('/jsonld', { seconds: 60 })
  const first = await ended(url)
  const warning = {
    code: 'length_differs',
    message: expect.stringMatching(/Stated: 60 s\. Measured: 3(\.\d)? s\.$/),
  }
  expect(first).toMatchObject({ status: 'completed', warnings: expect.arrayContaining([warning]) })
  expect(first.duration).toBeCloseTo(3, 0)
  expect(await ended(url)).toMatchObject({ cached: true, warnings: expect.arrayContaining([warning]) })
})

test.each([2.5, 3, 3.9])('a difference of less than a second is none: %d s', async (seconds) => {
  const { status, warnings = [] } = await ended(scene.site.url('/jsonld', { seconds, title: `${seconds}` }))
  expect(status).toBe('completed')
  expect(warnings).not.toContainEqual(expect.objectContaining({ code: 'length_differs' }))
})

test('two periods whose times go on become one file', async () => {
  const { status, duration, warnings = [] } = await ended(scene.site.url('/periods.mpd', { kind: 'goes-on' }))
  expect(status).toBe('completed')
  expect(warnings).not.toContainEqual(expect.objectContaining({ code: 'length_differs' }))
  expect(Math.abs(Number(duration) - 3)).toBeLessThan(0.2)
})

test('two periods whose times begin anew are never published over each other', async () => {
  expect(await ended(scene.site.url('/periods.mpd', { kind: 'anew' }))).toMatchObject({
    status: 'failed',
    code: 'postprocessing_failed',
  })
})

test('a track that is in one of two periods alone is published with the warning', async () => {
  expect(await ended(scene.site.url('/periods.mpd', { kind: 'other' }))).toMatchObject({
    status: 'completed',
    warnings: expect.arrayContaining([
      { code: 'length_differs', message: expect.stringMatching(/Stated: 6 s\. Measured: 3(\.\d)? s\.$/) },
    ]),
  })
})

test('two sound tracks that differ in their role alone are both listed, and one is taken', async () => {
  const url = `${scene.site.url('/tracks/named.mpd')}?id=one&id=two`
  const { video_info } = await scene.client.ended(await scene.client.info(url))
  const { formats } = video_info as { formats: { format_id: string; vcodec: string }[] }
  expect(formats.filter(({ vcodec }) => vcodec === 'none').map(({ format_id }) => format_id)).toEqual(['one', 'two'])
  const best = await ended(url)
  expect(best).toMatchObject({ status: 'completed' })
  expect(Math.abs(Number(best.duration) - 3)).toBeLessThan(0.2)
  expect(await ended(url, { format_id: 'picture+one' })).toMatchObject({ status: 'completed' })
})
