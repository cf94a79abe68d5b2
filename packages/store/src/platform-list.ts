/** The list of supported platforms, as the workers' yt-dlp knows it. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** What a worker publishes. Nothing here reads the list itself; the gateway serves it as it is. */
export interface PublishedPlatforms {
  ytdlpVersion: string
  platforms: unknown[]
}

const REPUBLISH_EVERY_MS = 30_000

/**
 * Publishes the list now, and again within half a minute where Redis has lost it. Of workers with different versions of
 * yt-dlp the one that started last has its list there. An outage of Redis is waited out.
 */
export function keepPlatformsPublished(
  redis: Redis,
  published: PublishedPlatforms,
  everyMs = REPUBLISH_EVERY_MS,
): { stop(): void } {
  const text = JSON.stringify(published)
  let asking = false
  const publishWhereMissing = async () => {
    // While Redis is away a command waits for it, and more of them would only pile up.
    if (asking) return
    asking = true
    await redis.set(keys.platforms, text, 'NX').catch(() => undefined)
    asking = false
  }
  void redis.set(keys.platforms, text).catch(() => undefined)
  const timer = setInterval(() => void publishWhereMissing(), everyMs)
  return { stop: () => clearInterval(timer) }
}

export async function readPlatforms(redis: Redis): Promise<PublishedPlatforms | null> {
  const text = await redis.get(keys.platforms)
  return text === null ? null : (JSON.parse(text) as PublishedPlatforms)
}
