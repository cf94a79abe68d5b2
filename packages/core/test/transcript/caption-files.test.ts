/** Caption files at the borders of what is read: encodings, times, numbers, lengths, and what counts as rolling. */
import { expect, test } from '@jest/globals'
import { CAPTIONS_LENGTH_MAX, decodeCaptions } from '../../src/transcript/decode-captions.ts'
import { beginningOf, plainText } from '../../src/transcript/plain-text.ts'
import { CUE_LENGTH_MAX, readCues } from '../../src/transcript/read-cues.ts'
import { transcriptOf } from '../../src/transcript/transcript.ts'

const segmentsOf = (text: string, isAutomatic = false) =>
  transcriptOf({ bytes: Buffer.from(text), isAutomatic }).segments
const textsOf = (text: string, isAutomatic = false) => segmentsOf(text, isAutomatic).map((each) => each.text)
/** One cue for each text; each begins `everyMs` after the one before and lasts a second. */
const cuesOf = (texts: readonly string[], everyMs = 1000) =>
  texts.map((text, at) => `${clock(at * everyMs)} --> ${clock(at * everyMs + 1000)}\n${text}\n\n`).join('')
const clock = (ms: number) =>
  `00:${String(Math.floor(ms / 1000)).padStart(2, '0')}.${String(ms % 1000).padStart(3, '0')}`

test('half a mark is no mark', () => {
  expect(decodeCaptions(Buffer.from([0xff, 0x41])).text).toBe('ÿA')
})

test('a file of the greatest length is whole, and a longer one is cut', () => {
  const length = (count: number) => {
    const { text, isWhole } = decodeCaptions(Buffer.alloc(count, 0x61))
    return [text.length, isWhole]
  }
  expect(length(CAPTIONS_LENGTH_MAX)).toEqual([CAPTIONS_LENGTH_MAX, true])
  expect(length(CAPTIONS_LENGTH_MAX + 1)).toEqual([CAPTIONS_LENGTH_MAX, false])
  const bytes = Buffer.alloc(CAPTIONS_LENGTH_MAX + 1, 0x61)
  expect(transcriptOf({ bytes, isAutomatic: false }).isWhole).toBe(false)
})

test.each([
  ['&#x10FFFF;', '\u{10ffff}'],
  ['&#57343;&#57344;', '\ue000'],
  ['&#55295;&#55296;', '\ud7ff'],
  ['a \t\n b', 'a b'],
])('%j is %j', (text, plain) => expect(plainText(text)).toBe(plain))

test.each([
  ['ab😀', 3, 'ab'],
  ['ab😀', 4, 'ab😀'],
  ['ab\u{10000}c', 3, 'ab'],
  ['ab\u{10fc00}c', 3, 'ab'],
  ['ab\u{10fc00}c', 4, 'ab\u{10fc00}'],
  // A half at the end of the text is all there is of it.
  ['ab\ud83d', 3, 'ab\ud83d'],
  ['abc', 2, 'ab'],
])('the beginning of %j in %i units is %j', (text, length, beginning) => {
  expect(beginningOf(text, length)).toBe(beginning)
})

test.each([
  ['1:02:03.5', 3_723_500],
  ['02:03.25', 123_250],
  ['0:0:0.007', 7],
  ['100:00:00,000', 360_000_000],
])('%s is %i ms', (time, ms) => {
  expect(segmentsOf(`0:00.0 --> 0:01.0\nx\n\n${time} --> 9999:00:00.000\na\n`).at(-1)?.start).toBe(ms)
})

test('what follows a blank line belongs to no cue, and a line of times is looked for at its beginning alone', () => {
  expect(textsOf('00:00.000 --> 00:01.000\na\n\nNOTE b\n')).toEqual(['a'])
  const far = `${' '.repeat(4)}00:00.000 -->${' '.repeat(9)}00:01.000\na\n`
  expect(textsOf(far)).toEqual(['a'])
  expect(textsOf('0:0.0-->0:1.0\na\n')).toEqual(['a'])
})

test('lines of old that end with CR inside of lines that end with CR LF are all read', () => {
  expect(textsOf('00:00.000 --> 00:01.000\r\na\rb\r\n\r\n00:01.000 --> 00:02.000\r\nc\r\n')).toEqual(['a b', 'c'])
})

test('a cue is cut at its length over all of its lines, and at fifty lines', () => {
  const times = '00:00.000 --> 00:01.000\n'
  const half = 'x'.repeat(CUE_LENGTH_MAX / 2)
  const read = (lines: readonly string[]) => {
    const { cues, isWhole } = readCues(`${times}${lines.join('\n')}\n`)
    return [cues[0]?.lines.map(({ text }) => text.length), isWhole]
  }
  expect(read([half, half])).toEqual([[CUE_LENGTH_MAX / 2, CUE_LENGTH_MAX / 2], true])
  expect(read([half, `${half}x`])).toEqual([[CUE_LENGTH_MAX / 2, CUE_LENGTH_MAX / 2], false])
  expect(read([half, half, 'x'])).toEqual([[CUE_LENGTH_MAX / 2, CUE_LENGTH_MAX / 2], false])
  const long = 'x'.repeat(CUE_LENGTH_MAX + 10)
  expect(read([long, long])).toEqual([[CUE_LENGTH_MAX], false])
  expect(read(Array(50).fill('x'))).toEqual([Array(50).fill(1), true])
  expect(read(Array(51).fill('x'))).toEqual([Array(50).fill(1), false])
})

test.each([
  ['a number behind a line with a space', 'One\n \n12', ['One', 'Two']],
  ['a number behind two lines and one with a space', 'One\nmore\n \n12', ['One more', 'Two']],
  ['a number that somebody said', 'One\n12', ['One 12', 'Two']],
  ['a number alone', '12', ['12', 'Two']],
  ['words behind a line with a space', 'One\n \nmore', ['One more', 'Two']],
  ['a word that ends with a number', 'One\n \nb12', ['One b12', 'Two']],
  ['a word that begins with one', 'One\n \n12b', ['One 12b', 'Two']],
])('%s before the next cue', (_, text, texts) => {
  expect(textsOf(`00:00.000 --> 00:01.000\n${text}\n00:01.000 --> 00:02.000\nTwo\n`)).toEqual(texts)
})

test('times of words never leave their cue, and never go back', () => {
  const [cue] = readCues('00:01.000 --> 00:02.000\na<00:01.500> b<00:01.200> c<00:09.000> d<00:01.900>\n').cues
  expect(cue?.lines[0]?.pieces).toEqual([
    { start: 1000, text: 'a' },
    { start: 1500, text: ' b' },
    { start: 1500, text: ' c' },
    { start: 2000, text: ' d' },
  ])
  expect(cue?.lines[0]?.text).toBe('a b c d')
  expect(textsOf('00:01.000 --> 00:02.000\na <00:01.500> b\n')).toEqual(['a b'])
})

test('a cue that stands there twice is one; another time, end or text makes it two', () => {
  const cue = (end: number, text: string) => `00:00.000 --> 00:0${end}.000\n${text}\n\n`
  expect(textsOf(cue(1, 'a') + cue(1, 'a'))).toEqual(['a'])
  expect(textsOf(cue(1, 'a') + cue(2, 'a'))).toEqual(['a', 'a'])
  expect(textsOf(cue(1, 'a') + cue(1, 'b'))).toEqual(['a', 'b'])
})

test('captions of a machine that repeat nothing stay as they are', () => {
  expect(textsOf(cuesOf(['a b', 'c d']), true)).toEqual(['a b', 'c d'])
  // What comes a moment after the end of the cue before goes on with it; what comes later does not.
  expect(textsOf(cuesOf(['a', 'a\nb'], 1250), true)).toEqual(['a b'])
  expect(textsOf(cuesOf(['a', 'a\nb'], 1251), true)).toEqual(['a', 'a b'])
})

test.each([
  ['three pairs, all of which repeat', ['a', 'a\nb', 'b\nc', 'c\nd'], false],
  ['four pairs, all of which repeat', ['a', 'a\nb', 'b\nc', 'c\nd', 'd\ne'], true],
  ['six pairs, two of which repeat', ['a', 'a\nb', 'b\nc', 'x', 'y', 'z', 'w'], true],
  ['seven pairs, two of which repeat', ['a', 'a\nb', 'b\nc', 'x', 'y', 'z', 'w', 'v'], false],
  ['lines that begin alike', ['a', 'b a', 'c b', 'd c', 'e d'], false],
])('captions that people wrote roll with %s: %s, %s', (_, texts, rolls) => {
  expect(textsOf(cuesOf(texts)).length === texts.length).toBe(!rolls)
})

test('lines that roll are each there once', () => {
  // Two lines are repeated at once, and then a line that is only like one of them.
  expect(textsOf(cuesOf(['a\nb', 'a\nb\nc.', 'b\nc.\nd', 'b\nd\ne']), true)).toEqual(['a b c.', 'd b d e'])
  // What grows after a pause is said again.
  expect(textsOf(`${cuesOf(['a.', 'a.\nb.'])}00:30.000 --> 00:31.000\nb. c\n`, true)).toEqual(['a.', 'b.', 'b. c'])
})

test('a sentence ends where a silence is longer than a second and a half', () => {
  const file = (at: number) => `${cuesOf(['a', 'a\nb'])}${clock(at)} --> ${clock(at + 500)}\nc\n`
  expect(textsOf(file(3500), true)).toEqual(['a b c'])
  expect(textsOf(file(3501), true)).toEqual(['a b', 'c'])
})

/** Rolling captions of which the second cue repeats the first line, and adds this one between the seconds 1 and 2. */
const rolled = (line: string) => textsOf(cuesOf(['so', `so\n${line}`]), true)

test.each([
  ['parts of a word', 'hel<00:01.500>lo', ['so hello']],
  ['a space before a time', 'a <00:01.500>b', ['so a b']],
  ['a space at the end', 'a<00:01.500> b ', ['so a b']],
  ['a space after the sign that ends a sentence', 'a. <00:01.500>b', ['so a.', 'b']],
  ['nothing but a space after a sentence', 'a.<00:01.500> ', ['so a.']],
])('%s', (_, line, texts) => expect(rolled(line)).toEqual(texts))

test('a silence lasts until the first word is said', () => {
  const file = (word: string) => `${cuesOf(['a', 'a\nb'])}00:03.400 --> 00:05.000\n<00:0${word}>c\n`
  expect(textsOf(file('3.500'), true)).toEqual(['a b c'])
  expect(textsOf(file('3.600'), true)).toEqual(['a b', 'c'])
})

test('a sentence without a sign ends with three hundred characters', () => {
  const [first, second, third] = ['a', 'b', 'c'].map((letter) => letter.repeat(149))
  const file = cuesOf([`${first}`, `${first}\n${second}`, `${second}\n${third}`])
  expect(textsOf(file, true)).toEqual([`${first} ${second}`, third])
})
