/** Which files exist, for whom, and until when. The index follows the library; it can be rebuilt from its sidecars. */
import type { FileEntry, FileRole } from '@video-scraper/contracts'
import type { ChainableCommander, Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst, type TimeSpan } from './newest-first.ts'
import { type FilePage, searchFiles } from './search-files.ts'
import { countStored, uncountStored } from './stored-bytes.ts'
import { answersOf } from './transaction.ts'

/** What a list is narrowed down to. */
export interface FileSearch {
  /** When the file was published. The index is sorted by it, so this costs nothing. */
  created?: TimeSpan
  /** Files of this role. Absent: the first media files, one for each download. */
  role?: FileRole
  /** Any other condition; every file in question is read for it. */
  matches?: (entry: FileEntry) => boolean
}

export interface FileIndex {
  /** Adds or replaces, all or nothing; repeating it changes nothing. */
  add(...entries: FileEntry[]): Promise<void>
  find(filename: string): Promise<FileEntry | null>
  /** Those of these files that the index knows, by their names. */
  findAll(filenames: readonly string[]): Promise<ReadonlyMap<string, FileEntry>>
  /** The file that answers a job request (`answerDigest`), the latest of several; null when there is none any more. */
  findAnswer(digest: string): Promise<FileEntry | null>
  /** Notes that the source still has what answers a job request, for so many milliseconds. */
  noteChecked(digest: string, forMs: number): Promise<void>
  wasChecked(digest: string): Promise<boolean>
  /** A file was found to answer a further wanted. Kept as long as the file, at most 30 days. */
  addAnswer(digest: string, entry: FileEntry): Promise<void>
  /**
   * An owner's files, newest first. Null when `cursor` is not one of ours. A search reads `SEARCHED_MAX` files at most,
   * so that no request takes long: its page may then be short, even empty, and `next` goes on where it stopped.
   */
  list(owner: string, limit: number, cursor?: string, search?: FileSearch): Promise<FilePage | null>
  /** Lets a file's time be over at `at`: from then on it is gone for everybody, and housekeeping finishes the rest. */
  expire(filename: string, at: number): Promise<void>
  /** Drops a file from every list. `owner` is null when even its entry is gone. */
  forget(filename: string, owner: string | null): Promise<void>
  /** Which of these names the index does not know. */
  unknown(filenames: readonly string[]): Promise<string[]>
  /** Names of files whose time is over. */
  expired(now: number, limit: number): Promise<string[]>
}

/** What a file answers further is in no entry, so nobody removes it with the file. */
const FURTHER_ANSWERS_KEPT_MS = 30 * 86_400_000

export function createFileIndex(redis: Redis): FileIndex {
  const find = async (filename: string) => parse(await redis.get(keys.file(filename)))

  const entriesOf = async (filenames: readonly string[]) => {
    const entries: FileEntry[] = []
    for (let from = 0; from < filenames.length; from += READ_AT_ONCE) {
      const texts = await redis.mget(filenames.slice(from, from + READ_AT_ONCE).map(keys.file))
      entries.push(...texts.map(parse).filter((entry) => entry !== null))
    }
    return entries
  }

  return {
    find,

    findAll: async (filenames) => new Map((await entriesOf(filenames)).map((entry) => [entry.filename, entry])),

    async findAnswer(digest) {
      const filename = await redis.get(keys.answer(digest))
      // The name may have been left by a file that is gone. It never becomes another file's: it holds the job's id.
      return filename === null ? null : find(filename)
    },

    async noteChecked(digest, forMs) {
      if (forMs > 0) await redis.set(keys.answerChecked(digest), '1', 'PX', forMs)
    },

    wasChecked: async (digest) => (await redis.exists(keys.answerChecked(digest))) === 1,

    async addAnswer(digest, { filename, expiresAt }) {
      const until = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, Date.now() + FURTHER_ANSWERS_KEPT_MS)
      await redis.set(keys.answer(digest), filename, 'PXAT', until)
    },

    async add(...entries) {
      const batch = redis.multi()
      for (const entry of entries) addTo(batch, entry)
      await answersOf(batch.exec())
    },

    async list(owner, limit, cursor, { created, role = 'media', matches } = {}) {
      const read = async (size: number, at: string | undefined) => {
        const page = await newestFirst(redis, listOf(owner, role), size, at, created)
        return page && { entries: await entriesOf(page.members), next: page.next }
      }
      const conditions = [...(role === 'media' ? [] : [hasRole(role)]), ...(matches ? [matches] : [])]
      if (conditions.length === 0) return await read(limit, cursor)
      return await searchFiles(read, { limit, cursor, matches: (entry) => conditions.every((holds) => holds(entry)) })
    },

    async expire(filename, at) {
      const entry = await find(filename)
      if (entry === null) return
      const batch = redis.multi().set(keys.file(filename), JSON.stringify({ ...entry, expiresAt: at }), 'XX')
      await answersOf(batch.zadd(keys.fileExpiry, at, filename).exec())
    },

    async forget(filename, owner) {
      const answers = (await find(filename))?.answers ?? []
      const leading = answers.length > 0 ? await redis.mget(answers.map(keys.answer)) : []
      const batch = redis.multi()
      uncountStored(batch, filename, owner)
      batch.del(keys.file(filename)).zrem(keys.fileExpiry, filename)
      if (owner !== null) batch.zrem(keys.files(owner), filename).zrem(keys.otherFiles(owner), filename)
      // A later file may answer the same job request by now.
      for (const [at, digest] of answers.entries()) if (leading[at] === filename) batch.del(keys.answer(digest))
      await answersOf(batch.exec())
    },

    async unknown(filenames) {
      if (filenames.length === 0) return []
      const asking = redis.pipeline()
      for (const filename of filenames) asking.exists(keys.file(filename))
      const known = await answersOf(asking.exec())
      return filenames.filter((_, at) => known[at] === 0)
    },

    expired: (now, limit) => redis.zrangebyscore(keys.fileExpiry, 0, now, 'LIMIT', 0, limit),
  }
}

/** Names that are read with one command. */
const READ_AT_ONCE = 1000

const listOf = (owner: string, role: FileRole): string =>
  role === 'media' ? keys.files(owner) : keys.otherFiles(owner)

/** Entries of earlier releases have no role. */
const hasRole =
  (role: FileRole) =>
  (entry: FileEntry): boolean =>
    (entry.role ?? 'media') === role

function addTo(batch: ChainableCommander, entry: FileEntry): void {
  const { filename, owner, createdAt, expiresAt, role = 'media', answers = [] } = entry
  countStored(batch, entry)
  batch.set(keys.file(filename), JSON.stringify(entry))
  batch.zadd(listOf(owner, role), createdAt, filename)
  if (expiresAt === null) batch.zrem(keys.fileExpiry, filename)
  else batch.zadd(keys.fileExpiry, expiresAt, filename)
  for (const digest of answers) {
    if (expiresAt === null) batch.set(keys.answer(digest), filename)
    else batch.set(keys.answer(digest), filename, 'PXAT', expiresAt)
  }
}

const parse = (text: string | null): FileEntry | null => (text === null ? null : (JSON.parse(text) as FileEntry))
