/** Transcripts of caption files: rolling ones become sentences, others stay as they are, and no file does harm. */
import { expect, test } from '@jest/globals'
import { CUE_LENGTH_MAX, CUES_MAX } from '../../src/transcript/read-cues.ts'
import { transcriptOf } from '../../src/transcript/transcript.ts'

const read = (file: string | Uint8Array, isAutomatic = false) =>
  transcriptOf({ bytes: typeof file === 'string' ? Buffer.from(file) : file, isAutomatic })
const textsOf = (file: string | Uint8Array, isAutomatic = false) =>
  read(file, isAutomatic).segments.map((each) => each.text)

const ROLLING = `WEBVTT
Kind: captions
Language: en

00:00:00.480 --> 00:00:02.310 align:start position:0%
 
so<00:00:00.900><c> today</c><00:00:01.200><c> we</c>

00:00:02.310 --> 00:00:02.320 align:start position:0%
so today we
 

00:00:02.320 --> 00:00:04.110 align:start position:0%
so today we
look.<00:00:02.900><c> It</c><00:00:03.200><c> is</c>

00:00:04.110 --> 00:00:04.120 align:start position:0%
look. It is
 

00:00:04.120 --> 00:00:06.000 align:start position:0%
look. It is
blue
`

test('rolling captions become sentences, each word once, with the times of their words', () => {
  for (const isAutomatic of [true, false])
    expect(read(ROLLING, isAutomatic)).toEqual({
      segments: [
        { start: 480, end: 2900, text: 'so today we look.' },
        { start: 2900, end: 6000, text: 'It is blue' },
      ],
      isWhole: true,
    })
})

test('a line that grows is one line', () => {
  const grown = [1, 2, 3, 4, 5, 6].map((words, at) => `00:0${at}.000 --> 00:0${at + 1}.000\n${'la '.repeat(words)}!\n`)
  const growing = ['a', 'a b', 'a b c', 'a b c d', 'a b c d e', 'f'].map(
    (text, at) => `00:0${at}.000 --> 00:0${at + 1}.000\n${text}\n`,
  )
  expect(textsOf(['WEBVTT\n', ...growing].join('\n'), true)).toEqual(['a b c d e f'])
  expect(grown).toHaveLength(6)
})

test('what people wrote stays as they wrote it, what is said twice as well', () => {
  const file =
    '1\n00:00:00,000 --> 00:00:01,000\nNo.\n\n2\n00:00:01,000 --> 00:00:02,000\nNo.\n\n3\n00:00:05,000 --> 00:00:06,000\nTwo\nlines\n'
  expect(read(file).segments).toEqual([
    { start: 0, end: 1000, text: 'No.' },
    { start: 1000, end: 2000, text: 'No.' },
    { start: 5000, end: 6000, text: 'Two lines' },
  ])
})

test('a pause ends a sentence, and so does a length that nobody reads', () => {
  const line = (at: number, text: string) =>
    `00:${String(at).padStart(2, '0')}.000 --> 00:${String(at + 1).padStart(2, '0')}.000\n${text}\n`
  const rolling = [line(0, 'a'), line(1, 'a\nb'), line(9, 'c')].join('\n')
  expect(textsOf(rolling, true)).toEqual(['a b', 'c'])
  const endless = Array.from({ length: 40 }, (_, at) =>
    line(at, at === 0 ? 'word number 0' : `word number ${at - 1}\nword number ${at}`),
  )
  const texts = textsOf(endless.join('\n'), true)
  expect(texts.length).toBeGreaterThan(1)
  for (const text of texts) expect(text.length).toBeLessThan(330)
  expect(texts.join(' ')).toBe(Array.from({ length: 40 }, (_, at) => `word number ${at}`).join(' '))
})

test('scripts without spaces get none', () => {
  const file = '00:00.000 --> 00:01.000\n今日は\n\n00:01.000 --> 00:02.000\n今日は\n良い天気。\n'
  expect(textsOf(file, true)).toEqual(['今日は良い天気。'])
})

const cue = (text: string) => `WEBVTT\n\n00:00.000 --> 00:01.000\n${text}\n`

test.each([
  ['tags', 'a <b>b</b> <c.yellow>c</c> <v Ann>d</v> <00:00.500>e', 'a b c d e'],
  ['tags in tags', 'a <b<i>>b', 'a b'],
  ['what is no tag', '1 < 2 and 3 > 2', '1 < 2 and 3 > 2'],
  ['entities, once', 'a &amp; b &lt;b&gt; &#39;c&#x27; &amp;amp; &nbsp;d &bogus;', "a & b <b> 'c' &amp; d &bogus;"],
  ['entities that are no characters', 'a&#0;&#xD800;&#9999999;b', 'ab'],
  ['controls, and marks that turn a text around', 'a\u0000b\u0007c\u202ed\u2028e\ufefff', 'a b c d e f'],
  ['spaces', '  a \t b\u00a0 c  ', 'a b c'],
  ['an arrow', 'a --> b', 'a --> b'],
])('%s', (_, line, text) => {
  expect(textsOf(cue(line))).toEqual([text])
})

test.each([
  ['nothing', ''],
  ['a page', '<!doctype html><p>WEBVTT</p>'],
  ['bytes', Buffer.alloc(100_000, 0xfe)],
  ['times alone', '00:00.000 --> 00:01.000\n\n00:01.000 --> 00:02.000\n'],
  ['tags alone', cue('<b></b><00:00.500>')],
  ['notes and styles', 'WEBVTT\n\nNOTE a --> b\nc\n\nSTYLE\n::cue { color: red }\n'],
])('%s has nothing to read', (_, file) => {
  expect(read(file)).toEqual({ segments: [], isWhole: true })
})

test.each([
  ['UTF-8 with a mark', Buffer.from(`\ufeff${cue('Caf\u00e9')}`)],
  ['UTF-16, little end first', Buffer.from(`\ufeff${cue('Caf\u00e9')}`, 'utf16le')],
  ['UTF-16, big end first', Buffer.from(`\ufeff${cue('Caf\u00e9')}`, 'utf16le').swap16()],
  ['Windows-1252', Buffer.from(cue('Caf\u00e9'), 'latin1')],
  ['lines that end with CR LF', Buffer.from(cue('Caf\u00e9').replaceAll('\n', '\r\n'))],
  ['lines that end with CR', Buffer.from(cue('Caf\u00e9').replaceAll('\n', '\r'))],
])('%s', (_, file) => {
  expect(read(file).segments).toEqual([{ start: 0, end: 1000, text: 'Caf\u00e9' }])
})

test('times that go backwards, lie over each other, or end before they start are put in order', () => {
  const file = '00:05.000 --> 00:04.000\nc\n\n00:01.000 --> 00:03.000\na\n\n00:02.000 --> 00:06.000\nb\n'
  expect(read(file).segments).toEqual([
    { start: 1000, end: 3000, text: 'a' },
    { start: 2000, end: 6000, text: 'b' },
    { start: 5000, end: 5000, text: 'c' },
  ])
})

test('a cue that is too long, and cues that are too many, are cut, and that is said', () => {
  const long = read(cue('x'.repeat(CUE_LENGTH_MAX + 1)))
  expect([long.segments[0]?.text.length, long.isWhole]).toEqual([CUE_LENGTH_MAX, false])
  const halves = read(cue(`${'x'.repeat(CUE_LENGTH_MAX - 1)}😀`)).segments[0]?.text
  expect(halves).toBe('x'.repeat(CUE_LENGTH_MAX - 1))
  const many = read('00:00.000 --> 00:01.000\na\n\n'.repeat(CUES_MAX + 1))
  expect(many.isWhole).toBe(false)
})

test('a number stays with its own cue where a blank line holds a space', () => {
  const file = '1\n00:00:00,000 --> 00:00:01,000\nOne\n \n2\n00:00:01,000 --> 00:00:02,000\nTwo\n'
  expect(textsOf(file)).toEqual(['One', 'Two'])
})
