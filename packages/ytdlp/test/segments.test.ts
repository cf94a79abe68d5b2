/** Streams in segments: what becomes of one that is refused, marked as missing, encrypted, or begun anew. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { WarningCode } from '@video-scraper/contracts'
import type { DownloadedMedia } from '../src/index.ts'
import { framesOf, type Stage, secondsOf, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

async function download(path: string): Promise<DownloadedMedia & { warnings: readonly WarningCode[] }> {
  const job = await stage.job()
  const media = await stage.engine.download({ url: stage.site.url(path), options: {} }, job)
  return { ...media, warnings: job.seen.at(-1)?.warnings ?? [] }
}

const statuses = [
  [401, 'login_required'],
  [403, 'forbidden'],
  [404, 'video_unavailable'],
  [410, 'video_unavailable'],
  [429, 'rate_limited'],
  [500, 'network_error'],
  [503, 'network_error'],
] as const

test.each(statuses)('a segment of HLS that answers %d fails as %s', async (status, code) => {
  await expect(download(`/bad-segment.m3u8?status=${status}`)).rejects.toMatchObject({ code })
})

test.each([
  [403, 'forbidden'],
  [404, 'video_unavailable'],
  [503, 'network_error'],
] as const)('a segment of DASH that answers %d fails as %s', async (status, code) => {
  await expect(download(`/bad-segment-dash/${status}/manifest.mpd`)).rejects.toMatchObject({ code })
})

test.each([429, 503])('a segment that answers %d says how long to wait', async (status) => {
  const failure = download(`/bad-segment.m3u8?status=${status}&retry-after=40`)
  await expect(failure).rejects.toMatchObject({ retryAfterMs: 40_000 })
})

test('so does a whole file', async () => {
  const failure = download('/flaky?key=whole&failures=99&status=503&retry-after=9')
  await expect(failure).rejects.toMatchObject({ code: 'network_error', retryAfterMs: 9_000 })
})

test('a source that asks to wait is not asked again at once', async () => {
  await expect(download('/bad-segment.m3u8?status=429&once=1')).rejects.toMatchObject({ code: 'rate_limited' })
  expect(stage.site.requests('/bad-segment.ts').filter(({ search }) => search.includes('once'))).toHaveLength(1)
})

test.each([
  ['in the middle', 'missing=2', 2],
  ['at the beginning', 'missing=1', 2],
  ['at the end', 'missing=3', 2],
  ['all but one', 'missing=1,2', 1],
  ['of an encrypted stream', 'missing=2&aes=1', 2],
])('segments that are marked as missing are left out with a warning: %s', async (_where, query, seconds) => {
  const { path, warnings } = await download(`/gaps.m3u8?${query}`)
  expect(warnings).toContain('segments_missing')
  expect(await streamsOf(path)).toEqual(['audio', 'video'])
  // The picture has 15 frames a second.
  expect(await framesOf(path)).toBe(seconds * 15)
  expect(stage.site.requests('/gone.ts')).toEqual([])
})

test('a stream of nothing but missing segments is unavailable', async () => {
  await expect(download('/gaps.m3u8?missing=1,2,3')).rejects.toMatchObject({ code: 'video_unavailable' })
})

test.each(['same', 'renamed'])('an initialization that is reported again changes nothing (%s)', async (again) => {
  const { path } = await download(`/two-initializations.m3u8?again=${again}`)
  expect(await streamsOf(path)).toEqual(['video'])
  expect(await secondsOf(path)).toBeCloseTo(3, 0)
})

test('a stream that changes its initialization cannot be joined, and no attempt changes that', async () => {
  const failure = download('/two-initializations.m3u8?again=other')
  await expect(failure).rejects.toMatchObject({ code: 'unsupported_url', retryable: false })
})

test.each(['SAMPLE-AES', 'SAMPLE-AES-CTR', 'SAMPLE-AES-CENC'])(
  'samples encrypted by %s are protected',
  async (method) => {
    const failure = download(`/sample-encrypted.m3u8?method=${method}`)
    await expect(failure).rejects.toMatchObject({ code: 'drm_protected', retryable: false })
  },
)

test('the list of a radio leads to a live stream, which is said at once', async () => {
  await expect(download('/radio.m3u')).rejects.toMatchObject({ code: 'live_not_supported' })
  await expect(download('/radio/stream')).rejects.toMatchObject({ code: 'live_not_supported' })
})

test('a list of one file is that file', async () => {
  const { path } = await download('/radio.m3u?to=/audio.mp3')
  expect(await streamsOf(path)).toEqual(['audio'])
})
