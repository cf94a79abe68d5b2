/** Reads the cues of WebVTT and SubRip: times and lines, with the times of single words where there are such. */
import { beginningOf, plainText, TAG } from './plain-text.ts'

/** A part of a line that begins at a time of its own. Milliseconds. */
export interface Piece {
  readonly start: number
  readonly text: string
}

export interface Line {
  readonly text: string
  readonly pieces: readonly Piece[]
}

/** Milliseconds; `end` is never before `start`. At least one line, none of them empty. */
export interface Cue {
  readonly start: number
  readonly end: number
  readonly lines: readonly Line[]
}

export interface ReadCues {
  /** By their start. */
  readonly cues: readonly Cue[]
  /** Nothing was left out for its length. */
  readonly isWhole: boolean
}

/** Half a day of captions that roll has so many. */
export const CUES_MAX = 50_000
/** Characters of a cue as it stands in the file. What one person can read at once has some hundred. */
export const CUE_LENGTH_MAX = 2_000
/** Lines of a cue. */
const LINES_MAX = 50

const TIME = String.raw`(?:(\d{1,4}):)?(\d{1,2}):(\d{1,2})[.,](\d{1,3})`
const TIMES = new RegExp(String.raw`^[ \t]{0,9}${TIME}[ \t]{0,9}-->[ \t]{0,9}${TIME}`)
const TIME_TAG = new RegExp(`^<${TIME}>$`)

/** The last time that has four digits for its hours. */
const LATEST = 9999 * 3_600_000 + 3_599_999

interface Draft {
  readonly start: number
  readonly end: number
  readonly lines: string[]
  length: number
}

/**
 * What is no cue, such as a note, a style or a page of HTML, is left out. Whatever the text is, its cost grows with its length
 * alone. Never throws.
 */
export function readCues(text: string): ReadCues {
  const drafts: Draft[] = []
  let current: Draft | null = null
  let isWhole = true
  for (const line of linesOf(text)) {
    const next = beginningWith(line)
    if (next !== null) {
      if (drafts.length === CUES_MAX) return { cues: cuesOf(drafts), isWhole: false }
      if (current !== null) dropNumber(current)
      current = next
      drafts.push(next)
    } else if (line === '') current = null
    else if (current !== null && !take(current, line)) isWhole = false
  }
  return { cues: cuesOf(drafts), isWhole }
}

/** The cue that begins with this line; null where it is no line of times. */
function beginningWith(line: string): Draft | null {
  const times = TIMES.exec(line)
  if (times === null) return null
  const start = millisecondsOf(times.slice(1, 5))
  return { start, end: Math.max(start, millisecondsOf(times.slice(5, 9))), lines: [], length: 0 }
}

/** One line after the other; a text of nothing but line ends is no list of millions. */
function* linesOf(text: string): Generator<string, void, undefined> {
  for (let start = 0; start < text.length; ) {
    const at = text.indexOf('\n', start)
    const end = at === -1 ? text.length : at
    // A file of old may end its lines with CR alone.
    const line = text.slice(start, end)
    if (line.includes('\r')) yield* line.replace(/\r$/, '').split('\r')
    else yield line
    start = end + 1
  }
}

/** Whether all of the line was taken. */
function take(cue: Draft, line: string): boolean {
  const left = CUE_LENGTH_MAX - cue.length
  if (left <= 0 || cue.lines.length === LINES_MAX) return false
  cue.lines.push(beginningOf(line, left))
  cue.length += line.length
  return line.length <= left
}

/** Where a blank line holds a space, the number of the next cue of SubRip looks like the last line of this one. */
function dropNumber({ lines }: Draft): void {
  const isNumber = /^\d{1,9}$/.test(lines.at(-1) ?? '') && lines.at(-2)?.trim() === ''
  if (isNumber) lines.splice(-1)
}

function cuesOf(drafts: readonly Draft[]): Cue[] {
  const cues = drafts.map((draft) => ({ ...draft, lines: draft.lines.flatMap((line) => lineOf(line, draft)) }))
  const spoken = cues.filter(({ lines }) => lines.length > 0).map(({ start, end, lines }) => ({ start, end, lines }))
  return spoken.toSorted((one, other) => one.start - other.start)
}

/** Empty where nothing is to be seen. The times of words never go backwards, and never leave the cue. */
function lineOf(raw: string, { start, end }: Draft): Line[] {
  const pieces: Piece[] = []
  let at = start
  let from = 0
  const take = (text: string): void => {
    const plain = plainText(text)
    if (plain !== '') pieces.push({ start: at, text: plain })
  }
  let untagged = ''
  for (const tag of raw.matchAll(TAG)) {
    untagged += raw.slice(from, tag.index)
    from = tag.index + tag[0].length
    const time = TIME_TAG.exec(tag[0])
    if (time === null) continue
    take(untagged)
    untagged = ''
    at = Math.min(end, Math.max(at, millisecondsOf(time.slice(1, 5))))
  }
  take(untagged + raw.slice(from))
  const text = joined(pieces)
  return text === '' ? [] : [{ text, pieces }]
}

const joined = (pieces: readonly Piece[]): string =>
  pieces
    .map(({ text }) => text)
    .join('')
    .replaceAll(/\s+/g, ' ')
    .trim()

const millisecondsOf = ([hours = '0', minutes = '0', seconds = '0', fraction = '0']: readonly (string | undefined)[]) =>
  Math.min(
    LATEST,
    ((Number(hours) * 60 + Number(minutes)) * 60 + Number(seconds)) * 1000 + Number(fraction.padEnd(3, '0')),
  )
