/** Makes a transcript of a caption file, whatever lies in it. */
import { decodeCaptions } from './decode-captions.ts'
import { joinTexts } from './join-texts.ts'
import { type Cue, readCues } from './read-cues.ts'
import { type Segment, sentencesOf } from './sentences.ts'
import { doRoll, withoutRepeats } from './without-repeats.ts'

export interface Captions {
  readonly bytes: Uint8Array
  /** A machine made them from the sound. */
  readonly isAutomatic: boolean
}

export interface ReadTranscript {
  /** By their start. Empty where there is nothing to read. */
  readonly segments: readonly Segment[]
  /** Nothing was left out for its length. */
  readonly isWhole: boolean
}

/**
 * Rolling captions become sentences without repeats; of all others each cue is a segment. The cost grows with the length of the file
 * alone. Never throws.
 */
export function transcriptOf({ bytes, isAutomatic }: Captions): ReadTranscript {
  const { text, isWhole } = decodeCaptions(bytes)
  const read = readCues(text)
  const segments = doRoll(read.cues, isAutomatic) ? sentencesOf(withoutRepeats(read.cues)) : segmentsOf(read.cues)
  return { segments, isWhole: isWhole && read.isWhole }
}

/** A cue that stands in the file twice is one. */
const segmentsOf = (cues: readonly Cue[]): Segment[] =>
  cues.map(segmentOf).filter((each, at, all) => !isSame(each, all[at - 1]))

const segmentOf = ({ start, end, lines }: Cue): Segment => ({
  start,
  end,
  text: lines.map(({ text }) => ` ${text}`).reduce(joinTexts, ''),
})

const isSame = (one: Segment, other: Segment | undefined): boolean =>
  one.start === other?.start && one.end === other.end && one.text === other.text
