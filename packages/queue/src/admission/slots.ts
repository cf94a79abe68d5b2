/** How many unfinished jobs a client may have: its slots among the downloads and playlists, and its waiting jobs. */
import { type JobEnvelope, type JobKind, jobKinds, kinds } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'

/**
 * A place is taken before its job is made. One without a job belongs to a POST on its way for this long, in milliseconds;
 * after that nobody makes the job any more, and the place is dropped at the client's next refusal.
 */
export const PLACE_GRACE_MS = 10_000

/** Jobs of these kinds hold a slot, and the set of slots has ids of all of them. */
const holdingKinds = jobKinds.filter((kind) => kinds[kind].holdsSlot)

/** What BullMQ's keys of their queues begin with. */
export const slotHolders: readonly string[] = holdingKinds.map((kind) => queueKey(kind, ''))

/** What a playlist has made holds none: the playlist holds one for all of them. */
export const holdsSlot = ({ kind, parent }: Pick<JobEnvelope, 'kind' | 'parent'>): boolean =>
  parent === undefined && kinds[kind].holdsSlot

/** Counts the job against limits of its client no more. Repeating it changes nothing. */
export type ReleaseSlots = (kind: JobKind, limitSubject: string, id: string) => Promise<void>

/** Frees the slot alone, for a job whose time is over: it counts as a waiting job of its client until a worker has drained it. */
export const createSlotRelease =
  (redis: Redis): ReleaseSlots =>
  async (kind, limitSubject, id) => {
    if (kinds[kind].holdsSlot) await redis.zrem(keys.slots(limitSubject), id)
  }

export const createRelease =
  (redis: Redis): ReleaseSlots =>
  async (kind, limitSubject, id) => {
    await Promise.all([
      kinds[kind].holdsSlot ? redis.zrem(keys.slots(limitSubject), id) : undefined,
      redis.zrem(keys.unfinished(kind, limitSubject), id),
    ])
  }
