/**
 * Drops slots that nobody released: a worker or a gateway was killed at that moment, or Redis lost the release. They are
 * also dropped at their client's next refusal, but a client that never comes back would leave them.
 */
import { jobKinds } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'
import { PLACE_GRACE_MS, slotHolders } from './slots.ts'

/** Keys that Redis looks at for one answer. */
const KEYS_PER_PAGE = 1000

/** Resolves to how many slots were dropped. Walks through the names of all keys, so it is not for every round. */
export function createPlacePruner(redis: Redis): () => Promise<number> {
  const prune = bindScript<number>(redis, script('prune-finished-slots'))

  async function pruneMatching(
    set: 'slots' | 'unfinished',
    pattern: string,
    prefixes: readonly string[],
  ): Promise<number> {
    let dropped = 0
    let cursor = '0'
    do {
      const [next, sets] = await redis.scan(cursor, 'MATCH', pattern, 'COUNT', KEYS_PER_PAGE)
      for (const name of sets) dropped += await prune([name], [PLACE_GRACE_MS, set, ...prefixes])
      cursor = next
    } while (cursor !== '0')
    return dropped
  }

  return async () => {
    let dropped = await pruneMatching('slots', keys.slots('*'), slotHolders)
    for (const kind of jobKinds) {
      dropped += await pruneMatching('unfinished', keys.unfinished(kind, '*'), [queueKey(kind, '')])
    }
    return dropped
  }
}
