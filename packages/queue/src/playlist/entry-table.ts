/**
 * What a playlist knows of its entries: what the list says of each, which of them have a job that goes on, and how the others have
 * ended. A hash and a set in Redis beside the record of the playlist (`lua/entry-table.lua`). Reading a page of it costs the page.
 */
import type { EntryCounts, EntryState, FailureCode, SkipCode, WarningCode } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

/** An entry as the list says it. `url` is canonical; null where no job can be made of it. */
export interface ListedEntry {
  position: number
  url: string | null
  title: string | null
}

export interface EntryOutcome {
  state: Extract<EntryState, 'completed' | 'failed' | 'cancelled' | 'skipped'>
  /** Why it failed. */
  code?: FailureCode
  /** Why it has no job. */
  skipCode?: SkipCode
}

/** What is known of the list itself. */
export interface ListFacts {
  title: string | null
  warnings: readonly WarningCode[]
  ytdlpVersion?: string | undefined
}

export interface EntryTable {
  facts: ListFacts
  total: number
  /** The first entry that has neither a job nor an end; `total` where there is none. */
  next: number
  /** When an entry last got a job or ended, in epoch milliseconds. */
  changedAt: number
  /** Entries whose job was not seen to end, in order. */
  open: number[]
  ended: Pick<EntryCounts, EntryOutcome['state']>
}

export interface EntryRow {
  listed: ListedEntry
  /** Null: it has not ended. */
  outcome: EntryOutcome | null
}

export interface EntryTables {
  /** Null until the list has been read, and where the table is lost. */
  read(playlistId: string): Promise<EntryTable | null>
  /** Whether the list was written down, as the record of the playlist says it. Where there is no table then, it is lost. */
  wasWritten(playlistId: string): Promise<boolean>
  /** Writes down what the list holds, once: all of it or nothing. Nothing happens where the playlist is gone. */
  write(playlistId: string, facts: ListFacts, rows: readonly EntryRow[]): Promise<void>
  /** `count` rows from the one with this number on; fewer at the end. */
  rows(playlistId: string, from: number, count: number): Promise<EntryRow[]>
  /** The entry has a job. */
  opened(playlistId: string, at: number): Promise<void>
  /** The entry has ended. The first end stands. Nothing happens where the table is gone. */
  closed(playlistId: string, at: number, outcome: EntryOutcome): Promise<void>
  /** The playlist goes on, and so does its table. */
  keep(playlistId: string): Promise<void>
  /** The playlist has ended: its table is kept as long as its record. */
  ended(playlistId: string): Promise<void>
  remove(playlistId: string): Promise<void>
}

const FACTS = ['facts', 'total', 'next', 'changedAt', 'c completed', 'c failed', 'c cancelled', 'c skipped'] as const

/**
 * No table is for ever: while its playlist goes on, each step begins this time anew. It is also how long the table of a playlist is kept whose
 * end nobody could tell it, and that of an ended one where records are kept for ever.
 */
const LONGEST_MS = 30 * 86_400_000

/** `lifetimeMs`: how long the records of ended jobs are kept; 0 for ever. */
export function createEntryTables(redis: Redis, lifetimeMs: number): EntryTables {
  const write = bindScript<number>(redis, script('write-entries'))
  const open = bindScript<number>(redis, script('open-entry'))
  const close = bindScript<number>(redis, script('close-entry'))
  const keep = bindScript<number>(redis, script('keep-entries'))
  const unfinishedMs = Math.max(lifetimeMs, LONGEST_MS)
  const endedMs = lifetimeMs === 0 ? LONGEST_MS : lifetimeMs
  const keysOf = (id: string) => [keys.entries(id), keys.openEntries(id)]

  return {
    async read(id) {
      const [fields, members] = await Promise.all([
        redis.hmget(keys.entries(id), ...FACTS),
        redis.smembers(keys.openEntries(id)),
      ])
      const [facts, total, next, changedAt, ...counts] = fields
      if (!facts) return null
      const [completed = 0, failed = 0, cancelled = 0, skipped = 0] = counts.map(Number)
      return {
        facts: JSON.parse(facts) as ListFacts,
        total: Number(total),
        next: Number(next),
        changedAt: Number(changedAt),
        open: members.map(Number).toSorted((a, b) => a - b),
        ended: { completed, failed, cancelled, skipped },
      }
    },

    wasWritten: async (id) => (await redis.hexists(queueKey('playlist', id), 'listRead')) === 1,

    async write(id, facts, rows) {
      const texts = rows.flatMap(({ listed, outcome }) => [
        JSON.stringify(listed),
        outcome === null ? '' : JSON.stringify(outcome),
      ])
      await write([...keysOf(id), queueKey('playlist', id)], [unfinishedMs, JSON.stringify(facts), ...texts])
    },

    async rows(id, from, count) {
      const numbers = Array.from({ length: count }, (_, at) => from + at)
      if (numbers.length === 0) return []
      const fields = await redis.hmget(keys.entries(id), ...numbers.flatMap((at) => [`e${at}`, `o${at}`]))
      return numbers.flatMap((_, at) => {
        const [listed, outcome] = [fields[2 * at], fields[2 * at + 1]]
        return listed ? [{ listed: JSON.parse(listed), outcome: outcome ? JSON.parse(outcome) : null } as EntryRow] : []
      })
    },

    opened: async (id, at) => void (await open(keysOf(id), [at, unfinishedMs])),
    closed: async (id, at, outcome) =>
      void (await close(keysOf(id), [at, outcome.state, JSON.stringify(outcome), unfinishedMs])),
    keep: async (id) => void (await keep(keysOf(id), [unfinishedMs, 0])),
    ended: async (id) => void (await keep(keysOf(id), [endedMs, 1])),
    remove: async (id) => void (await redis.del(...keysOf(id))),
  }
}
