/** What is known answers only what is the same: each page its own title and name, each file at a link its own content. */
import { createHash } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

const TRUSTED_SECONDS = 2

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...UNLIMITED, INFO_CACHE_SECONDS: String(TRUSTED_SECONDS) })
}, 150_000)
afterAll(() => scene?.stop())

const BASE = '/api/video-scraper'

async function download(url: string, more: object = {}) {
  const { status, body } = await scene.client.post(`${BASE}/download`, { url, ...more })
  expect(status).toBe(202)
  const ended = await scene.client.ended(String(body.download_id))
  expect(ended).toMatchObject({ status: 'completed', download_id: body.download_id })
  return ended
}

const src = (name: string) => `/big.mp4?bytes=300000&own=${name}`

test.each([
  ['two pages of one site', '/jsonld', '/jsonld'],
  ['a described page and a plain one', '/jsonld', '/page'],
  ['two plain pages', '/page', '/page'],
])('%s with one media file: each download has its own title, name and warnings', async (name, one, other) => {
  const first = await download(scene.site.url(one, { title: 'The first film', src: src(name) }))
  const second = await download(scene.site.url(other, { title: 'Another film', src: src(name) }))
  expect(first).toMatchObject({
    title: expect.stringMatching(/^The first film/),
    filename: expect.stringMatching(/^the-first-film-/),
  })
  expect(second).toMatchObject({
    title: expect.stringMatching(/^Another film/),
    filename: expect.stringMatching(/^another-film-/),
  })
  expect(second.sha256).toBe(first.sha256)
  const asCodes = ({ warnings = [] }: Record<string, unknown>) =>
    (warnings as { code: string }[]).map(({ code }) => code)
  if (one === other) expect(asCodes(second)).toEqual(asCodes(first))
  expect(await download(scene.site.url(other, { title: 'Another film', src: src(name) }))).toMatchObject({
    cached: true,
    filename: second.filename,
  })
})

test('of two pages with one media file only the one that holds several videos says so', async () => {
  const several = await download(scene.site.url('/several', { title: 'one' }))
  expect(several.warnings).toContainEqual(expect.objectContaining({ code: 'more_videos' }))
  const single = await download(scene.site.url('/page', { title: 'A page with several videos' }))
  expect(single.warnings ?? []).not.toContainEqual(expect.objectContaining({ code: 'more_videos' }))
})

const bytesOf = async ({ download_url }: Record<string, unknown>) =>
  Buffer.from(await (await fetch(`${scene.gateway.origin}${download_url}`)).arrayBuffer())

/** Waits until what is known of a link published at `since` is not believed any more. */
const untilDoubted = async (since: number) =>
  eventually(() => Date.now() > since + TRUSTED_SECONDS * 1000 + 100, { timeoutMs: 10_000, everyMs: 100 })

test.each(['etag', 'last-modified', 'length'])(
  'a link whose file was replaced leads to the new file: %s',
  async (tells) => {
    const query = { key: `replaced-${tells}`, tells }
    const url = scene.site.url('/latest.mp3', query)
    const first = await download(url)
    const published = Date.now()
    await fetch(scene.site.url('/latest/next', query))
    await untilDoubted(published)
    const second = await download(url)
    expect(second).toMatchObject({ cached: false })
    const now = Buffer.from(await (await fetch(url)).arrayBuffer())
    expect(
      createHash('sha256')
        .update(await bytesOf(second))
        .digest('hex'),
    ).toBe(createHash('sha256').update(now).digest('hex'))
    expect(second.filename).not.toBe(first.filename)
    expect(await download(url)).toMatchObject({ cached: true, filename: second.filename })
  },
)

test('a link whose file is still the same is asked once in each while, and the file is not fetched again', async () => {
  const query = { key: 'same', tells: 'etag' }
  const url = scene.site.url('/latest.mp3', query)
  const first = await download(url)
  const published = Date.now()
  const asked = () => scene.site.requests('/latest.mp3').filter(({ search }) => search.includes('key=same')).length
  await untilDoubted(published)
  const before = asked()
  expect(await download(url)).toMatchObject({ cached: true, filename: first.filename })
  expect(asked()).toBeGreaterThan(before)
  const checked = asked()
  expect(await download(url)).toMatchObject({ cached: true, filename: first.filename })
  expect(asked()).toBe(checked)
})
