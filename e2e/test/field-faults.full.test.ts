/** What real sources send: false names, odd names, claims that do not hold, and pages in place of media. */
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Surroundings, setTheScene, WITHOUT_MEMORY } from './surroundings.ts'

let scene: Surroundings
beforeAll(async () => {
  scene = await setTheScene({ ...WITHOUT_MEMORY, INFO_CACHE_SECONDS: '600' })
}, 150_000)
afterAll(() => scene?.stop())

const sentAs = (name: string, of: string, type: string) => scene.site.url(`/sent-as/${name}`, { of, type })
const codesOf = ({ warnings }: Record<string, unknown>) =>
  ((warnings ?? []) as { code: string }[]).map(({ code }) => code)

/** Downloads and fetches the head of the file: what a client sees of its name and type. */
async function published(url: string, formatId?: string) {
  const job = await scene.client.ended(await scene.client.download(url, formatId), 100_000)
  expect(job).toMatchObject({ status: 'completed' })
  const response = await fetch(`${scene.gateway.origin}${job.download_url}`, { method: 'HEAD' })
  expect(response.headers.get('content-disposition')).toContain(String(job.filename).slice(-10))
  return {
    job,
    extension: String(job.filename).split('.').at(-1),
    type: response.headers.get('content-type'),
    warnings: codesOf(job),
  }
}

test.each([
  ['m4b', 'containers/sound.m4b', 'audio/mp4', 'audio/mp4'],
  ['m4r', 'containers/sound.m4r', 'audio/mp4', 'audio/mp4'],
  ['f4v', 'containers/video.f4v', 'video/mp4', 'video/mp4'],
  ['wma', 'containers/sound.wma', 'audio/x-ms-wma', 'audio/x-ms-wma'],
  ['vob', 'containers/video.vob', 'video/mpeg', 'video/mpeg'],
  ['asf', 'containers/video.asf', 'video/x-ms-asf', 'video/x-ms-asf'],
  ['divx', 'containers/video.divx', 'video/x-msvideo', 'video/x-msvideo'],
  ['3g2', 'containers/video.3g2', 'video/3gpp2', 'video/3gpp2'],
  ['m2ts', 'containers/video.m2ts', 'video/mp2t', 'video/mp2t'],
  ['mxf', 'containers/video.mxf', 'application/octet-stream', 'application/mxf'],
  ['mka', 'containers/sound.mka', 'audio/x-matroska', 'audio/x-matroska'],
  ['amr', 'containers/sound.amr', 'audio/amr', 'audio/amr'],
  ['ac3', 'containers/sound.ac3', 'audio/ac3', 'audio/ac3'],
])('good media that is named .%s keeps its name', async (extension, of, sent, type) => {
  expect(await published(sentAs(`file.${extension}`, of, sent))).toMatchObject({ extension, type })
})

test.each([
  ['streaming.php', 'video/video.mp4', 'video/mp4', 'mp4', 'video/mp4'],
  ['x.tar', 'containers/video.ts', 'application/x-tar', 'ts', 'video/mp2t'],
  ['x.tar', 'containers/video.ts', 'video/mp2t', 'ts', 'video/mp2t'],
  ['x.html', 'audio/audio.m4a', 'audio/mp4', 'm4a', 'audio/mp4'],
  [`x.${'y'.repeat(200)}`, 'video/video.mp4', 'video/mp4', 'mp4', 'video/mp4'],
  ['file.mpeg4', 'containers/video.mpeg4', 'video/mp4', 'mp4', 'video/mp4'],
  ['sound.aspx', 'audio/audio.mp3', 'audio/mpeg', 'mp3', 'audio/mpeg'],
  ['get.cgi', 'webm/video.webm', 'application/octet-stream', 'webm', 'video/webm'],
  ['video.mp4', 'webm/video.webm', 'video/mp4', 'webm', 'video/webm'],
  ['video.mp4', 'audio/audio.mp3', 'video/mp4', 'mp3', 'audio/mpeg'],
  ['audio.mp3', 'video/video.mp4', 'audio/mpeg', 'mp4', 'video/mp4'],
  ['picture.jpg', 'video/video.mp4', 'video/mp4', 'mp4', 'video/mp4'],
  // A stream without a container for files, named mp4, is put into one.
  ['video.mp4', 'containers/video.ts', 'video/mp4', 'mp4', 'video/mp4'],
  ['video.mp4', 'containers/sound.aac', 'video/mp4', 'm4a', 'audio/mp4'],
])('%s that is %s is named by what is in it', async (name, of, sent, extension, type) => {
  expect(await published(sentAs(name, of, sent))).toMatchObject({ extension, type })
})

test.each([
  ['an address that ends in .php, in a page', '/sent-as/streaming.php?id=1&of=video/video.mp4&type=video/mp4'],
  ['an address that ends in .exe, in a page', '/sent-as/setup.exe?of=video/video.mp4&type=video/mp4'],
])('%s', async (_what, src) => {
  expect(await published(scene.site.url('/page', { src }))).toMatchObject({ extension: 'mp4', type: 'video/mp4' })
})

test.each([
  ['AAC', 'containers/sound.aac', 'm4a', 'audio/mp4'],
  ['MP3', 'audio/audio.mp3', 'mp3', 'audio/mpeg'],
  ['AC-3', 'containers/sound.ac3', 'ac3', 'audio/ac3'],
])('packed %s in HLS is no video', async (_what, of, extension, type) => {
  const segment = `/sent-as/segment.${of.split('.')[1]}?of=${of}&type=audio/aac`
  expect(await published(scene.site.url('/hls-of-one.m3u8', { segment }))).toMatchObject({ extension, type })
})

test.each([
  ['sound that is not there', '/hls/high.m3u8', 'avc1.42c00c,mp4a.40.2', 'video/mp4', ['stream_missing']],
  ['a picture that is not there', '/hls/audio.m3u8', 'avc1.42c00c,mp4a.40.2', 'audio/mp4', ['stream_missing']],
  ['what is there', '/hls/simple.m3u8', 'avc1.42c00c,mp4a.40.2', 'video/mp4', []],
  ['no sound, and there is some', '/hls/simple.m3u8', 'avc1.42c00c', 'video/mp4', []],
])('a manifest that claims %s is a claim', async (_what, playlist, codecs, type, expected) => {
  const result = await published(scene.site.url('/hls-claims.m3u8', { playlist, codecs }))
  expect(result.type).toBe(type)
  expect(result.warnings.filter((code) => code === 'stream_missing')).toEqual(expected)
  expect(result.job.attempts).toBe(1)
})

test('what was fetched apart and put together must be there', async () => {
  const sound = '/sent-as/a.m4a?of=hls/high-0.ts&type=audio/mp4'
  const url = scene.site.url('/dash-of-two.mpd', { picture: '/video.mp4', sound })
  const job = await scene.client.ended(await scene.client.download(url), 100_000)
  expect(job).toMatchObject({ status: 'failed', code: 'postprocessing_failed' })
}, 120_000)

const OF = 'of=video/video.mp4&type=video/mp4'
test.each([
  ['a plain file', (key: string) => scene.site.url('/page', { src: `/page-first/video.mp4?key=${key}&${OF}` }), 2],
  [
    'a plain file, twice',
    (key: string) => scene.site.url('/page', { src: `/page-first/a.mp4?pages=2&key=${key}&${OF}` }),
    3,
  ],
  [
    'the segment of a playlist',
    (key: string) =>
      scene.site.url('/hls-of-one.m3u8', {
        segment: `/page-first/segment.ts?key=${key}&of=hls/simple-0.ts&type=video/mp2t`,
      }),
    2,
  ],
  [
    'sound that is merged with a picture',
    (key: string) =>
      scene.site.url('/dash-of-two.mpd', {
        picture: '/video.mp4',
        sound: `/page-first/sound.m4a?key=${key}&of=audio/audio.m4a&type=audio/mp4`,
      }),
    2,
  ],
])(
  'a page in place of media is asked for again: %s',
  async (what, urlOf, attempts) => {
    const { job, extension } = await published(urlOf(what.replaceAll(/\W/g, '')))
    expect(job.attempts).toBe(attempts)
    expect(extension).toBe('mp4')
  },
  120_000,
)

test('an address that was remembered and ends in a page by now is forgotten, and the source is asked', async () => {
  const url = scene.site.url('/expiring', { key: 'page', status: 200 })
  await scene.client.ended(await scene.client.info(url))
  // Somebody else looks: the address that is remembered is good no longer.
  await (await fetch(url)).text()
  const { job } = await published(url)
  expect(job.attempts).toBe(2)
  const again = await scene.client.ended(await scene.client.info(url))
  expect(again).toMatchObject({ status: 'completed', cached: false })
}, 120_000)

test('a record of one address is a format, and its id can be downloaded', async () => {
  const url = sentAs('video.mp4', 'video/video.mp4', 'application/octet-stream')
  const { video_info } = await scene.client.ended(await scene.client.info(url))
  const formats = (video_info as { formats: { format_id: string }[] }).formats
  expect(formats).toHaveLength(1)
  await published(url, formats[0]?.format_id)
})

test('a feed is its first video, in what it says and in what it gives', async () => {
  const url = scene.site.url('/lists/feed.xml?item=enclosure:/audio.mp3&item=link:/page')
  const job = await scene.client.ended(await scene.client.info(url))
  expect(job).toMatchObject({ status: 'completed', video_info: { title: 'Episode 1', extractor: 'generic' } })
  expect(codesOf(job)).toContain('more_videos')
  const { extension, job: download } = await published(url)
  expect(extension).toBe('mp3')
  expect(download.title).toBe('Episode 1')
})
