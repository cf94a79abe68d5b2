/** Subtitles and a picture beside the media, with the real yt-dlp: what is there becomes a file, what is not a warning. */
import { execFileSync } from 'node:child_process'
import { readdir, readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import { readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage, streamsOf } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

async function download(path: string, options: DownloadOptions) {
  const job = await stage.job()
  const { others } = await stage.engine.download({ url: stage.site.url(path), options }, job)
  const texts = await Promise.all(others.map(({ path: each }) => readFile(each, 'utf8')))
  const files = others.map(({ role, language, automatic }, at) => ({
    role,
    language,
    automatic,
    text: texts[at] ?? '',
  }))
  return { files, others, warnings: job.seen.at(-1)?.warnings ?? [], blocked: job.egress.blocked() }
}

test('each language becomes a file in the format that was asked for, whatever the source has', async () => {
  const { files, warnings } = await download('/captioned', { subtitles: { languages: ['en', 'de', 'es'] } })
  expect(files.map(({ role, language }) => [role, language])).toEqual([
    ['subtitle', 'en-GB'],
    ['subtitle', 'de'],
    ['subtitle', 'es'],
  ])
  for (const { text } of files) expect(text).toMatch(/^WEBVTT\n/)
  expect(files[1]?.text).toContain('00:00:00.000 --> 00:00:01.500\nEin <i>Testbild</i>\n')
  expect(files[2]?.text).toContain('Una imagen de prueba')
  expect(warnings).not.toContain('subtitles_missing')
})

test('srt is written with numbers and commas', async () => {
  const { files } = await download('/captioned', { subtitles: { languages: ['en', 'de'], format: 'srt' } })
  expect(files[0]?.text).toBe(
    '1\n00:00:00,000 --> 00:00:01,500\nA test picture\n\n2\n00:00:01,500 --> 00:00:03,000\nand a test tone\n',
  )
  expect(files[1]?.text).toMatch(/^1\n00:00:00,000 --> 00:00:01,500\n/)
})

test.each([
  ['is not offered', 'ja'],
  ['is not there', 'fr'],
  ['is a page', 'it'],
  ['lies at a forbidden address', 'nl'],
])('a language that %s is a warning, and the others are there', async (_, language) => {
  const { files, warnings } = await download('/captioned', { subtitles: { languages: [language, 'de'] } })
  expect(files.map((file) => file.language)).toEqual(['de'])
  expect(warnings).toContain('subtitles_missing')
})

test('captions in pieces are joined', async () => {
  const { files } = await download('/captions/master.m3u8', { subtitles: { languages: ['en'] } })
  expect(files[0]?.text).toMatch(/^WEBVTT/)
  expect(files[0]?.text).toMatch(/Piece 0[\s\S]*Piece 1/)
})

test('a picture is a file with its own content; a video without one is a warning', async () => {
  const there = await download('/captioned', { thumbnail: true })
  expect(there.files.map(({ role }) => role)).toEqual(['thumbnail'])
  expect((await readFile(there.others[0]?.path ?? '')).subarray(0, 3)).toEqual(Buffer.from([0xff, 0xd8, 0xff]))
  expect(there.warnings).toEqual(expect.not.arrayContaining(['thumbnail_missing']))
  const missing = await download('/video.mp4', { thumbnail: true })
  expect([missing.files, missing.warnings]).toEqual([[], expect.arrayContaining(['thumbnail_missing'])])
})

test.each(['/captioned', '/captioned?src=/video.webm'])('%s: subtitles become tracks of the media', async (path) => {
  const subtitles = { languages: ['en', 'de', 'ja'], deliver: 'embedded' as const }
  const job = await stage.job()
  const media = await stage.engine.download({ url: stage.site.url(path), options: { subtitles } }, job)
  expect(media.others).toEqual([])
  expect(await streamsOf(media.path)).toEqual(['audio', 'subtitle', 'video'])
  expect(job.seen.at(-1)?.warnings).toContain('subtitles_missing')
  expect(job.seen.at(-1)?.warnings).not.toContain('subtitles_not_embedded')
  expect((await readdir(job.folder)).filter((name) => name.startsWith('beside'))).toEqual([])
})

test('both gives tracks and files', async () => {
  const subtitles = { languages: ['de'], deliver: 'both' as const }
  const job = await stage.job()
  const media = await stage.engine.download({ url: stage.site.url('/captioned'), options: { subtitles } }, job)
  expect(media.others.map(({ language }) => language)).toEqual(['de'])
  expect(await streamsOf(media.path)).toEqual(['audio', 'subtitle', 'video'])
})

test('a container that holds no subtitles gets them beside it, and a warning', async () => {
  const subtitles = { languages: ['de'], deliver: 'embedded' as const }
  const job = await stage.job()
  const url = stage.site.url('/captioned?src=/audio.mp3')
  const media = await stage.engine.download({ url, options: { subtitles } }, job)
  expect(media.others.map(({ language }) => language)).toEqual(['de'])
  expect(job.seen.at(-1)?.warnings).toContain('subtitles_not_embedded')
})

test('nothing is fetched that was not asked for', async () => {
  expect((await download('/captioned', {})).files).toEqual([])
})

const CHOOSE = `
import json, sys
sys.path[:0] = [sys.argv[2], sys.argv[1]]
from subtitles import chosen
info, wanted = json.load(sys.stdin)
print(json.dumps(chosen(info, wanted)))
`

function choose(info: object, language: string, { format = 'vtt', automatic = true } = {}) {
  const { python, ytdlp } = readRuntime()
  const runner = fileURLToPath(new URL('../python', import.meta.url))
  const input = JSON.stringify([info, { language, format, automatic }])
  return JSON.parse(execFileSync(python, ['-I', '-S', '-B', '-c', CHOOSE, ytdlp, runner], { input, encoding: 'utf8' }))
}

test('what people wrote comes before what a machine made, and the language itself before its countries', () => {
  const tracks = (...extensions: string[]) => extensions.map((ext) => ({ ext, url: `http://a.example/${ext}` }))
  const info = {
    subtitles: { 'en-US': tracks('vtt'), live_chat: tracks('json') },
    automatic_captions: { en: tracks('json3', 'srv1', 'vtt'), de: tracks('json3', 'ttml', 'vtt'), fr: tracks('json3') },
  }
  expect(choose(info, 'en')?.slice(0, 2)).toEqual(['en-US', false])
  expect(choose(info, 'EN-us')?.slice(0, 2)).toEqual(['en-US', false])
  expect(choose(info, 'de')).toEqual(['de', true, tracks('vtt')[0]])
  expect(choose(info, 'de', { format: 'srt' })?.[2].ext).toBe('vtt')
  expect(choose(info, 'de', { automatic: false })).toBeNull()
  expect(choose(info, 'fr')).toBeNull()
  expect(choose(info, 'live_chat')).toBeNull()
  expect(choose({}, 'en')).toBeNull()
})
