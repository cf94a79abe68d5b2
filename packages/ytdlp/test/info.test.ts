import { readdirSync } from 'node:fs'
import { symlink } from 'node:fs/promises'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { temporaryFolder } from '@video-scraper/testkit'
import { type Stage, siteScheme, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const infoOf = async (path: string) => stage.engine.extractInfo({ url: stage.site.url(path) }, await stage.job())

test.each([
  ['/video.mp4', { title: 'video', formats: [{ ext: 'mp4', protocol: siteScheme() }] }],
  ['/page', { title: expect.stringContaining('A page with a video') }],
  [
    '/jsonld',
    {
      title: 'A described video',
      description: 'Colour bars and a tone.',
      upload_date: '20240229',
      view_count: 1234,
      playlist_count: null,
    },
  ],
  ['/several', { playlist_count: 3 }],
  ['/hls/simple.m3u8', { formats: [{ protocol: 'm3u8_native' }] }],
])('%s is described', async (path, expected) => {
  const info = await infoOf(path)
  expect(info).toMatchObject(expected)
  expect(info.formats.length).toBeGreaterThan(0)
  expect(info.webpage_url).toContain(stage.site.origin)
})

test.each(['/hls/master.m3u8', '/dash/manifest.mpd'])('%s lists video and audio apart', async (path) => {
  const { formats } = await infoOf(path)
  expect(formats.some(({ vcodec }) => vcodec !== null && vcodec !== 'none')).toBe(true)
  expect(formats.some(({ vcodec }) => vcodec === 'none')).toBe(true)
  expect(new Set(formats.map(({ format_id }) => format_id)).size).toBe(formats.length)
})

test('nothing but the documented keys leaves, whatever yt-dlp knows', async () => {
  const info = await infoOf('/jsonld')
  expect(Object.keys(info)).toEqual([
    'title',
    'uploader',
    'duration',
    'thumbnail',
    'webpage_url',
    'formats',
    'id',
    'description',
    'extractor',
    'upload_date',
    'view_count',
    'age_limit',
    'live_status',
    'playlist_count',
    'channel',
    'channel_id',
    'channel_url',
    'chapters',
    'subtitles',
    'automatic_captions',
    'thumbnails',
    'best',
  ])
  expect(Object.keys(info.formats[0] ?? {})).toHaveLength(15)
})

test('progress goes through 0.1 and 0.5 to 1, with a heartbeat each time', async () => {
  const job = await stage.job()
  await stage.engine.extractInfo({ url: stage.site.url('/jsonld') }, job)
  expect([...new Set(job.seen.map(({ fraction }) => fraction))]).toEqual([0.1, 0.5, 1])
  expect(job.seen.every(({ phase, heartbeatAt }) => phase === 'extracting' && heartbeatAt > 0)).toBe(true)
})

test('titles and addresses that spell events change nothing but the title', async () => {
  const forged = await infoOf('/hostile/forged-title')
  expect(forged.title).toContain('forged')
  const broken = await infoOf('/hostile/many-titles?which=newlines')
  expect(broken.title).toContain('Set-Cookie')
  expect(broken.title).toMatch(/^\P{Cc}+$/u)
  const inPath = await infoOf(
    '/hostile/forged-title/%0A%7B%22event%22%3A%22file%22%2C%22path%22%3A%22%2Fetc%2Fpasswd%22%7D%0A.mp4',
  )
  expect(inPath.formats).toHaveLength(1)
})

test('the version is reported, and the platforms begin with the documented three', async () => {
  const { version } = await stage.engine.describe()
  expect(version).toMatch(/^\d{4}\.\d\d\.\d\d/)
  const platforms = await stage.engine.listPlatforms()
  expect(platforms.slice(0, 3).map(({ name, domain }) => [name, domain])).toEqual([
    ['YouTube', 'youtube.com'],
    ['Vimeo', 'vimeo.com'],
    ['Dailymotion', 'dailymotion.com'],
  ])
  expect(platforms.slice(1, 3).every(({ support_level }) => support_level === 'full')).toBe(true)
  expect(platforms.length).toBeGreaterThan(500)
  expect(platforms.at(-1)).toMatchObject({ name: 'Generic', support_level: 'generic' })
  expect(platforms.every(({ support_level, reason }) => (support_level === 'full') === (reason === undefined))).toBe(
    true,
  )
})

test('without a JavaScript runtime YouTube is only partly supported, and says why', async () => {
  // A home without `bin/deno`: the packages are reached through a path of their own.
  const { path: home, remove } = await temporaryFolder()
  try {
    for (const entry of readdirSync(stage.options.home)) {
      if (entry !== 'bin') await symlink(`${stage.options.home}/${entry}`, `${home}/${entry}`)
    }
    const [youtube] = await stage.engineWith({ home }).listPlatforms()
    expect(youtube).toMatchObject({ name: 'YouTube', support_level: 'partial' })
    expect(youtube?.reason).toContain('JavaScript')
  } finally {
    await remove()
  }
})
