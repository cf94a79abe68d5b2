/** What gateways know of the exits of the workers: countries and sites, and nothing of proxies. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

export interface PublishedExits {
  /** Two capital letters each. */
  readonly countries: readonly string[]
  /** Sites with exits or a rate of their own. */
  readonly sites: readonly string[]
}

const NONE: PublishedExits = { countries: [], sites: [] }
const REPUBLISH_EVERY_MS = 30_000

/**
 * Publishes what `read` says, now and every half minute, so that a change of the file is known within that time. Workers of one
 * service have the same file. An outage of Redis is waited out. It stays when the workers end: jobs are accepted without them.
 */
export function keepExitsPublished(
  redis: Redis,
  read: () => PublishedExits,
  everyMs = REPUBLISH_EVERY_MS,
): { stop(): void } {
  let asking = false
  const publish = async () => {
    // While Redis is away a command waits for it, and more of them would only pile up.
    if (asking) return
    asking = true
    await redis.set(keys.exits, JSON.stringify(read())).catch(() => undefined)
    asking = false
  }
  void publish()
  const timer = setInterval(() => void publish(), everyMs)
  return { stop: () => clearInterval(timer) }
}

export async function readPublishedExits(redis: Redis): Promise<PublishedExits> {
  const text = await redis.get(keys.exits)
  return text === null ? NONE : (JSON.parse(text) as PublishedExits)
}
