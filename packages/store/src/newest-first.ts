/** Pages through a sorted set of things by time, newest first; stable while others are added and removed. */
import type { Redis } from 'ioredis'

export interface Page {
  members: string[]
  /** Where the next page begins, or null when there is none. Opaque to clients. */
  next: string | null
}

/** Reads up to `limit` members behind `cursor`, or the newest without one. Returns null for a cursor that is none. */
export async function newestFirst(redis: Redis, key: string, limit: number, cursor?: string): Promise<Page | null> {
  const after = cursor === undefined ? null : decodeCursor(cursor)
  if (cursor !== undefined && after === null) return null
  const newest = after?.time ?? '+inf'
  // Those of the cursor's own millisecond are read on top, since some of them stand before it.
  const beside = after === null ? 0 : await redis.zcount(key, after.time, after.time)
  const found = await redis.zrevrangebyscore(key, newest, '-inf', 'WITHSCORES', 'LIMIT', 0, limit + 1 + beside)
  const rows = found
    .flatMap((member, at) => (at % 2 === 0 ? [{ member, time: Number(found[at + 1]) }] : []))
    .filter((row) => after === null || isBehind(row, after))
  const shown = rows.slice(0, limit)
  const last = shown.at(-1)
  return {
    members: shown.map(({ member }) => member),
    next: rows.length > limit && last !== undefined ? encodeCursor(last) : null,
  }
}

interface Position {
  member: string
  time: number
}

/** Redis orders by time, then by member. A place is named by both, so it stays one when the member itself is removed. */
const isBehind = (row: Position, cursor: Position): boolean => row.time < cursor.time || row.member < cursor.member

const encodeCursor = ({ member, time }: Position): string => Buffer.from(`${time}:${member}`).toString('base64url')

function decodeCursor(cursor: string): Position | null {
  const [, time, member] = /^(\d{1,16}):(.{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return time === undefined || member === undefined ? null : { member, time: Number(time) }
}
