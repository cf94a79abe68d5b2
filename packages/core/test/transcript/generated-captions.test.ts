/** Caption files made of every hostile part: each gives clean segments in every form. */
import { expect, test } from '@jest/globals'
import { transcriptOf } from '../../src/transcript/transcript.ts'
import { transcriptForms } from '../../src/transcript/transcript-forms.ts'

const heads = ['', 'WEBVTT\n\n', '\ufeffWEBVTT - title\n\n', '1\n', '\u0000']
const times = [
  '00:00.000 --> 00:01.000',
  '00:00:01,5 --> 99:59:59,999',
  '9999:99:99.999 --> 00:00.000',
  '00:02.000 --> 00:01.000 align:start',
  '00:00.000-->00:00.000',
  'soon --> later',
]
const texts = [
  'plain',
  '<b<i<u>>>nested</u></i></b>',
  '<00:00.500>a<00:00.100>b<99:00:00.000>c',
  '&#0;&amp;lt;&#x110000;&lrm;',
  '\u0000\u0001\u001b[31m\u202e\ud800',
  '--> 00:00.000 --> x',
  '7',
  `${'<'.repeat(300)}>`,
  ' ',
]
const separators = ['\n', '\n\n', '\r\n\r\n', '\r\r', '\n \n']

/** Every combination of them. */
const files = heads.flatMap((head) =>
  times.flatMap((time) =>
    texts.flatMap((text) =>
      separators.map((separator) => `${head}${[time, text, '', time, text, text].join(separator)}`),
    ),
  ),
)

test('each gives segments in order, without controls, in every form', () => {
  expect(files.length).toBeGreaterThan(1_000)
  for (const file of files)
    for (const isAutomatic of [true, false]) {
      const { segments } = transcriptOf({ bytes: Buffer.from(file), isAutomatic })
      let before = 0
      for (const { start, end, text } of segments) {
        // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not be there.
        expect([file, text]).toEqual([file, expect.not.stringMatching(/[\u0000-\u001f\u202e\ud800]|^\s|\s$|^$/)])
        expect([file, start >= before, end >= start, Number.isInteger(start)]).toEqual([file, true, true, true])
        before = start
      }
      const inSeconds = segments.map((each) => ({ ...each, start: each.start / 1000, end: each.end / 1000 }))
      const head = { title: null, language: 'en', automatic: isAutomatic }
      expect(JSON.parse(transcriptForms.json(inSeconds, head)).segments).toEqual(inSeconds)
      for (const form of ['srt', 'vtt'] as const) {
        const again = transcriptOf({ bytes: Buffer.from(transcriptForms[form](inSeconds, head)), isAutomatic: false })
        // An arrow in a text would begin a cue of SubRip, so it is shorter there.
        const plain = (text: string) => text.replaceAll('-->', '->').replaceAll(/<[^<>]*>/g, '')
        expect([file, form, again.segments.length <= segments.length]).toEqual([file, form, true])
        // What had to be escaped is longer, and may be cut when it is read again.
        if (form === 'vtt' && segments.every(({ text }) => text.length < 300))
          expect(again.segments.map((each) => plain(each.text)).join('')).toBe(
            segments.map((each) => plain(each.text)).join(''),
          )
      }
    }
})
