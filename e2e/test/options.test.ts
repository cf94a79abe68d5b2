/** Options through the whole stack: what they choose, what is said where it cannot be had, and which file answers whom. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Surroundings, setTheScene, UNLIMITED } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene(UNLIMITED)
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(scene.site.url('/choices/manifest.mpd'))).text()
}, 150_000)
afterAll(() => scene?.stop())

async function download(path: string, options: object) {
  const url = scene.site.url(path)
  const { status, body } = await scene.client.post('/api/video-scraper/download', { url, ...options })
  expect(status).toBe(202)
  return scene.client.ended(String(body.download_id))
}
/** Without what is said of every address of the site. */
const codesOf = ({ warnings = [] }: Record<string, unknown>) =>
  (warnings as { code: string }[]).map(({ code }) => code).filter((code) => code !== 'generic_extraction')

test('another quality is another file, and the same one, however it is asked for, is not fetched again', async () => {
  const large = await download('/choices/manifest.mpd', {})
  const small = await download('/choices/manifest.mpd', { quality: '144p' })
  expect(small).toMatchObject({ status: 'completed', cached: false, options: { quality: '144p' } })
  expect(small.filename).not.toBe(large.filename)
  const again = await download('/choices/manifest.mpd', { quality: '144p' })
  expect(again).toMatchObject({ cached: true, filename: small.filename })
  const named = await download('/choices/manifest.mpd', { format_id: 'h264-144+aac-en' })
  expect(named).toMatchObject({ cached: true, filename: small.filename })
  const fresh = await download('/choices/manifest.mpd', { quality: '144p', fresh: true })
  expect(fresh).toMatchObject({ cached: false })
})

test('what cannot be had is a warning, also for whoever is given the file later, and a failure for who is strict', async () => {
  for (const cached of [false, true]) {
    const ended = await download('/choices/manifest.mpd', { quality: '1080p' })
    expect(ended).toMatchObject({ status: 'completed', cached })
    expect(codesOf(ended)).toContain('quality_unavailable')
  }
  const strict = await download('/choices/manifest.mpd', { quality: '1080p', strict: true })
  expect(strict).toMatchObject({ status: 'failed', code: 'option_unavailable', retryable: false, attempts: 1 })
})

test('where the source says nothing of a file, its content is checked, and a file for others does not answer who is strict', async () => {
  const any = await download('/video.mp4', {})
  expect(codesOf(any)).toEqual([])
  const warned = await download('/video.mp4', { quality: '720p' })
  expect(codesOf(warned)).toEqual(['quality_unavailable'])
  const strict = await download('/video.mp4', { quality: '720p', strict: true })
  expect(strict).toMatchObject({ status: 'failed', code: 'option_unavailable' })
  const codec = await download('/video.mp4', { video_codec: 'h264', strict: true })
  expect(codec).toMatchObject({ status: 'completed' })
  expect(codesOf(codec)).toEqual([])
})

test('what does not fit into a container stays in another one, which is said, and is a failure for who is strict', async () => {
  const mkv = await download('/video.mp4', { container: 'mkv' })
  expect(mkv).toMatchObject({ status: 'completed', media_type: 'video/x-matroska' })
  expect(codesOf(mkv)).toEqual([])
  const webm = await download('/video.mp4', { container: 'webm' })
  expect(webm).toMatchObject({ status: 'completed', media_type: 'video/mp4' })
  expect(codesOf(webm)).toEqual(['container_unavailable'])
  expect(await download('/video.mp4', { container: 'webm', strict: true })).toMatchObject({
    code: 'option_unavailable',
  })
  const universal = await download('/video.mp4', { compatibility: 'universal', strict: true })
  expect(universal).toMatchObject({ status: 'completed', media_type: 'video/mp4' })
  const other = await download('/video.webm', { compatibility: 'universal' })
  expect([other.media_type, codesOf(other)]).toEqual(['video/webm', ['compatibility_unavailable']])
})

test('a file that is too large for somebody does not answer, and is refused', async () => {
  const { size_bytes } = await download('/video.mp4', {})
  const smaller = await download('/video.mp4', { max_filesize: Number(size_bytes) - 1 })
  expect(smaller).toMatchObject({ status: 'failed', code: 'file_too_large' })
  expect(await download('/video.mp4', { max_filesize: Number(size_bytes) })).toMatchObject({ status: 'completed' })
})

test('the sound alone is a file of its own, in the format that was asked for', async () => {
  const video = await download('/video.mp4', {})
  const sound = await download('/video.mp4', { media: 'audio', audio_format: 'mp3' })
  expect(sound).toMatchObject({ status: 'completed', cached: false, media_type: 'audio/mpeg' })
  expect(sound.filename).toMatch(/\.mp3$/)
  expect(sound.filename).not.toBe(video.filename)
  expect(await download('/video.mp4', { media: 'audio', audio_format: 'mp3' })).toMatchObject({ cached: true })
  expect(await download('/video.mp4', { media: 'audio' })).toMatchObject({ media_type: 'audio/mp4', cached: false })
})
