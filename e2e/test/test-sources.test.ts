/** The sources that the worker answers itself: the real yt-dlp and ffmpeg, no site, and no way out. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { eventually, type Gateway, type Stack, startStack } from '@video-scraper/testkit'
import { type Client, clientOf } from './client.ts'
import { UNLIMITED } from './surroundings.ts'

const BASE = '/api/video-scraper'
let stack: Stack
let gateway: Gateway
let client: Client
beforeAll(async () => {
  stack = await startStack({ settings: UNLIMITED })
  ;[gateway] = await Promise.all([stack.startGateway(), stack.startWorker()])
  client = clientOf(gateway.origin)
}, 150_000)
afterAll(() => stack?.stop())

const at = (path: string) => `https://test.invalid${path}`
const startInfo = async (path: string, more: object = {}) =>
  String((await client.post(`${BASE}/info`, { url: at(path), ...more })).body.job_id)
const info = async (path: string, more: object = {}) => client.ended(await startInfo(path, more))
const startDownload = async (path: string, more: object = {}) =>
  String((await client.post(`${BASE}/download`, { url: at(path), ...more })).body.download_id)

test('/ok is described, without a word of where it lies inside', async () => {
  const job = await info('/ok', { media_urls: true })
  expect(job).toMatchObject({
    status: 'completed',
    url: at('/ok'),
    video_info: { title: 'A test source', webpage_url: at('/ok'), duration: 4, chapters: [{}, {}] },
  })
  expect(JSON.stringify(job)).not.toMatch(/127\.0\.0\.1|invalid:\d/)
  expect(await info('/ok')).toMatchObject({ status: 'completed' })
})

test('/ok is downloaded, as a file that can be fetched, also as sound', async () => {
  const ended = await client.ended(await startDownload('/ok'))
  expect(ended).toMatchObject({ status: 'completed', media_type: 'video/mp4', title: 'A test source' })
  const file = await fetch(`${gateway.origin}${ended.download_url}`)
  expect((await file.arrayBuffer()).byteLength).toBe(ended.size_bytes)
  const [entry] = (await client.get(`${BASE}/downloads`)).body as unknown as { source_url: string }[]
  expect(entry?.source_url).toBe(at('/ok'))
  const sound = await client.ended(await startDownload('/ok', { media: 'audio', audio_format: 'mp3' }))
  expect(sound).toMatchObject({ status: 'completed', media_type: 'audio/mpeg' })
}, 120_000)

test('/slow goes on long enough to be followed, and to be cancelled', async () => {
  const id = await startDownload('/slow')
  await eventually(async () => {
    const { body } = await client.get(`${BASE}/status/${id}`)
    expect(body).toMatchObject({ status: 'in_progress', phase: 'downloading' })
    expect(Number(body.progress)).toBeGreaterThan(0)
  })
  await client.post(`${BASE}/job/${id}/cancel`, {})
  expect(await client.ended(id)).toMatchObject({ status: 'cancelled' })
}, 120_000)

test.each([
  ['/fail', 'video_unavailable'],
  ['/no-such-path', 'video_unavailable'],
  ['//', 'video_unavailable'],
  ['//a:b', 'video_unavailable'],
  ['/forbidden', 'forbidden'],
  ['/bot-check', 'bot_check'],
  ['/login', 'login_required'],
  ['/geo-restricted', 'geo_restricted'],
  ['/no-video', 'unsupported_url'],
])('%s fails with %s', async (path, code) => {
  expect(await info(path)).toMatchObject({ status: 'failed', code })
})

test.each([
  ['/rate-limited', 'rate_limited'],
  ['/unavailable', 'network_error'],
])(
  '%s is tried again, and says %s meanwhile',
  async (path, code) => {
    const id = await startInfo(path)
    await eventually(async () =>
      expect((await client.get(`${BASE}/job/${id}`)).body).toMatchObject({ last_error: { code } }),
    )
    await client.post(`${BASE}/job/${id}/cancel`, {})
  },
  120_000,
)

test('/list has entries', async () => {
  const { video_info } = await info('/list', { entries: {} })
  expect(video_info).toMatchObject({
    title: 'A list of test sources',
    entries: [{ url: at('/ok') }, { url: at('/fail') }, { url: at('/slow') }],
    entries_next: null,
  })
})

test.each(['https://test.invalid:8443/ok', 'https://www.test.invalid/ok', 'https://test.invalid.example/ok'])(
  '%s is none of them',
  async (url) => {
    const { body } = await client.post(`${BASE}/info`, { url })
    await eventually(async () => {
      const { body: job } = await client.get(`${BASE}/job/${body.job_id}`)
      expect(job.status === 'failed' || job.last_error !== undefined).toBe(true)
    })
    await client.post(`${BASE}/job/${body.job_id}/cancel`, {})
  },
)
