/** The sound alone, as ffprobe sees it: in the format that was asked for, with tags, encoded again only where it must be. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
  // The media are made when they are first asked for, which takes longer than a job waits.
  await (await fetch(stage.site.url('/choices/manifest.mpd'))).text()
}, 150_000)
afterAll(() => stage.stop())

interface Report {
  format: { format_name: string; bit_rate?: string; duration: string; tags?: Record<string, string> }
  streams: { codec_type: string; codec_name: string; tags?: Record<string, string> }[]
}

async function take(options: DownloadOptions, path = '/choices/manifest.mpd') {
  const url = stage.site.url(path)
  const media = await stage.engine.download({ url, options: { media: 'audio', ...options } }, await stage.job())
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', media.path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, shown)
  const { format, streams } = JSON.parse(stdout) as Report
  const tags = { ...streams[0]?.tags, ...format.tags }
  return {
    extension: media.extension,
    codecs: streams.map(({ codec_name }) => codec_name),
    seconds: Number(format.duration),
    kilobits: Number(format.bit_rate) / 1000,
    title: tags.title ?? tags.TITLE,
  }
}

test.each<[DownloadOptions, string, string]>([
  [{ audio_format: 'mp3' }, 'mp3', 'mp3'],
  [{ audio_format: 'm4a' }, 'm4a', 'aac'],
  [{ audio_format: 'opus' }, 'opus', 'opus'],
  [{ audio_format: 'flac' }, 'flac', 'flac'],
  [{ audio_format: 'wav' }, 'wav', 'pcm_s16le'],
  [{ audio_format: 'm4a', audio_language: 'de' }, 'm4a', 'aac'],
])('%j of a source with picture and sound apart', async (options, extension, codec) => {
  const found = await take(options)
  expect(found).toMatchObject({ extension, codecs: [codec], title: 'manifest' })
  expect(found.seconds).toBeGreaterThan(2.8)
  expect(found.seconds).toBeLessThan(3.2)
})

test.each<[string, string, string]>([
  ['/video.mp4', 'm4a', 'aac'],
  ['/video.webm', 'opus', 'opus'],
  ['/audio.mp3', 'mp3', 'mp3'],
  ['/hls/simple.m3u8', 'm4a', 'aac'],
])('of %s the sound stays as it is, without its picture', async (path, extension, codec) => {
  expect(await take({}, path)).toMatchObject({ extension, codecs: [codec] })
})

test('the bitrate is that of the file, where it is encoded again', async () => {
  const [small, large] = [
    await take({ audio_format: 'mp3', audio_bitrate: 64 }),
    await take({ audio_format: 'mp3', audio_bitrate: 320 }),
  ]
  expect(small.kilobits).toBeLessThan(90)
  expect(large.kilobits).toBeGreaterThan(250)
})
