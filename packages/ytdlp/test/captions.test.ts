/** The captions of a transcript, with the real yt-dlp: which ones are taken, what comes of them, and that no media is fetched. */
import { execFileSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { readRuntime } from '@video-scraper/testkit'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage()
})
afterAll(() => stage.stop())

const fetched = async (path: string, captions: { language?: string; source?: 'manual' | 'automatic' } = {}) =>
  stage.engine.fetchCaptions({ url: stage.site.url(path), captions }, await stage.job())

test('the file of the language is handed over as it is, with what is known of the video', async () => {
  const { bytes, ...known } = await fetched('/spoken', { language: 'de' })
  expect(bytes.toString()).toMatch(/^WEBVTT\n\n00:00:00\.000 --> 00:00:01\.500\nEin Testbild\n/)
  expect(known).toEqual({
    language: 'de',
    automatic: false,
    title: expect.stringMatching(/^A spoken video/),
    webpageUrl: stage.site.url('/spoken'),
    durationSeconds: null,
  })
  expect(stage.site.requests('/slow.mp4')).toEqual([])
})

test('captions in pieces are joined, and TTML is read', async () => {
  expect((await fetched('/captions/master.m3u8')).bytes.toString()).toMatch(/Piece 0[\s\S]*Piece 1/)
  expect((await fetched('/captioned', { language: 'es' })).bytes.toString()).toContain('Una imagen de prueba')
})

test.each([
  ['there are none', '/video.mp4', {}, 'no_captions'],
  ['there are none of the language', '/spoken', { language: 'fr' }, 'no_captions'],
  ['there are none of the source', '/spoken', { source: 'automatic' }, 'no_captions'],
  ['they are not there', '/captioned', { language: 'fr' }, 'video_unavailable'],
  ['they lie at a forbidden address', '/captioned', { language: 'nl' }, 'blocked_target'],
  ['the page is not there', '/status/404', {}, 'video_unavailable'],
] as const)('where %s, the failure says so', async (_, path, captions, code) => {
  await expect(fetched(path, captions)).rejects.toMatchObject({ code })
})

const CHOOSE = `
import json, sys
sys.path[:0] = [sys.argv[2], sys.argv[1]]
from captions import NoCaptions, chosen
info, wanted = json.load(sys.stdin)
try:
    print(json.dumps(chosen(info, wanted)[:2]))
except NoCaptions:
    print('null')
`

function chosen(info: object, wanted: object = {}) {
  const { python, ytdlp } = readRuntime()
  const runner = fileURLToPath(new URL('../python', import.meta.url))
  const input = JSON.stringify([info, wanted])
  return JSON.parse(execFileSync(python, ['-I', '-S', '-B', '-c', CHOOSE, ytdlp, runner], { input, encoding: 'utf8' }))
}

const tracks = (...languages: string[]) =>
  Object.fromEntries(languages.map((language) => [language, [{ ext: 'json3' }, { ext: 'vtt' }]]))

test.each([
  [
    'what people wrote',
    { language: 'en', subtitles: tracks('en'), automatic_captions: tracks('en') },
    {},
    ['en', false],
  ],
  [
    'the language of the video before English',
    { language: 'de', subtitles: tracks('en'), automatic_captions: tracks('en', 'de') },
    {},
    ['de', true],
  ],
  [
    'the language of the sound that the source puts first',
    {
      formats: [
        { language: 'fr', language_preference: -1, acodec: 'aac' },
        { language: 'de', language_preference: 10, acodec: 'aac' },
      ],
      automatic_captions: tracks('en', 'de'),
    },
    {},
    ['de', true],
  ],
  ['English', { subtitles: tracks('cs', 'en-GB') }, {}, ['en-GB', false]],
  ['the first', { subtitles: tracks('cs', 'fi') }, {}, ['cs', false]],
  ['what is spoken before translations', { automatic_captions: tracks('af', 'cs', 'cs-orig') }, {}, ['cs-orig', true]],
  [
    'a machine’s where that is asked for',
    { subtitles: tracks('en'), automatic_captions: tracks('en') },
    { source: 'automatic' },
    ['en', true],
  ],
  ['the very language', { subtitles: tracks('pt', 'pt-BR') }, { language: 'PT-br' }, ['pt-BR', false]],
  ['the general language for that of a country', { subtitles: tracks('pt') }, { language: 'pt-BR' }, ['pt', false]],
  ['no other language than the one that is asked for', { subtitles: tracks('en') }, { language: 'de' }, null],
  ['no chat', { subtitles: { live_chat: [{ ext: 'vtt' }] } }, {}, null],
  ['nothing that cannot be read', { subtitles: { en: [{ ext: 'json3' }] } }, {}, null],
  ['nothing of nothing', {}, {}, null],
])('%s', (_, info, wanted, expected) => {
  expect(chosen(info, wanted)).toEqual(expected)
})
