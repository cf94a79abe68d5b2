/**
 * Says that a job has changed: its revision grows, and whoever follows it is told. Both happen after the change itself.
 * Who dies in between leaves a change that nobody was told of; followers find it when they look by themselves.
 */
import type { JobKind } from '@video-scraper/contracts'
import { keys } from '@video-scraper/store'
import type { Redis } from 'ioredis'
import { queueKey } from './queues.ts'
import { bindScript } from './script.ts'

// A job whose record was removed at its end must not come back as a hash with nothing but a revision.
const TELL = `
if redis.call('EXISTS', KEYS[1]) == 1 then redis.call('HINCRBY', KEYS[1], 'revision', 1) end
return redis.call('PUBLISH', ARGV[1], '')
`

/** Rejects when Redis does not answer. */
export type TellFollowers = (kind: JobKind, id: string) => Promise<void>

export function createFollowerNews(redis: Redis): TellFollowers {
  const tell = bindScript<number>(redis, 'tellFollowers', TELL)
  return async (kind, id) => void (await tell([queueKey(kind, id)], [keys.changes(id)]))
}
