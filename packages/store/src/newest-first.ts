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
  const start = after === null ? 0 : await positionBehind(redis, key, after)
  const found = await redis.zrevrange(key, start, start + limit, 'WITHSCORES')
  const rows = found.flatMap((member, at) => (at % 2 === 0 ? [{ member, time: Number(found[at + 1]) }] : []))
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

/** When the member itself was removed in between, its time still says how many are newer. */
async function positionBehind(redis: Redis, key: string, { member, time }: Position): Promise<number> {
  const rank = await redis.zrevrank(key, member)
  return rank === null ? redis.zcount(key, `(${time}`, '+inf') : rank + 1
}

const encodeCursor = ({ member, time }: Position): string => Buffer.from(`${time}:${member}`).toString('base64url')

function decodeCursor(cursor: string): Position | null {
  const [, time, member] = /^(\d{1,16}):(.{1,200})$/.exec(Buffer.from(cursor, 'base64url').toString()) ?? []
  return time === undefined || member === undefined ? null : { member, time: Number(time) }
}
