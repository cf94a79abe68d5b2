import { createHash } from 'node:crypto'
import { readFile, rename, stat } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { type Stage, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const download = async (path: string, options: DownloadOptions = {}) => {
  const job = await stage.job()
  const media = await stage.engine.download({ url: stage.site.url(path), options }, job)
  return { media, job }
}

test.each([
  ['/video.mp4', 'mp4'],
  ['/jsonld', 'mp4'],
  ['/hls/master.m3u8', 'mp4'],
  ['/hls-aes/aes.m3u8', 'mp4'],
  ['/dash/manifest.mpd', 'mp4'],
])('%s becomes a file with picture and sound', async (path, extension) => {
  const { media, job } = await download(path)
  expect(media.extension).toBe(extension)
  expect(media.path.startsWith(`${job.folder}/`)).toBe(true)
  expect((await stat(media.path)).mode & 0o777).toBe(0o600)
  expect(await streamsOf(media.path)).toEqual(['audio', 'video'])
  expect(media.restarted).toBe(false)
  expect(job.egress.blocked()).toBe(false)
})

test('sound alone is a file too', async () => {
  const { media } = await download('/audio.mp3')
  expect(media.extension).toBe('mp3')
  expect(await streamsOf(media.path)).toEqual(['audio'])
})

test.each(['/hls/master.m3u8', '/dash/manifest.mpd'])(
  '%s: one number rises over picture, sound and merging',
  async (path) => {
    const { media, job } = await download(path)
    const fractions = job.seen.map(({ fraction }) => fraction)
    expect(fractions).toEqual([...fractions].sort((a, b) => a - b))
    expect(new Set(fractions).size).toBeGreaterThan(3)
    expect(fractions).toContain(0.95)
    expect(Math.max(...fractions)).toBeLessThan(1)
    const phases = [...new Set(job.seen.map(({ phase }) => phase))]
    expect(phases).toEqual(['extracting', 'downloading', 'processing', 'finalizing'])
    expect(media.expects).toEqual({ video: true, audio: true })
    // HLS does not tell the codec of sound that lies apart.
    expect(media.announces).toEqual({ video: true, audio: path.startsWith('/hls') ? null : true })
  },
)

test('the plain file arrives byte for byte, with its size reported on the way', async () => {
  const bytes = 3_000_000
  const job = await stage.job()
  const url = stage.site.url('/big.mp4', { bytes, rate: 3_000_000 })
  const media = await stage.engine.download({ url, options: {} }, job)
  expect(
    createHash('sha256')
      .update(await readFile(media.path))
      .digest('hex'),
  ).toBe(await stage.site.largeVideoDigest(bytes))
  expect(
    job.seen.some(({ totalBytes, downloadedBytes }) => totalBytes === bytes && (downloadedBytes ?? 0) < bytes),
  ).toBe(true)
  expect(job.seen.some(({ bytesPerSecond }) => (bytesPerSecond ?? 0) > 0)).toBe(true)
})

test('a format by its id, alone and joined to another', async () => {
  const { formats } = await stage.engine.extractInfo({ url: stage.site.url('/dash/manifest.mpd') }, await stage.job())
  const video = formats.find(({ vcodec }) => vcodec !== 'none')?.format_id ?? ''
  const audio = formats.find(({ vcodec }) => vcodec === 'none')?.format_id ?? ''
  const alone = await download('/dash/manifest.mpd', { format_id: video })
  expect(await streamsOf(alone.media.path)).toEqual(['video'])
  expect(alone.media.expects).toEqual({ video: null, audio: null })
  expect(alone.media.announces).toEqual({ video: true, audio: false })
  const joined = await download('/dash/manifest.mpd', { format_id: `${video}+${audio}` })
  expect(await streamsOf(joined.media.path)).toEqual(['audio', 'video'])
})

test.each(['/video.mp4', '/dash/manifest.mpd'])(
  '%s: a worker that died after the last step finds the file done',
  async (path) => {
    const { media, job } = await download(path)
    const before = await stat(media.path)
    const asked = stage.site.requests('/fragments').length
    const again = await stage.engine.download({ url: stage.site.url(path), options: {} }, job)
    expect(again.path).toBe(media.path)
    expect((await stat(again.path)).mtimeMs).toBe(before.mtimeMs)
    expect(stage.site.requests('/fragments')).toHaveLength(asked)
  },
)

test('a file that was whole, but not yet in its place, is not fetched again', async () => {
  const { media, job } = await download('/big.mp4?bytes=500000&rate=0')
  const whole = await readFile(media.path)
  await rename(media.path, `${media.path}.part`)
  const again = await stage.engine.download({ url: stage.site.url('/big.mp4?bytes=500000&rate=0'), options: {} }, job)
  expect(Buffer.compare(await readFile(again.path), whole)).toBe(0)
})

test('fragments are fetched four at a time', async () => {
  const { job } = await download('/long-hls.m3u8?fragments=24&delay=250')
  const fragments = job.seen.filter(({ phase }) => phase === 'downloading')
  const elapsedMs = (fragments.at(-1)?.heartbeatAt ?? 0) - (fragments[0]?.heartbeatAt ?? 0)
  expect(elapsedMs).toBeLessThan(24 * 250)
})
