/**
 * Says that a job has changed: its revision grows, and whoever follows it is told. Both happen after the change itself.
 * Who dies in between leaves a change that nobody was told of; followers find it when they look by themselves.
 */
import type { JobKind } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

/** Rejects when Redis does not answer. */
export type TellFollowers = (kind: JobKind, id: string) => Promise<void>

export function createFollowerNews(redis: Redis): TellFollowers {
  const tell = bindScript<number>(redis, script('tell-followers'))
  return async (kind, id) => void (await tell([queueKey(kind, id)], [keys.changes(id)]))
}
