/** What is known is not fetched again: info within minutes, and a file that lies in the library. */
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, readRuntime } from '@video-scraper/testkit'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene(UNLIMITED)
}, 150_000)
afterAll(() => scene?.stop())

const BASE = '/api/video-scraper'
const asked = (path: string, search = '') => scene.site.requests(path).filter((each) => each.search.includes(search))

async function info(url: string, more: object = {}) {
  const { body } = await scene.client.post(`${BASE}/info`, { url, ...more })
  return scene.client.ended(String(body.job_id))
}
async function download(url: string, more: object = {}) {
  const { status, body } = await scene.client.post(`${BASE}/download`, { url, ...more })
  expect(status).toBe(202)
  const ended = await scene.client.ended(String(body.download_id))
  expect(ended).toMatchObject({ status: 'completed', download_id: body.download_id })
  return ended
}

test('info that is cached does not ask the source again, until a client wants it fresh', async () => {
  const url = scene.site.url('/jsonld', { title: 'info' })
  const first = await info(url)
  expect(first).toMatchObject({ status: 'completed', cached: false })
  const looks = asked('/jsonld', 'title=info').length
  const second = await info(url)
  expect(second).toMatchObject({ status: 'completed', cached: true, extracted_at: first.extracted_at })
  expect(second.video_info).toEqual(first.video_info)
  expect(asked('/jsonld', 'title=info')).toHaveLength(looks)
  const third = await info(url, { fresh: true })
  expect(third).toMatchObject({ cached: false })
  expect(Date.parse(String(third.extracted_at))).toBeGreaterThan(Date.parse(String(first.extracted_at)))
  expect(asked('/jsonld', 'title=info').length).toBeGreaterThan(looks)
  expect(await info(url)).toMatchObject({ cached: true, extracted_at: third.extracted_at })
})

test('whoever is given a cached answer is notified of what the first look did without', async () => {
  const url = scene.site.url('/several', { title: 'warned' })
  const { warnings } = await info(url)
  expect(warnings).toContainEqual(expect.objectContaining({ code: 'more_videos' }))
  expect(await info(url)).toMatchObject({ cached: true, warnings })
  // From the record of the info job, which alone knew of the other videos, and then from the library.
  const first = await download(url)
  expect(first).toMatchObject({ cached: false, warnings })
  expect(await download(url)).toMatchObject({ cached: true, warnings })
})

test('max_age bounds the age of a cached answer; 0 is what fresh says', async () => {
  const url = scene.site.url('/jsonld', { title: 'aged', src: '/video.mp4?aged' })
  const first = await info(url)
  expect(await info(url, { max_age: 3600 })).toMatchObject({ cached: true, extracted_at: first.extracted_at })
  expect(await info(url, { max_age: 0 })).toMatchObject({ cached: false })
  const file = await download(url)
  expect(await download(url, { max_age: 3600 })).toMatchObject({ cached: true, filename: file.filename })
  const anew = await download(url, { max_age: 0 })
  expect(anew).toMatchObject({ cached: false, options: { max_age: 0 } })
  await eventually(() => expect(Date.now()).toBeGreaterThan(Date.parse(String(anew.finished_at)) + 1000))
  expect(await info(url, { max_age: 1 })).toMatchObject({ cached: false })
  expect(await download(url, { max_age: 1 })).toMatchObject({ cached: false })
})

test('retention_seconds decides when the files go, and only what is kept as long answers the same job request', async () => {
  const url = scene.site.url('/jsonld', { title: 'kept', src: '/video.mp4?kept' })
  const asOperator = await download(url)
  const short = await download(url, { retention_seconds: 3000 })
  expect(short).toMatchObject({ cached: false, options: { retention_seconds: 3000 } })
  const kept = Date.parse(String(short.expires_at)) - Date.parse(String(short.finished_at))
  expect(kept).toBeGreaterThan(2_900_000)
  expect(kept).toBeLessThanOrEqual(3_000_000)
  expect(await download(url, { retention_seconds: 3000 })).toMatchObject({ cached: true, filename: short.filename })
  expect(await download(url)).toMatchObject({ cached: true, filename: asOperator.filename })
})

test('every answer names the version of yt-dlp that made it, also where nobody was asked again', async () => {
  const made = { ytdlp_version: readRuntime().ytdlpVersion }
  const url = scene.site.url('/jsonld', { title: 'versions' })
  expect(await info(url)).toMatchObject({ cached: false, ...made })
  expect(await info(url)).toMatchObject({ cached: true, ...made })
  expect(await download(url)).toMatchObject({ cached: false, ...made })
  expect(await download(url)).toMatchObject({ cached: true, ...made })
  expect(await info(scene.site.url('/status/404'))).toMatchObject({ status: 'failed', ...made })
})

test('a failure is not kept', async () => {
  const url = scene.site.url('/flaky', { key: 'not-kept', failures: 1, status: 404 })
  expect(await info(url)).toMatchObject({ status: 'failed', code: 'video_unavailable' })
  expect(await info(url)).toMatchObject({ status: 'completed', cached: false })
})

test('a download of what was just looked at does not look again', async () => {
  const url = scene.site.url('/jsonld', { title: 'looked-at', src: '/video.mp4?looked-at' })
  await info(url)
  const looks = asked('/jsonld', 'title=looked-at').length
  expect(await download(url)).toMatchObject({ title: 'looked-at', cached: false })
  expect(asked('/jsonld', 'title=looked-at')).toHaveLength(looks)
})

test.each([403, 410])(
  'where the address has expired meanwhile (%i), the download looks again by itself',
  async (status) => {
    const url = scene.site.url('/expiring', { key: `key-${status}`, status })
    await info(url)
    // Somebody else looks at the page.
    await fetch(url)
    const ended = await download(url)
    expect(ended).toMatchObject({ title: 'A video that moves', attempts: 1 })
    // The info job had a look at the video; so had the download, when what it had been given was out of date. A 403 is asked once
    // more as a browser.
    const refusals = status === 403 ? [403, 403] : [status]
    expect(asked('/expiring.mp4', `key-${status}`).map((each) => each.status)).toEqual([200, ...refusals, 200, 200])
    // What was out of date is not given to the next.
    expect(await info(url)).toMatchObject({ cached: false })
  },
)

test('a second download is answered with the first file, without a word to the source', async () => {
  const url = scene.site.url('/jsonld', { title: 'second', src: '/video.mp4?second' })
  const first = await download(url)
  const before = scene.site.requests().length
  const second = await download(url)
  expect(scene.site.requests()).toHaveLength(before)
  const { download_id: _1, created_at: _2, started_at: _3, finished_at: _4, archive_url: _5, ...same } = first
  expect(second).toMatchObject({ ...same, cached: true })
  expect(second.download_id).not.toBe(first.download_id)
  const list = (await scene.client.get(`${BASE}/downloads`)).body as unknown as { filename: string }[]
  expect(list.filter(({ filename }) => filename === first.filename)).toHaveLength(1)
  const fresh = await download(url, { fresh: true })
  expect(fresh).toMatchObject({ cached: false, sha256: first.sha256 })
  expect(fresh.filename).not.toBe(first.filename)
})

test('the same video with its format named is stopped once it is known to be the same', async () => {
  const src = '/big.mp4?bytes=3000000&rate=1000000&same'
  const url = scene.site.url('/jsonld', { title: 'one', src })
  const first = await download(url)
  const { formats } = (await info(url)).video_info as { formats: { format_id: string }[] }
  const named = await download(url, { format_id: formats[0]?.format_id })
  expect(named).toMatchObject({ cached: true, filename: first.filename, format_id: formats[0]?.format_id })
  const before = scene.site.requests().length
  const again = await download(url, { format_id: formats[0]?.format_id })
  expect(again).toMatchObject({ cached: true, filename: first.filename })
  expect(scene.site.requests()).toHaveLength(before)
  await eventually(() => asked('/big.mp4', 'same').every(({ state }) => state !== 'open'))
  expect(asked('/big.mp4', 'same').filter(({ state, method }) => method === 'GET' && state === 'sent')).toHaveLength(1)
})

test('a file that is gone answers nothing, and the video is fetched again', async () => {
  const url = scene.site.url('/video.mp4', { title: 'gone' })
  const first = await download(url)
  await rm(join(scene.stack.dataDir, 'library', String(first.filename)))
  const second = await download(url)
  expect(second).toMatchObject({ cached: false, sha256: first.sha256 })
  expect((await fetch(`${scene.gateway.origin}${second.download_url}`)).status).toBe(200)
})

test('both can be turned off', async () => {
  const { stack, site } = scene
  await scene.worker.end('SIGTERM')
  const off = await stack.startWorker({ INFO_CACHE_SECONDS: '0', REUSE_FILES: 'false' })
  const url = site.url('/jsonld', { title: 'off' })
  await info(url)
  expect(await info(url)).toMatchObject({ cached: false })
  await download(url)
  expect(await download(url)).toMatchObject({ cached: false })
  await off.end('SIGTERM')
})
