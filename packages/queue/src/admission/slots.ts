/** How many unfinished jobs a client may have: its slots among the downloads, and its waiting jobs. */
import { type JobKind, kinds } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'

/**
 * A place is taken before its job is made. One without a job belongs to a POST on its way for this long, in milliseconds;
 * after that nobody makes the job any more, and the place is dropped at the client's next refusal.
 */
export const PLACE_GRACE_MS = 10_000

/** Counts the job against no limit of its client any more. Repeating it changes nothing. */
export type ReleaseSlots = (kind: JobKind, limitSubject: string, id: string) => Promise<void>

export const createRelease =
  (redis: Redis): ReleaseSlots =>
  async (kind, limitSubject, id) => {
    await Promise.all([
      kinds[kind].holdsSlot ? redis.zrem(keys.slots(limitSubject), id) : undefined,
      redis.zrem(keys.unfinished(kind, limitSubject), id),
    ])
  }
