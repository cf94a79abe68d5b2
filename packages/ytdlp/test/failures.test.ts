import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import { processesMentioning } from '@video-scraper/testkit'
import type { JobContext } from '../src/index.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

/** Every ending must leave no process behind, so each is looked at here. */
async function failureOf(running: Promise<unknown>, job: JobContext): Promise<JobFailure> {
  const error = await running.then(
    () => new Error('It succeeded.'),
    (thrown: unknown) => thrown,
  )
  expect(processesMentioning(job.folder)).toEqual([])
  expect(error).toBeInstanceOf(JobFailure)
  return error as JobFailure
}

const infoFailure = async (path: string) => {
  const job = await stage.job()
  return failureOf(stage.engine.extractInfo({ url: stage.site.url(path) }, job), job)
}

const downloadFailure = async (
  path: string,
  { options = {} as DownloadOptions, engine = stage.engine, maxBytes = 0 } = {},
) => {
  const job = await stage.job(maxBytes > 0 ? { maxBytes } : {})
  return failureOf(engine.download({ url: stage.site.url(path), options }, job), job)
}

test.each([
  ['/status/401', 'login_required'],
  ['/status/403', 'forbidden'],
  ['/status/404', 'video_unavailable'],
  ['/status/429', 'rate_limited'],
  ['/status/503', 'network_error'],
  ['/page-without-video', 'unsupported_url'],
])('info of %s fails as %s', async (path, code) => {
  expect((await infoFailure(path)).code).toBe(code)
})

test.each([
  ['/status/403.mp4', 'forbidden'],
  ['/status/404.mp4', 'video_unavailable'],
  ['/live.m3u8', 'live_not_supported'],
  ['/hostile/sample-aes.m3u8?target=tcp://127.0.0.1:9/x', 'drm_protected'],
  ['/empty.mp4', 'network_error'],
])('a download of %s fails as %s', async (path, code) => {
  expect((await downloadFailure(path)).code).toBe(code)
})

test('a 429 says how long to wait', async () => {
  const page = await infoFailure('/status/429?retry-after=120')
  expect(page).toMatchObject({ code: 'rate_limited', retryAfterMs: 120_000 })
  const media = await downloadFailure('/flaky?key=a&failures=99&status=429&retry-after=7')
  expect(media).toMatchObject({ code: 'rate_limited', retryAfterMs: 7_000 })
})

test('a format that does not exist is named as such', async () => {
  expect((await downloadFailure('/video.mp4', { options: { format_id: 'no-such' } })).code).toBe('format_unavailable')
})

test('an address inside is a blocked target, also behind a page, a redirect and a playlist', async () => {
  for (const path of ['/redirect?to=http://127.0.0.1:9/x', '/hostile/page-inside?to=http://127.0.0.1:9/x.mp4']) {
    expect((await downloadFailure(path)).code).toBe('blocked_target')
  }
  const job = await stage.job()
  const direct = await failureOf(stage.engine.extractInfo({ url: 'http://127.0.0.1:9/' }, job), job)
  expect(direct.code).toBe('blocked_target')
})

test.each([
  ['a fragment', '/hostile/inside.m3u8?to=http://127.0.0.1:9/'],
  ['a key', '/hostile/inside.m3u8?key=1&to=http://127.0.0.1:9/'],
  ['an encrypted connection', '/redirect?to=https://127.0.0.1:9/'],
  ['the only list of formats', '/page-without-formats?manifest=http://127.0.0.1:9/a.m3u8'],
])('%s at an address inside is a blocked target', async (_what, path) => {
  expect((await downloadFailure(path)).code).toBe('blocked_target')
})

test.each([
  ['the video is gone', 'http', '/status/404.mp4', 'video_unavailable'],
  ['the video is gone', 'https', '/status/404.mp4', 'video_unavailable'],
  ['the source limits requests', 'http', '/status/429.mp4', 'rate_limited'],
  ['the source pretends to be the proxy', 'http', '/status/403.mp4?egress=denied', 'forbidden'],
])('after a refused part (%s, over %s) a failure keeps its own name', async (_why, scheme, src, code) => {
  const manifest = `${scheme}://127.0.0.1:9/a.m3u8`
  const job = await stage.job()
  const url = stage.site.url('/page-broken-manifest', { manifest, src })
  const failure = await failureOf(stage.engine.download({ url, options: {} }, job), job)
  expect(job.egress.blocked()).toBe(true)
  expect(failure.code).toBe(code)
})

test.each([
  ['with a length', '/big.mp4?bytes=3000000&rate=0'],
  ['without a length', '/chunked.mp4?bytes=3000000'],
  ['without an end', '/endless.mp4'],
  ['in fragments', '/long-hls.m3u8?fragments=60&delay=0'],
])('what is too large %s is stopped', async (_how, path) => {
  const engine = stage.engineWith({ maxFileBytes: 50_000 })
  expect((await downloadFailure(path, { engine })).code).toBe('file_too_large')
})

test('the byte limit of the proxy is a limit of the file', async () => {
  expect((await downloadFailure('/big.mp4?bytes=5000000&rate=0', { maxBytes: 1_000_000 })).code).toBe('file_too_large')
})

test('a source that goes silent is a stall, long before its connection would be given up', async () => {
  const started = Date.now()
  const engine = stage.engineWith({ stallSeconds: 1 })
  expect((await downloadFailure('/stall.mp4', { engine })).code).toBe('stalled')
  // The connection would be given up four times, after 15 s each.
  expect(Date.now() - started).toBeLessThan(30_000)
})

test('a name that does not exist, and nobody who listens, are network errors', async () => {
  const job = await stage.job()
  const nowhere = await failureOf(stage.engine.extractInfo({ url: 'http://nowhere.invalid/' }, job), job)
  expect(nowhere.code).toBe('network_error')
})

test('a folder in which somebody works is not entered', async () => {
  const first = await stage.job()
  const stop = new AbortController()
  const url = stage.site.url('/slow.mp4', { rate: 50_000 })
  let second: Promise<unknown> | undefined
  const running = stage.engine.download(
    { url, options: {} },
    {
      ...first,
      signal: stop.signal,
      onProgress: ({ phase }) => {
        if (phase !== 'downloading' || second) return
        const rival = stage.engine.download({ url, options: {} }, first)
        second = rival.then(
          () => Promise.reject(new Error('It succeeded.')),
          (error) => error,
        )
        void second.finally(() => stop.abort())
      },
    },
  )
  await expect(running).rejects.toBeDefined()
  expect(await second).toMatchObject({ name: 'Stop', reason: 'folder_busy' })
})

test('what a client may see of a failure holds no path, no address and no credentials', async () => {
  const failure = await downloadFailure('/status/404.mp4')
  expect(failure.message).toBe('video_unavailable: Video unavailable. It was removed, or it never existed.')
  expect(JSON.stringify(failure.cause)).not.toContain('--proxy')
})
