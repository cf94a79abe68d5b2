/** `items`: which entries of a list are meant, in the words of yt-dlp (`--playlist-items`). */
import { Type } from 'typebox'
import { defineOption } from './option.ts'

const LENGTH_MAX = 200
const PARTS_MAX = 50
/** One place, or the first and the last of a range with an optional step. Places have at most five digits. */
const PART =
  /^(?<start>[+-]?\d{1,5})?(?<range>[:-](?:(?<end>[+-]?\d{1,5})|inf(?:inite)?)?(?::(?<step>[+-]?\d{1,5}))?)?$/

export const items = defineOption({
  schema: Type.String({
    minLength: 1,
    maxLength: LENGTH_MAX,
    pattern: '^[0-9:,+infte-]+$',
    description: `Which entries of the list, in yt-dlp's words for it: places counted from 1 and ranges, at most ${PARTS_MAX}, joined by commas, in this order. \`-1\` is the last entry, \`-5:\` the last five, \`1:10:2\` every second one of the first ten. What counts from the end reads the whole list. An entry that is named twice is taken once. Absent: all of them.`,
    examples: ['1-20,-1'],
  }),
  affects: 'extraction',
  since: 6,
  absent: null,
  problem(wanted) {
    const parts = wanted.split(',')
    if (parts.length > PARTS_MAX) return `must have at most ${PARTS_MAX} parts`
    const wrong = parts.find((part) => !isPart(part))
    if (wrong !== undefined) return `must be places and ranges such as 1-20,-1, and "${wrong}" is none of them`
    const empty = parts.find(isEmptyRange)
    return empty === undefined
      ? null
      : `must have ranges that end after they begin, unless their step is negative, as in 5:1:-1; not "${empty}"`
  },
})

/** Places are counted from 1, and a step leads somewhere. */
function isPart(part: string): boolean {
  const { start, range, step } = PART.exec(part)?.groups ?? {}
  if (start === undefined && range === undefined) return false
  return !(start !== undefined && Number(start) === 0) && !(step !== undefined && Number(step) === 0)
}

/** From a later place to an earlier one, without a step that goes back. Where one of the two counts from the end, the list decides. */
function isEmptyRange(part: string): boolean {
  const { start, end, step = '1' } = PART.exec(part)?.groups ?? {}
  if (start === undefined || end === undefined) return false
  const [first, last] = [Number(start), Number(end)]
  return first < 0 === last < 0 && (last - first) * Number(step) < 0
}
