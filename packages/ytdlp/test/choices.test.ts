/** What options choose among the formats of a source, as ffprobe sees the files, and what is said where it cannot be had. */

import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { deflateSync, inflateSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions, JobProgress } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(stage.site.url('/choices/manifest.mpd'))).text()
}, 150_000)
afterAll(() => stage.stop())

interface Stream {
  codec_type: string
  codec_name: string
  height?: number
}

async function probed(path: string) {
  const { ffprobe } = readRuntime()
  const { stdout } = await promisify(execFile)(ffprobe, [
    ...['-v', 'error', '-print_format', 'json', '-show_entries', 'stream=codec_type,codec_name,height', path],
  ])
  const { streams } = JSON.parse(stdout) as { streams: Stream[] }
  const picture = streams.find(({ codec_type }) => codec_type === 'video')
  const sound = streams.find(({ codec_type }) => codec_type === 'audio')
  return { height: picture?.height, video: picture?.codec_name, audio: sound?.codec_name }
}

async function take(options: DownloadOptions, path = '/choices/manifest.mpd') {
  const seen: JobProgress[] = []
  const identities: string[] = []
  const job = await stage.job({ onProgress: (progress) => seen.push(progress) })
  const onIdentity = (identity: string) => identities.push(identity)
  const media = await stage.engine.download({ url: stage.site.url(path), options, onIdentity }, job)
  // Said of every address of the site.
  const warnings = (seen.at(-1)?.warnings ?? []).filter((code) => code !== 'generic_extraction')
  return { media, ...(await probed(media.path)), warnings, identity: identities[0] }
}

test.each<[DownloadOptions, object]>([
  [{}, { height: 720, video: 'vp9', audio: 'opus' }],
  [{ quality: '720p' }, { height: 720, video: 'vp9', audio: 'opus' }],
  [{ quality: '360p' }, { height: 360, video: 'h264', audio: 'aac' }],
  [{ quality: '144p' }, { height: 144, video: 'h264', audio: 'aac' }],
  [{ quality: 'smallest' }, { height: 144, video: 'h264' }],
  [{ video_codec: 'av1' }, { height: 720, video: 'av1', audio: 'aac' }],
  [{ video_codec: 'h264' }, { height: 360, video: 'h264', audio: 'aac' }],
  [
    { video_codec: 'h265', quality: '360p' },
    { height: 360, video: 'hevc' },
  ],
  [
    { quality: '360p', strict: true },
    { height: 360, video: 'h264' },
  ],
])('%j is met, and nothing is warned of', async (options, file) => {
  const { media, ...found } = await take(options)
  expect(found).toMatchObject({ ...file, warnings: [] })
  expect(['mp4', 'webm']).toContain(media.extension)
})

test.each<[DownloadOptions, object, string[]]>([
  [{ quality: '1080p' }, { height: 720 }, ['quality_unavailable']],
  [{ quality: '480p' }, { height: 360, video: 'h264' }, ['quality_unavailable']],
  [{ quality: '720p', video_codec: 'h264' }, { height: 360, video: 'h264' }, ['quality_unavailable']],
  [{ audio_language: 'fr' }, { height: 720, audio: 'opus' }, ['audio_language_unavailable']],
  [{ audio_language: 'de-CH', quality: '360p' }, { audio: 'aac' }, ['audio_language_unavailable']],
])('%j falls to the next best, and says so', async (options, file, warnings) => {
  expect(await take(options)).toMatchObject({ ...file, warnings })
})

test.each<[string, string, string | null]>([
  ['/choices/manifest.mpd', 'de', 'de'],
  ['/choices/manifest.mpd', 'DE', 'de'],
  ['/choices/manifest.mpd', 'en', 'en'],
  ['/hls/languages.m3u8', 'de', 'de-AT'],
  ['/hls/languages.m3u8', 'en', 'en'],
])('of the languages of %s, %s is %s', async (path, audio_language, language) => {
  const { media, warnings } = await take({ audio_language, quality: path.startsWith('/hls') ? 'best' : '360p' }, path)
  expect([media.facts.audioLanguage, warnings]).toEqual([language, []])
})

test.each<[DownloadOptions]>([
  [{ quality: '1080p', strict: true }],
  [{ audio_language: 'fr', strict: true }],
  [{ quality: '720p', video_codec: 'h264', strict: true }],
])('%j fails as soon as the choice is known', async (options) => {
  const media = () => stage.site.requests().filter(({ path }) => /\.(mp4|webm|m4a)$/.test(path)).length
  const before = media()
  await expect(take(options)).rejects.toMatchObject({ code: 'option_unavailable' })
  // yt-dlp does not wait while the choice is compared with what was asked for: it may have begun with the picture.
  expect(media() - before).toBeLessThanOrEqual(1)
})

test('the best that fits is taken, where the source tells sizes', async () => {
  const url = stage.site.url('/choices/manifest.mpd')
  const records: Buffer[] = []
  await stage.engine.extractInfo({ url, onRecord: (record) => records.push(record) }, await stage.job())
  const video = JSON.parse(inflateSync(records[0] ?? Buffer.alloc(0)).toString()) as Record<string, unknown>
  // By their bandwidths 240 kB of sound, and pictures of 225, 525 to 750 and 1312 to 1500 kB; the files are smaller.
  const extraction = deflateSync(JSON.stringify({ ...video, duration: 30 }))
  const facts = async (max_filesize: number) => {
    const request = { url, options: { max_filesize }, extraction }
    return (await stage.engine.download(request, await stage.job())).facts
  }
  expect(await facts(1_100_000)).toMatchObject({ height: 360, videoCodec: 'avc1.42c01e' })
  expect(await facts(600_000)).toMatchObject({ height: 144 })
})

test('the same formats have one identity, whatever was asked for, but for what only the file will decide', async () => {
  const [plain, named, direct, asked] = [
    await take({ quality: '360p' }),
    await take({ format_id: 'h264-360+aac-en' }),
    await take({}, '/video.mp4'),
    await take({ quality: '720p' }, '/video.mp4'),
  ]
  expect(plain.identity).toBe(named.identity)
  expect(direct.identity).not.toBe(asked.identity)
})
