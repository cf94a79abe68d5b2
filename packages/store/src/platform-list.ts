/** The list of supported platforms, as the workers' yt-dlp knows it. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** What a worker publishes. Nothing here reads the list itself; the gateway serves it as it is. */
export interface PublishedPlatforms {
  ytdlpVersion: string
  platforms: unknown[]
}

export const publishPlatforms = async (redis: Redis, published: PublishedPlatforms): Promise<void> => {
  await redis.set(keys.platforms, JSON.stringify(published))
}

export async function readPlatforms(redis: Redis): Promise<PublishedPlatforms | null> {
  const text = await redis.get(keys.platforms)
  return text === null ? null : (JSON.parse(text) as PublishedPlatforms)
}
