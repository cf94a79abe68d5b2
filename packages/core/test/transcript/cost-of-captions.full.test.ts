/** The largest caption files of the worst kinds: what they cost grows with their length alone. */
import { expect, test } from '@jest/globals'
import { CAPTIONS_LENGTH_MAX } from '../../src/transcript/decode-captions.ts'
import { transcriptOf } from '../../src/transcript/transcript.ts'

const largest = (part: string) => part.repeat(Math.ceil(CAPTIONS_LENGTH_MAX / part.length))

test.each([
  ['line ends', '\n'],
  ['carriage returns', '\r'],
  ['beginnings of tags', '<'],
  ['beginnings of entities', '&#'],
  ['arrows', '-->'],
  ['spaces', ' '],
  ['digits', '0'],
  ['cues', '00:00.000 --> 00:01.000\na\n\n'],
  ['cues that repeat', '00:00.000 --> 00:01.000\na\nb\na\nb\na\nb\n\n'],
  ['cues that go backwards', '00:02.000 --> 00:01.000\na\n\n00:01.000 --> 00:02.000\na\n\n'],
  ['times of words', `00:00.000 --> 00:01.000\n${'<00:00.500>a'.repeat(150)}\n\n`],
  ['one cue', 'a'],
])('as much as is read of %s takes less than two seconds of the processor', (_, part) => {
  const bytes = Buffer.from(`00:00.000 --> 00:01.000\n${largest(part)}`)
  const before = process.cpuUsage()
  const { segments } = transcriptOf({ bytes, isAutomatic: true })
  // Of the processor, which others use too.
  expect(process.cpuUsage(before).user / 1000).toBeLessThan(2_000)
  expect(JSON.stringify(segments).length).toBeLessThan(16 * 1024 * 1024)
})
