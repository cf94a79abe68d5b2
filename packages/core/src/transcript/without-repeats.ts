/** Rolling captions: each cue repeats the lines before it and adds words. This finds what each cue adds. */
import type { Cue, Line } from './read-cues.ts'

/** What was added to what is on the screen. Milliseconds. */
export interface AddedLine extends Line {
  readonly start: number
  readonly end: number
}

/** Milliseconds between the end of a cue and the start of one that goes on with it. */
const GAP_MAX = 250
/** With fewer pairs of cues, a repeat may well be what somebody said. */
const PAIRS_MIN = 4
/** Of all pairs of cues, so many repeat a line where captions roll. */
const ROLLING_PART = 1 / 3

/** Whether captions roll. Those of machines do where anything is repeated at all; people also write what is said twice. */
export function doRoll(cues: readonly Cue[], isAutomatic: boolean): boolean {
  const repeating = cues.filter((cue, at) => {
    const before = cues[at - 1]
    return before !== undefined && goesOn(before, cue) && (sharedLines(before, cue) > 0 || grows(before, cue))
  })
  const pairs = cues.length - 1
  return isAutomatic ? repeating.length > 0 : pairs >= PAIRS_MIN && repeating.length >= pairs * ROLLING_PART
}

/** The lines of rolling captions, each once, in their order. */
export function withoutRepeats(cues: readonly Cue[]): AddedLine[] {
  const added: AddedLine[] = []
  let before: Cue | null = null
  for (const cue of cues) {
    const continued: Cue | null = before !== null && goesOn(before, cue) ? before : null
    const shared = continued === null ? 0 : sharedLines(continued, cue)
    const last = added.at(-1)
    if (continued !== null && last !== undefined && shared === 0 && grows(continued, cue)) {
      added.splice(-1, 1, grown(last, cue))
      added.push(...linesOf(cue, 1))
    } else added.push(...linesOf(cue, shared))
    before = cue
  }
  return added
}

const linesOf = ({ start, end, lines }: Cue, from: number): AddedLine[] =>
  lines.slice(from).map((line) => ({ ...line, start: line.pieces[0]?.start ?? start, end }))

const goesOn = (before: Cue, cue: Cue): boolean => cue.start <= before.end + GAP_MAX

/** How many of the last lines of a cue are the first ones of the next. */
function sharedLines({ lines: before }: Cue, { lines }: Cue): number {
  for (let count = Math.min(before.length, lines.length); count > 0; count -= 1) {
    const isSame = lines.slice(0, count).every(({ text }, at) => before[before.length - count + at]?.text === text)
    if (isSame) return count
  }
  return 0
}

/** Whether the first line of a cue is the last one of the cue before it, with more words. Without more it is shared. */
function grows({ lines: before }: Cue, { lines }: Cue): boolean {
  const last = before.at(-1)
  return last !== undefined && lines[0]?.text.startsWith(last.text) === true
}

function grown(last: AddedLine, { start, end, lines }: Cue): AddedLine {
  const text = lines[0]?.text ?? ''
  const more = text.slice(last.text.length)
  return { text, start: last.start, end, pieces: [...last.pieces, { start, text: more }] }
}
