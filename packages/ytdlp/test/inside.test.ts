/** Tags, chapters and covers in the media file, as ffprobe sees them. */
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
  await (await fetch(stage.site.url('/counted/video.mp4'))).arrayBuffer()
  await (await fetch(stage.site.url('/containers/video.mkv'))).arrayBuffer()
}, 150_000)
afterAll(() => stage.stop())

interface Report {
  format: { tags?: Record<string, string> }
  streams: {
    codec_type: string
    codec_name: string
    tags?: Record<string, string>
    disposition: { attached_pic: number }
  }[]
  chapters: { start_time: string; end_time: string; tags?: { title?: string } }[]
}

const lowerCased = (tags: Record<string, string> = {}) =>
  Object.fromEntries(Object.entries(tags).map(([name, value]) => [name.toLowerCase(), value]))

/** Sound ends with a whole frame. */
const rounded = (seconds: string) => Math.round(Number(seconds) * 20) / 20

async function take(options: DownloadOptions, path: string, job = stage.job()) {
  const context = await job
  const media = await stage.engine.download({ url: stage.site.url(path), options }, context)
  const shown = ['-v', 'error', '-print_format', 'json', '-show_format', '-show_streams', '-show_chapters', media.path]
  const { stdout } = await promisify(execFile)(readRuntime().ffprobe, shown)
  const { format, streams, chapters } = JSON.parse(stdout) as Report
  return {
    extension: media.extension,
    streams: streams.filter(({ disposition }) => disposition.attached_pic === 0).map(({ codec_type }) => codec_type),
    cover: streams.filter(({ disposition }) => disposition.attached_pic === 1).map(({ codec_name }) => codec_name),
    tags: { ...lowerCased(streams.find(({ codec_type }) => codec_type === 'audio')?.tags), ...lowerCased(format.tags) },
    chapters: chapters.map(({ start_time, end_time, tags }) => [rounded(start_time), rounded(end_time), tags?.title]),
    warnings: (context.seen.at(-1)?.warnings ?? []).filter((code) => code !== 'generic_extraction'),
    files: await readdir(context.folder),
  }
}

const TAGS = { title: 'A described video', artist: 'The test kit', date: expect.stringMatching(/^2024/) }
const CHAPTERS = [
  [0, 1, 'First'],
  // Without the backslash that it ends with.
  [1, 2, 'Second = two; #2'],
  [2, 3, 'Dritter „Teil“'],
]
const page = (source: string) => `/jsonld?chapters=1&src=${source}`
const ALL = ['metadata', 'chapters', 'thumbnail'] as const

test.each<[string, DownloadOptions, string, string[]]>([
  ['mp4', {}, '/video.mp4', ['audio', 'video']],
  ['mkv', { container: 'mkv' }, '/video.mp4', ['audio', 'video']],
  ['mp3', { media: 'audio', audio_format: 'mp3' }, '/video.mp4', ['audio']],
  ['m4a', { media: 'audio' }, '/video.mp4', ['audio']],
  ['opus', { media: 'audio' }, '/video.webm', ['audio']],
])('%s takes tags, chapters and a cover', async (extension, options, source, streams) => {
  const found = await take({ ...options, embed: [...ALL] }, page(source))
  expect(found).toMatchObject({ extension, tags: TAGS, chapters: CHAPTERS, cover: ['mjpeg'], warnings: [] })
  expect(found.streams.filter((kind) => kind !== 'data' && kind !== 'subtitle').toSorted()).toEqual(streams)
  expect(found.files.filter((name) => /draft|notes|cover/.test(name))).toEqual([])
})

test('flac takes tags and a cover, and what it does not take is left out and said', async () => {
  const found = await take({ media: 'audio', audio_format: 'flac', embed: [...ALL] }, page('/video.mp4'))
  expect(found).toMatchObject({ extension: 'flac', tags: TAGS, cover: ['mjpeg'], warnings: ['embedding_incomplete'] })
})

test('webm takes no cover', async () => {
  const found = await take({ embed: [...ALL] }, page('/video.webm'))
  expect(found).toMatchObject({
    extension: 'webm',
    tags: TAGS,
    chapters: CHAPTERS,
    cover: [],
    warnings: ['embedding_incomplete'],
  })
})

test('sound alone has its tags without asking, and nothing else', async () => {
  const found = await take({ media: 'audio' }, page('/video.mp4'))
  expect(found).toMatchObject({ tags: TAGS, chapters: [], cover: [], warnings: [] })
})

test('chapters of the file stay where the source names none', async () => {
  const found = await take({ embed: ['chapters'] }, '/counted/video.mp4')
  expect(found.chapters.map(([start, , title]) => [start, title])).toEqual([
    [0, 'Alpha'],
    [3, 'Beta'],
    [6, 'Gamma'],
  ])
})

test('what the source does not have is a warning', async () => {
  const { warnings, tags } = await take({ embed: [...ALL] }, '/video.mp4')
  expect(warnings.toSorted()).toEqual(['chapters_missing', 'thumbnail_missing'])
  expect(tags.title).toBe('video')
})

test('a later attempt in the same folder puts nothing in twice', async () => {
  const job = await stage.job()
  const options = { embed: [...ALL], subtitles: { languages: ['de'], deliver: 'embedded' as const } }
  for (const folder of [job.folder, job.folder]) {
    const found = await take(options, page('/video.mp4'), stage.job({ folder }))
    expect(found).toMatchObject({ tags: TAGS, chapters: CHAPTERS, cover: ['mjpeg'] })
  }
})
