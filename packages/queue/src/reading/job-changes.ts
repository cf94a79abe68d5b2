/**
 * Says that a job has changed: its revision grows, and whoever follows it is notified. Both happen after the change itself.
 * Who dies in between leaves a change that nobody was notified of; followers find it when they look by themselves.
 */
import type { JobKind } from '@video-scraper/contracts'
import { bindScript, keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from '../queues.ts'
import { script } from '../scripts.ts'

/** Rejects when Redis does not answer. */
export type PublishChange = (kind: JobKind, id: string) => Promise<void>

export function createFollowerNews(redis: Redis): PublishChange {
  const tell = bindScript<number>(redis, script('publish-change'))
  return async (kind, id) => void (await tell([queueKey(kind, id)], [keys.changes(id)]))
}
