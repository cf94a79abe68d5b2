/** Pages through a sorted set of things by time, newest first; stable while others are added and removed. */
import type { Redis } from 'ioredis'

export interface Page {
  members: string[]
  /** When each of them was added, as the set says it. */
  times: number[]
  /** Where the next page begins, or null when there is none. Opaque to clients. */
  next: string | null
}

/** Both ends are left out: later than `after`, earlier than `before`; epoch milliseconds. */
export interface TimeSpan {
  after?: number | undefined
  before?: number | undefined
}

/** Reads up to `limit` members behind `cursor`, or the newest without one. Returns null for a cursor that is none. */
export async function newestFirst(
  redis: Redis,
  key: string,
  limit: number,
  cursor?: string,
  span: TimeSpan = {},
): Promise<Page | null> {
  const after = cursor === undefined ? null : decodeCursor(cursor)
  if (cursor !== undefined && after === null) return null
  const { before = Number.POSITIVE_INFINITY } = span
  const newest = after !== null && after.time < before ? after.time : excluding(span.before, '+inf')
  // Those of the cursor's own millisecond are read on top, since some of them stand before it.
  const beside = after === null ? 0 : await redis.zcount(key, after.time, after.time)
  const found = await redis.zrevrangebyscore(key, newest, excluding(span.after, '-inf'), ...ROWS, limit + 1 + beside)
  const rows = found
    .flatMap((member, at) => (at % 2 === 0 ? [{ member, time: Number(found[at + 1]) }] : []))
    .filter((row) => after === null || isBehind(row, after))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    members: shown.map(({ member }) => member),
    times: shown.map(({ time }) => time),
    next: rows.length > limit && last !== undefined ? cursorAt(last) : null,
  }
}

const ROWS = ['WITHSCORES', 'LIMIT', 0] as const

const excluding = (time: number | undefined, otherwise: string) => (time === undefined ? otherwise : `(${time}`)

interface Position {
  member: string
  time: number
}

/** Redis orders by time, then by member. A place is named by both, so it stays one when the member itself is removed. */
const isBehind = (row: Position, cursor: Position): boolean => row.time < cursor.time || row.member < cursor.member

/** The cursor whose page begins right behind this place. */
export const cursorAt = ({ member, time }: Position): string => Buffer.from(`${time}:${member}`).toString('base64url')

function decodeCursor(cursor: string): Position | null {
  const [, time, member] = /^(\d{1,16}):(.{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return time === undefined || member === undefined ? null : { member, time: Number(time) }
}
