/** The real yt-dlp finds and downloads what the site offers, so that a failing product test means the product. */
import { afterAll, beforeAll, expect, jest, test } from '@jest/globals'
import { startVideoSite, type TemporaryFolder, temporaryFolder, type VideoSite } from '../src/index.ts'
import { codecsOf, type Found, runYtdlp } from './run-ytdlp.ts'

// Starting Python takes its time where two cores are shared.
jest.setTimeout(60_000)

let site: VideoSite
let folder: TemporaryFolder
beforeAll(async () => {
  site = await startVideoSite()
  folder = await temporaryFolder()
})
afterAll(async () => {
  await site.stop()
  await folder.remove()
})

test('every kind of source is extracted and downloaded with picture and sound', async () => {
  const paths = [
    ...[
      '/video.mp4',
      '/video-no-range.mp4',
      '/chunked.mp4',
      '/page',
      '/jsonld',
      '/hls/master.m3u8',
      '/hls/simple.m3u8',
    ],
    ...[
      '/hls-aes/aes.m3u8',
      '/dash/manifest.mpd',
      '/redirect?to=/video.mp4',
      '/hostile/forged-title',
      '/big.mp4?bytes=2000000',
    ],
  ]
  const urls = paths.map((path) => site.url(path))
  const found = await runYtdlp(folder.path, ['--no-simulate', '-o', '%(autonumber)s.%(ext)s'], urls)
  expect(found.map((video) => video.original_url)).toEqual(urls)
  for (const { original_url, filename } of found) {
    expect({ original_url, codecs: await codecsOf(filename) }).toEqual({ original_url, codecs: ['aac', 'h264'] })
  }
  const of = (path: string): Found | undefined => found[paths.indexOf(path)]
  expect(of('/page')).toMatchObject({ title: 'A page with a video (1)', subtitles: { en: [{}] } })
  expect(of('/jsonld')).toMatchObject({
    ...{ title: 'A described video', description: 'Colour bars and a tone.', uploader: 'The test kit', duration: 3 },
    ...{ thumbnail: site.url('/thumbnail.jpg'), upload_date: '20240229', view_count: 1234 },
  })
  expect(of('/hls/master.m3u8')?.formats).toHaveLength(3)
  expect(of('/dash/manifest.mpd')?.formats).toHaveLength(2)
  expect(of('/hostile/forged-title')?.title).toContain('/etc/passwd')
})

test('several videos are found on one page, a live stream is known as one, and errors find nothing', async () => {
  const paths = [
    '/several',
    '/live.m3u8',
    '/page-without-video',
    '/status/404',
    '/redirect-loop',
    '/hostile/many-titles',
  ]
  const found = await runYtdlp(
    folder.path,
    ['--skip-download'],
    paths.map((path) => site.url(path)),
  )
  const of = (path: string): Found[] => found.filter((video) => video.webpage_url === site.url(path))
  expect(of('/several')).toHaveLength(3)
  expect(of('/live.m3u8')).toMatchObject([{ is_live: true }])
  expect(of('/page-without-video')).toEqual([])
  expect(of('/status/404')).toEqual([])
  expect(of('/redirect-loop')).toEqual([])
  expect(of('/hostile/many-titles')).toMatchObject([{ title: expect.stringContaining('\u{1f3ac}'.repeat(300)) }])
})

test('a playlist of many fragments is downloaded in order', async () => {
  const [video] = await runYtdlp(
    folder.path,
    ['--no-simulate', '-N', '4', '-o', 'long.%(ext)s'],
    [site.url('/long-hls.m3u8?fragments=40&delay=10')],
  )
  expect(await codecsOf(video?.filename ?? '')).toEqual(['h264'])
  expect(site.requests().filter(({ path }) => path.startsWith('/fragments/'))).toHaveLength(40)
})
