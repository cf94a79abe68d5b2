/** What the worker that started last found out about its yt-dlp: gone a minute and a half after the last worker. */
import type { EngineStatus } from '@video-scraper/contracts'
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

const LIFETIME_SECONDS = 90
const EVERY_MS = 30_000

/** Publishes what `check` says, now and every 30 s until `stop` is called. An outage of Redis is waited out. */
export function keepEngineCheckPublished(redis: Redis, check: () => EngineStatus): { stop(): void } {
  const publish = () =>
    void redis.set(keys.engineCheck, JSON.stringify(check()), 'EX', LIFETIME_SECONDS).catch(() => undefined)
  publish()
  const timer = setInterval(publish, EVERY_MS)
  return { stop: () => clearInterval(timer) }
}

/** Null where no worker lives, or none has finished its check. */
export async function readEngineCheck(redis: Redis): Promise<EngineStatus | null> {
  const text = await redis.get(keys.engineCheck)
  return text === null ? null : (JSON.parse(text) as EngineStatus)
}
