/** The largest caption files of the worst kinds: what they cost grows with their length alone. */
import { expect, test } from '@jest/globals'
import { CAPTIONS_LENGTH_MAX } from '../../src/transcript/decode-captions.ts'
import { transcriptOf } from '../../src/transcript/transcript.ts'

/** A captions file of this part again and again, of a share of the length that is read. */
const captionsOf = (part: string, share: number) =>
  Buffer.from(`00:00.000 --> 00:01.000\n${part.repeat(Math.ceil((CAPTIONS_LENGTH_MAX * share) / part.length))}`)

/** Of the processor, in milliseconds: others use it too. */
function costOf(bytes: Buffer): { ms: number; length: number } {
  const before = process.cpuUsage()
  const { segments } = transcriptOf({ bytes, isAutomatic: true })
  return { ms: process.cpuUsage(before).user / 1000, length: JSON.stringify(segments).length }
}

/** Four times the length takes four times as long, sixteen times where the cost grows with its square. */
const TIMES_MAX = 8
/** Below this a share says nothing: compiling and collecting garbage take as long. */
const NOISE_MS = 300

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
])('what %s cost grows with their length alone', (_, part) => {
  const quarter = costOf(captionsOf(part, 1 / 4))
  const whole = costOf(captionsOf(part, 1))
  expect(whole.ms).toBeLessThan(TIMES_MAX * quarter.ms + NOISE_MS)
  expect(whole.length).toBeLessThan(16 * 1024 * 1024)
})
