/**
 * What was found out about an address lately, so that nobody asks a source twice within minutes: the answer of an info
 * job, and yt-dlp's own record for a download that follows. Shared by all owners, since nothing of a client's goes into
 * either. Losing it costs a second look at the source and nothing else.
 */
import type { VideoInfo, WarningCode } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'
import { type JobRequest, sourceDigest } from './request-digest.ts'

/** Bounds what all of them take in Redis: an answer has at most 64 KiB, a record at most 128 (`ytdlp/python/extraction.py`). */
const ENTRIES_MAX = 300

export interface StoredExtraction {
  readonly info: VideoInfo
  /** Epoch milliseconds. */
  readonly extractedAt: number
  /** yt-dlp's record, packed by the engine; null where it was too large. Holds cookies and headers: never for a client. */
  readonly record: Buffer | null
  /** What the look could not have; whoever is given the answer is reported. */
  readonly warnings: readonly WarningCode[]
  /** Of the yt-dlp that looked. Undefined in what earlier releases kept. */
  readonly ytdlpVersion?: string | undefined
}

/** The address, and what of a job changes how it is asked. */
export type Source = Omit<JobRequest, 'owner'>

export interface ExtractionStore {
  /**
   * The same for one way to the source. What a source says, and which media addresses it gives out, depend on where it is asked
   * from: what was found out by another way is neither found nor used. `way` names it and holds no secret.
   */
  through(way: string): ExtractionStore
  find(source: Source): Promise<Omit<StoredExtraction, 'record'> | null>
  findRecord(source: Source): Promise<(Omit<StoredExtraction, 'info' | 'record'> & { readonly record: Buffer }) | null>
  keep(source: Source, extraction: StoredExtraction): Promise<void>
  forget(source: Source): Promise<void>
}

interface ExtractionStoreOptions {
  /** Names yt-dlp's version and everything else that makes its answers. What another one left is not used. */
  readonly engine: () => string
  /** In milliseconds, above 0. */
  readonly lifetimeMs: number
}

/** There while something is known about the address. The URL is in its canonical spelling. */
export const extractionKey = (source: Source): string => keys.extraction(sourceDigest(source))

export function createExtractionStore(redis: Redis, { engine, lifetimeMs }: ExtractionStoreOptions): ExtractionStore {
  return {
    through: (way) => createExtractionStore(redis, { engine: () => `${engine()} ${way}`, lifetimeMs }),

    async find(source) {
      const key = extractionKey(source)
      const fields = ['engine', 'extractedAt', 'info', 'warnings', 'ytdlpVersion']
      const [of, extractedAt, info, warnings, version] = await redis.hmget(key, ...fields)
      if (of !== engine() || !extractedAt || !info) return null
      return {
        info: JSON.parse(info) as VideoInfo,
        extractedAt: Number(extractedAt),
        warnings: codesIn(warnings),
        ...(version && { ytdlpVersion: version }),
      }
    },

    async findRecord(source) {
      const fields = ['engine', 'record', 'warnings', 'extractedAt']
      const [of, record, warnings, extractedAt] = await redis.hmgetBuffer(extractionKey(source), ...fields)
      if (of?.toString() !== engine() || !record || !extractedAt) return null
      return { record, warnings: codesIn(warnings?.toString()), extractedAt: Number(extractedAt.toString()) }
    },

    async keep(source, { info, extractedAt, record, warnings, ytdlpVersion }) {
      const key = extractionKey(source)
      const fields = {
        engine: engine(),
        extractedAt,
        info: JSON.stringify(info),
        warnings: JSON.stringify(warnings),
        ...(ytdlpVersion !== undefined && { ytdlpVersion }),
      }
      const now = Date.now()
      const results = await redis
        .multi()
        .del(key)
        .hset(key, record === null ? fields : { ...fields, record })
        .pexpire(key, lifetimeMs)
        .zadd(keys.extractions, now, key)
        .zremrangebyscore(keys.extractions, '-inf', now - lifetimeMs)
        .pexpire(keys.extractions, lifetimeMs)
        .zrange(keys.extractions, '0', String(-1 - ENTRIES_MAX))
        .exec()
      const [error, oldest] = results?.at(-1) ?? []
      if (error) throw error
      const surplus = oldest as string[]
      if (surplus.length > 0) await redis.multi().del(surplus).zrem(keys.extractions, surplus).exec()
    },

    async forget(source) {
      await redis.del(extractionKey(source))
    },
  }
}

/** What an earlier release kept says nothing of warnings. */
const codesIn = (warnings: string | null | undefined): WarningCode[] =>
  warnings ? (JSON.parse(warnings) as WarningCode[]) : []
