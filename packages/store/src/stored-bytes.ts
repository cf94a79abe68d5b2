/** How much is stored, by owner and in all, and which files are the oldest: counted in the same step as the index. */
import type { FileEntry } from '@video-scraper/contracts'
import type { ChainableCommander, Redis } from 'ioredis'
import { keys } from './keys.ts'
import { script } from './scripts.ts'

export interface StoredBytes {
  /** Of all published files together. */
  total(): Promise<number>
  ofOwner(owner: string): Promise<number>
  /** Names of the files that were published first. */
  oldest(limit: number): Promise<string[]>
  /** Every name that the index knows, in no order; one that is added or dropped meanwhile may be missing or there. */
  everyName(): AsyncIterable<string>
}

export const readStoredBytes = (redis: Redis): StoredBytes => ({
  total: async () => Number((await redis.get(keys.storedBytesInAll)) ?? 0),
  ofOwner: async (owner) => Number((await redis.get(keys.storedBytes(owner))) ?? 0),
  oldest: (limit) => redis.zrange(keys.fileAges, 0, String(limit - 1)),
  everyName: async function* () {
    let cursor = '0'
    do {
      const [next, flat] = await redis.zscan(keys.fileAges, cursor, 'COUNT', 1000)
      // Names and scores take turns.
      yield* flat.filter((_, index) => index % 2 === 0)
      cursor = next
    } while (cursor !== '0')
  },
})

/** A transaction knows no scripts by name. */
const COUNT = script('count-stored-bytes').text

/** Part of the transaction that adds `entry`, before its own entry is written. What its job had claimed is now stored. */
export function countStored(
  batch: ChainableCommander,
  { filename, owner, jobId, sizeBytes, createdAt }: FileEntry,
): void {
  batch.eval(COUNT, 3, keys.file(filename), keys.storedBytes(owner), keys.storedBytesInAll, String(sizeBytes))
  batch.zadd(keys.fileAges, createdAt, filename)
  batch.hdel(keys.ownerClaims(owner), jobId)
}

/** Part of the transaction that drops a file, before its entry is deleted. */
export function uncountStored(batch: ChainableCommander, filename: string, owner: string | null): void {
  const counters = owner === null ? [keys.storedBytesInAll] : [keys.storedBytesInAll, keys.storedBytes(owner)]
  batch.eval(COUNT, 1 + counters.length, keys.file(filename), ...counters, '0')
  batch.zrem(keys.fileAges, filename)
}
