/** Makes sentences of lines that were broken where a screen ended. */
import { joinTexts } from './join-texts.ts'
import type { AddedLine } from './without-repeats.ts'

/** Milliseconds. */
export interface Segment {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** Milliseconds of silence after which something new begins. */
const PAUSE = 1_500
/** Characters. Where a machine sets no points, a sentence ends here. */
const SENTENCE_LENGTH_MAX = 300

/** A sign that ends a sentence, with what may close behind it. */
const ENDS = /[.!?\u2026\u3002\uff01\uff1f\u061f\u0964]["'\u201d\u2019)\]\u00bb]*$/u

interface Draft {
  start: number
  end: number
  parts: string[]
  length: number
}

/** A sentence ends with its sign, at a pause, or where it becomes too long; only ever between two pieces. */
export function sentencesOf(lines: readonly AddedLine[]): Segment[] {
  const segments: Segment[] = []
  let draft: Draft | null = null
  const finish = (): void => {
    if (draft === null) return
    const text = draft.parts.reduce(joinTexts, '').trim()
    if (text !== '') segments.push({ start: draft.start, end: draft.end, text })
    draft = null
  }
  for (const line of lines) {
    if (draft !== null && line.start - (draft as Draft).end > PAUSE) finish()
    for (const [at, piece] of line.pieces.entries()) {
      const end = Math.max(piece.start, line.pieces[at + 1]?.start ?? line.end)
      // A new line stands apart from the one before it, where pieces of one line have their own spaces.
      const text = at === 0 ? ` ${piece.text}` : piece.text
      draft ??= { start: piece.start, end, parts: [], length: 0 }
      const open: Draft = draft
      open.parts.push(text)
      open.length += text.length
      open.end = Math.max(open.end, end)
      if (ENDS.test(text.trimEnd()) || open.length >= SENTENCE_LENGTH_MAX) finish()
    }
  }
  finish()
  return segments
}
