/** Each form of a transcript, letter by letter. */
import { expect, test } from '@jest/globals'
import { transcriptForms } from '../../src/transcript/transcript-forms.ts'

const segments = [
  { start: 0, end: 1.5, text: 'a < b & c' },
  { start: 3723.0456, end: 359_999.999, text: 'x --> y' },
]
const head = { title: 'T', language: 'pt-BR', automatic: false }

test.each([
  ['text', 'a < b & c\nx --> y\n'],
  ['srt', '1\n00:00:00,000 --> 00:00:01,500\na < b & c\n\n2\n01:02:03,046 --> 99:59:59,999\nx -> y\n'],
  ['vtt', 'WEBVTT\n\n00:00:00.000 --> 00:00:01.500\na &lt; b &amp; c\n\n01:02:03.046 --> 99:59:59.999\nx --&gt; y\n'],
] as const)('%s', (form, text) => expect(transcriptForms[form](segments, head)).toBe(text))

test.each([
  [true, 'automatic'],
  [false, 'manual'],
])('json, where automatic is %s', (automatic, source) => {
  const text = transcriptForms.json(segments, { ...head, automatic })
  expect(text.endsWith('}\n')).toBe(true)
  expect(JSON.parse(text)).toEqual({
    title: 'T',
    language: 'pt-BR',
    source,
    segments,
    text: 'a < b & c\nx --> y',
  })
})
