import { readdirSync } from 'node:fs'
import { appendFile, readFile, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { Stop } from '@video-scraper/core'
import { eventually, processesMentioning } from '@video-scraper/testkit'
import { type Stage, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

test.each([
  ['/video.webm', 'webm'],
  ['/page', 'mp4'],
  ['/several', 'mp4'],
  ['/hls/simple.m3u8', 'mp4'],
  ['/redirect?to=/video.mp4', 'mp4'],
  ['/hostile/forged-title', 'mp4'],
  ['/hostile/many-titles', 'mp4'],
  // Its address does not say what it is. What is in it names it once it has been verified.
  ['/page?src=/flaky%3Fkey%3Dfull%26failures%3D2%26status%3D503', 'unknown_video'],
])('%s becomes a file', async (path, extension) => {
  const media = await stage.engine.download({ url: stage.site.url(path), options: {} }, await stage.job())
  expect(media.extension).toBe(extension)
  expect(await streamsOf(media.path)).toEqual(['audio', 'video'])
})

test.each([
  ['/truncated.mp4', 'network_error'],
  ['/reset.mp4', 'network_error'],
  ['/redirect-loop', 'network_error'],
  ['/status/410', 'video_unavailable'],
  ['/status/451', 'geo_restricted'],
  ['/page-media-403', 'forbidden'],
])('%s fails as %s', async (path, code) => {
  const running = stage.engine.download({ url: stage.site.url(path), options: {} }, await stage.job())
  await expect(running).rejects.toMatchObject({ code })
})

test('a stream that is stopped again and again is continued each time, and is whole in the end', async () => {
  const url = stage.site.url('/long-hls.m3u8', { fragments: 200, delay: 60 })
  let folder: string | undefined
  for (const part of [0.2, 0.4, 0.6]) {
    const stop = new AbortController()
    const job = await stage.job({ signal: stop.signal, ...(folder ? { folder } : {}) })
    folder = job.folder
    const running = stage.engine.download({ url, options: {} }, job)
    const ended = expect(running).rejects.toMatchObject({ reason: 'lock_lost' })
    await eventually(() => (job.seen.at(-1)?.fraction ?? 0) > part, { timeoutMs: 45_000, everyMs: 10 })
    stop.abort(new Stop('lock_lost'))
    await ended
    expect(processesMentioning(folder)).toEqual([])
  }
  const job = await stage.job(folder ? { folder } : {})
  const media = await stage.engine.download({ url, options: {} }, job)
  const first = job.seen.find(({ downloadedBytes }) => downloadedBytes !== null)
  expect(first?.fraction ?? 0).toBeGreaterThan(0.5)
  const whole = await stage.engine.download(
    { url: stage.site.url('/long-hls.m3u8', { fragments: 200, delay: 0 }), options: {} },
    await stage.job(),
  )
  expect(Buffer.compare(await readFile(media.path), await readFile(whole.path))).toBe(0)
})

test.each([
  [
    'longer than the note says',
    async (part: string, _note: string) => appendFile(part, 'the fragment of which the note does not know'),
  ],
  ['there without a note', async (_part: string, note: string) => rm(note)],
  ['there with half a note', async (_part: string, note: string) => writeFile(note, '{"downloader": {"curr')],
])('fragments are whole though the file is %s', async (_how, spoil) => {
  const url = stage.site.url('/long-hls.m3u8?fragments=40&delay=60')
  const stop = new AbortController()
  const job = await stage.job({ signal: stop.signal })
  const ended = expect(stage.engine.download({ url, options: {} }, job)).rejects.toMatchObject({
    reason: 'lock_lost',
  })
  await eventually(() => (job.seen.at(-1)?.fraction ?? 0) > 0.3, { timeoutMs: 45_000, everyMs: 5 })
  stop.abort(new Stop('lock_lost'))
  await ended
  await spoil(join(job.folder, 'media.0.mp4.part'), join(job.folder, 'media.0.mp4.ytdl'))
  const media = await stage.engine.download({ url, options: {} }, await stage.job({ folder: job.folder }))
  const still = stage.site.url('/long-hls.m3u8?fragments=40&delay=0')
  const whole = await stage.engine.download({ url: still, options: {} }, await stage.job())
  expect(Buffer.compare(await readFile(media.path), await readFile(whole.path))).toBe(0)
})

test('fifty jobs leave no process and no descriptor behind', async () => {
  await stage.engine.extractInfo({ url: stage.site.url('/video.mp4') }, await stage.job())
  const descriptors = readdirSync('/proc/self/fd').length
  for (let round = 0; round < 25; round++) {
    const paths = ['/video.mp4', '/status/404']
    const jobs = paths.map(async (path) =>
      stage.engine.extractInfo({ url: stage.site.url(path) }, await stage.job()).catch(() => null),
    )
    await Promise.all(jobs)
  }
  expect(processesMentioning(stage.options.ffmpegLocation)).toEqual([])
  await eventually(() => readdirSync('/proc/self/fd').length <= descriptors + 10)
}, 180_000)
