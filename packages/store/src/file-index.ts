/** Which files exist, for whom, and until when. The index follows the library; it can be rebuilt from its sidecars. */
import type { FileEntry } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { newestFirst } from './newest-first.ts'
import { answersOf } from './transaction.ts'

export interface FilePage {
  entries: FileEntry[]
  /** Where the next page begins, or null when there is none. */
  next: string | null
}

export interface FileIndex {
  /** Adds or replaces; repeating it changes nothing. */
  add(entry: FileEntry): Promise<void>
  find(filename: string): Promise<FileEntry | null>
  /** The file that answers a wish (`answerDigest`), the latest of several; null when there is none any more. */
  findAnswer(digest: string): Promise<FileEntry | null>
  /** A file was found to answer a further wish. Kept as long as the file, at most 30 days. */
  addAnswer(digest: string, entry: FileEntry): Promise<void>
  /** An owner's files, newest first. Null when `cursor` is not one of ours. */
  list(owner: string, limit: number, cursor?: string): Promise<FilePage | null>
  /** Drops a file from every list. `owner` is null when even its entry is gone. */
  forget(filename: string, owner: string | null): Promise<void>
  /** Names of files whose time is over. */
  expired(now: number, limit: number): Promise<string[]>
}

/** What a file answers further is in no entry, so nobody removes it with the file. */
const FURTHER_ANSWERS_KEPT_MS = 30 * 86_400_000

export function createFileIndex(redis: Redis): FileIndex {
  const find = async (filename: string) => parse(await redis.get(keys.file(filename)))

  return {
    find,

    async findAnswer(digest) {
      const filename = await redis.get(keys.answer(digest))
      // The name may have been left by a file that is gone. It never becomes another file's: it holds the job's id.
      return filename === null ? null : find(filename)
    },

    async addAnswer(digest, { filename, expiresAt }) {
      const until = Math.min(expiresAt ?? Number.POSITIVE_INFINITY, Date.now() + FURTHER_ANSWERS_KEPT_MS)
      await redis.set(keys.answer(digest), filename, 'PXAT', until)
    },

    async add(entry) {
      const { filename, owner, createdAt, expiresAt, answers = [] } = entry
      const batch = redis.multi().set(keys.file(filename), JSON.stringify(entry))
      batch.zadd(keys.files(owner), createdAt, filename)
      if (expiresAt === null) batch.zrem(keys.fileExpiry, filename)
      else batch.zadd(keys.fileExpiry, expiresAt, filename)
      for (const digest of answers) {
        if (expiresAt === null) batch.set(keys.answer(digest), filename)
        else batch.set(keys.answer(digest), filename, 'PXAT', expiresAt)
      }
      await answersOf(batch.exec())
    },

    async list(owner, limit, cursor) {
      const page = await newestFirst(redis, keys.files(owner), limit, cursor)
      if (page === null) return null
      const texts = page.members.length > 0 ? await redis.mget(page.members.map(keys.file)) : []
      return { entries: texts.map(parse).filter((entry) => entry !== null), next: page.next }
    },

    async forget(filename, owner) {
      const answers = (await find(filename))?.answers ?? []
      const leading = answers.length > 0 ? await redis.mget(answers.map(keys.answer)) : []
      const batch = redis.multi().del(keys.file(filename)).zrem(keys.fileExpiry, filename)
      if (owner !== null) batch.zrem(keys.files(owner), filename)
      // A later file may answer the same wish by now.
      for (const [at, digest] of answers.entries()) if (leading[at] === filename) batch.del(keys.answer(digest))
      await answersOf(batch.exec())
    },

    expired: (now, limit) => redis.zrangebyscore(keys.fileExpiry, 0, now, 'LIMIT', 0, limit),
  }
}

const parse = (text: string | null): FileEntry | null => (text === null ? null : (JSON.parse(text) as FileEntry))
