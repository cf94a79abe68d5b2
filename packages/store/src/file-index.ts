/** Which files exist, for whom, and until when. The index follows the library; it can be rebuilt from its sidecars. */
import type { FileEntry } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst, type TimeSpan } from './newest-first.ts'
import { type FilePage, searchFiles } from './search-files.ts'

/** What a list is narrowed down to. */
export interface FileSearch {
  /** When the file was published. The index is sorted by it, so this costs nothing. */
  created?: TimeSpan
  /** Any other condition; every file in question is read for it. */
  matches?: (entry: FileEntry) => boolean
}

export interface FileIndex {
  /** Adds or replaces; repeating it changes nothing. */
  add(entry: FileEntry): Promise<void>
  find(filename: string): Promise<FileEntry | null>
  /**
   * An owner's files, newest first. Null when `cursor` is not one of ours. A search reads `SEARCHED_MAX` files at most,
   * so that no request takes long: its page may then be short, even empty, and `next` goes on where it stopped.
   */
  list(owner: string, limit: number, cursor?: string, search?: FileSearch): Promise<FilePage | null>
  /** Lets a file's time be over at `at`: from then on it is gone for everybody, and housekeeping finishes the rest. */
  expire(filename: string, at: number): Promise<void>
  /** Drops a file from every list. `owner` is null when even its entry is gone. */
  forget(filename: string, owner: string | null): Promise<void>
  /** Names of files whose time is over. */
  expired(now: number, limit: number): Promise<string[]>
}

export function createFileIndex(redis: Redis): FileIndex {
  const find = async (filename: string) => parse(await redis.get(keys.file(filename)))

  const entriesOf = async (filenames: string[]) => {
    const texts = filenames.length > 0 ? await redis.mget(filenames.map(keys.file)) : []
    return texts.map(parse).filter((entry) => entry !== null)
  }

  return {
    find,

    async add(entry) {
      const { filename, owner, createdAt, expiresAt } = entry
      const batch = redis.multi().set(keys.file(filename), JSON.stringify(entry))
      batch.zadd(keys.files(owner), createdAt, filename)
      if (expiresAt === null) batch.zrem(keys.fileExpiry, filename)
      else batch.zadd(keys.fileExpiry, expiresAt, filename)
      await allOf(batch.exec())
    },

    async list(owner, limit, cursor, { created, matches } = {}) {
      const read = async (size: number, at: string | undefined) => {
        const page = await newestFirst(redis, keys.files(owner), size, at, created)
        return page && { entries: await entriesOf(page.members), next: page.next }
      }
      return matches ? await searchFiles(read, { limit, cursor, matches }) : await read(limit, cursor)
    },

    async expire(filename, at) {
      const entry = await find(filename)
      if (entry === null) return
      const batch = redis.multi().set(keys.file(filename), JSON.stringify({ ...entry, expiresAt: at }), 'XX')
      await allOf(batch.zadd(keys.fileExpiry, at, filename).exec())
    },

    async forget(filename, owner) {
      const batch = redis.multi().del(keys.file(filename)).zrem(keys.fileExpiry, filename)
      if (owner !== null) batch.zrem(keys.files(owner), filename)
      await allOf(batch.exec())
    },

    expired: (now, limit) => redis.zrangebyscore(keys.fileExpiry, 0, now, 'LIMIT', 0, limit),
  }
}

const parse = (text: string | null): FileEntry | null => (text === null ? null : (JSON.parse(text) as FileEntry))

/** A transaction reports the errors of its commands one by one; any of them is an error of the whole. */
async function allOf(answer: Promise<[Error | null, unknown][] | null>): Promise<void> {
  const results = await answer
  const failed = results?.find(([error]) => error)?.[0]
  if (!results || failed) throw failed ?? new Error('The transaction was aborted.')
}
