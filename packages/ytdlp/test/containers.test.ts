/** The container that was asked for, and the file that all players play, as ffprobe sees the files. */
import { execFile } from 'node:child_process'
import { readdir } from 'node:fs/promises'
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
  format: { format_name: string; tags?: Record<string, string> }
  streams: { codec_type: string; codec_name: string; height?: number }[]
}

async function take(options: DownloadOptions, path: string) {
  const job = await stage.job()
  const media = await stage.engine.download({ url: stage.site.url(path), options }, job)
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', media.path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, shown)
  const { format, streams } = JSON.parse(stdout) as Report
  const codec = (kind: string) => streams.find(({ codec_type }) => codec_type === kind)?.codec_name
  const warnings = (job.seen.at(-1)?.warnings ?? []).filter((code) => code !== 'generic_extraction')
  const files = (await readdir(job.folder)).filter((name) => name.startsWith('media.'))
  const family = format.format_name.split(',')[0]
  const height = streams.find(({ codec_type }) => codec_type === 'video')?.height
  return { extension: media.extension, family, video: codec('video'), audio: codec('audio'), height, warnings, files }
}

const CHOICES = '/choices/manifest.mpd'

test.each<[DownloadOptions, string, object]>([
  [{ container: 'mp4' }, CHOICES, { extension: 'mp4', family: 'mov', video: 'av1', audio: 'aac', height: 720 }],
  [{ container: 'webm' }, CHOICES, { extension: 'webm', family: 'matroska', video: 'vp9', audio: 'opus', height: 720 }],
  [{ container: 'mkv' }, CHOICES, { extension: 'mkv', family: 'matroska', video: 'vp9', audio: 'opus', height: 720 }],
  [{ container: 'webm', quality: '360p' }, CHOICES, { extension: 'webm', video: 'vp9', audio: 'opus', height: 360 }],
  [{ container: 'mp4', video_codec: 'vp9' }, CHOICES, { extension: 'mp4', video: 'vp9', audio: 'aac', height: 720 }],
  [{ container: 'mp4', format_id: 'vp9-360+opus-en' }, CHOICES, { extension: 'mp4', video: 'vp9', audio: 'opus' }],
  [{ container: 'mkv' }, '/video.mp4', { extension: 'mkv', family: 'matroska', video: 'h264', audio: 'aac' }],
  [{ container: 'mkv' }, '/video.webm', { extension: 'mkv', family: 'matroska', video: 'vp8', audio: 'opus' }],
  [{ container: 'mkv' }, '/hls/master.m3u8', { extension: 'mkv', family: 'matroska', video: 'h264', audio: 'aac' }],
  [{ container: 'mp4' }, '/containers/video.ts', { extension: 'mp4', family: 'mov', video: 'h264', audio: 'aac' }],
  [{ container: 'mp4' }, '/containers/video.mkv', { extension: 'mp4', family: 'mov', video: 'h264', audio: 'aac' }],
  [{ container: 'mp4' }, '/containers/video.mov', { extension: 'mp4', family: 'mov', video: 'h264', audio: 'aac' }],
  [{ compatibility: 'universal' }, CHOICES, { extension: 'mp4', video: 'h264', audio: 'aac', height: 360 }],
  [{ compatibility: 'universal' }, '/containers/video.flv', { extension: 'mp4', video: 'h264', audio: 'aac' }],
])('%j of %s is met without encoding anything', async (options, path, file) => {
  expect(await take(options, path)).toMatchObject({
    ...file,
    warnings: [],
    files: [expect.stringMatching(/^media\.[^/]*$/)],
  })
})

test('what a source does not have falls to the next best, and the plan says so where the source tells codecs', async () => {
  const options = { container: 'webm', format_id: 'h264-360+aac-en' } as const
  const webm = await take(options, CHOICES)
  expect(webm).toMatchObject({ extension: 'mp4', video: 'h264', warnings: ['container_unavailable'] })
  const strict = take({ ...options, strict: true }, CHOICES)
  await expect(strict).rejects.toMatchObject({ code: 'option_unavailable' })
})

test('what does not fit stays as it is, whole', async () => {
  expect(await take({ container: 'webm' }, '/video.mp4')).toMatchObject({
    extension: 'mp4',
    video: 'h264',
    audio: 'aac',
  })
  expect(await take({ compatibility: 'universal' }, '/video.webm')).toMatchObject({ extension: 'webm', video: 'vp8' })
})

test('a file that was put into its container is not fetched again by a later attempt', async () => {
  const job = await stage.job()
  const request = { url: stage.site.url('/page?src=/video.mp4%3Fagain'), options: { container: 'mkv' as const } }
  const first = await stage.engine.download(request, job)
  const media = () => stage.site.requests('/video.mp4').filter(({ search }) => search.includes('again')).length
  expect(media()).toBeGreaterThan(0)
  const before = media()
  const second = await stage.engine.download(request, await stage.job({ folder: job.folder }))
  expect([second.path, second.extension, media()]).toEqual([first.path, 'mkv', before])
})
