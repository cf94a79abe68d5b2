/** Behind a reverse proxy: every route and every address that is given out stands under BASE_PATH and PUBLIC_URL. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'
import { documentOf } from './documented-replies.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const BASE = '/tools/v.1'
const PUBLIC = 'https://techsaas.tech'
const URL = 'https://example.com/video'

test('every documented route is there under BASE_PATH, and nowhere else', async () => {
  const { app, get } = await rig.gateway({ basePath: BASE })
  const { document } = documentOf(app)
  for (const [path, methods] of Object.entries(document.paths)) {
    expect(path.startsWith(`${BASE}/`)).toBe(true)
    if (!('get' in methods) || path.includes('{')) continue
    expect([path, (await get(path)).statusCode]).toEqual([path, 200])
    expect((await app.inject({ url: path.slice(BASE.length) })).statusCode).toBe(404)
  }
  const lost = await app.inject({ url: '/tools/vx1/api/status', method: 'POST' })
  expect(lost.json().error).toBe(`There is no such route. GET ${BASE}/docs lists all of them.`)
  expect((await app.inject({ url: `${BASE}/api/status`, method: 'PUT' })).statusCode).toBe(405)
})

test('Location, download_url, status_url and Link can be followed as they are', async () => {
  const { get, post } = await rig.gateway({ basePath: BASE })
  for (const kind of ['info', 'download']) {
    const { location } = (await post(`${BASE}/api/video-scraper/${kind}`, { url: URL })).headers
    expect(location).toMatch(new RegExp(`^${BASE}/api/`))
    expect((await get(String(location))).statusCode).toBe(200)
  }
  for (const job of (await get(`${BASE}/api/video-scraper/jobs`)).json().jobs) {
    expect((await get(job.status_url)).statusCode).toBe(200)
  }
  for (const digit of ['1', '2']) await publishFile(rig, { jobId: downloadId(digit) })
  const page = await get(`${BASE}/api/video-scraper/downloads?limit=1`)
  expect((await get(page.json()[0].url)).statusCode).toBe(200)
  const next = /^<(\/[^>]+)>/.exec(String(page.headers.link))?.[1]
  expect((await get(String(next))).json()).toHaveLength(1)
})

test('with PUBLIC_URL, Location and Link are absolute, and the document names the server', async () => {
  const { app, get, post } = await rig.gateway({ basePath: BASE, publicUrl: PUBLIC })
  const { location } = (await post(`${BASE}/api/video-scraper/info`, { url: URL })).headers
  expect(location).toMatch(new RegExp(`^${PUBLIC}${BASE}/api/video-scraper/job/`))
  for (const digit of ['1', '2']) await publishFile(rig, { jobId: downloadId(digit) })
  const { headers, ...page } = await get(`${BASE}/api/video-scraper/downloads?limit=1`)
  expect(headers.link).toMatch(new RegExp(`^<${PUBLIC}${BASE}/api/video-scraper/downloads\\?limit=1&cursor=`))
  expect(page).toBeTruthy()
  expect((await app.inject({ url: `${BASE}/openapi.json` })).json().servers).toEqual([{ url: PUBLIC }])
})

test('the page of the documentation and all that it loads are there under BASE_PATH', async () => {
  const { app } = await rig.gateway({ basePath: BASE })
  for (const prefix of [`${BASE}/docs`, `${BASE}/api/video-scraper/docs`]) {
    const page = await app.inject({ url: prefix })
    expect(page.statusCode).toBe(200)
    const loaded = [...page.body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, path]) => path ?? '')
    expect(loaded.length).toBeGreaterThan(3)
    for (const path of loaded) {
      const { pathname } = new globalThis.URL(path, `http://localhost${prefix}`)
      expect([pathname, (await app.inject({ url: pathname })).statusCode]).toEqual([pathname, 200])
    }
  }
})

test('the aliases under the production prefix answer as the originals do', async () => {
  const { app } = await rig.gateway()
  const pairs = [
    ['/api/status', '/api/video-scraper/status'],
    ['/openapi.json', '/api/video-scraper/openapi.json'],
    ['/docs/json', '/api/video-scraper/docs/json'],
  ]
  for (const [original = '', alias = ''] of pairs) {
    const [one, other] = [await app.inject({ url: original }), await app.inject({ url: alias })]
    expect([other.statusCode, other.body]).toEqual([200, one.body])
  }
})
