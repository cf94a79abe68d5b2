/** Takes one back from a counter of @fastify/rate-limit, which itself can only count up. */
import type { Redis } from 'ioredis'

/** A counter whose window is over does not come back, since it would have no end; nor does it fall below nothing. */
const RETURN_ONE = `
if tonumber(redis.call('GET', KEYS[1]) or '0') > 0 then redis.call('DECR', KEYS[1]) end
return 0
`

type WithCommand = Redis & { returnCount(key: string): Promise<number> }

export function createCountReturn(redis: Redis): (key: string) => Promise<void> {
  redis.defineCommand('returnCount', { numberOfKeys: 1, lua: RETURN_ONE })
  return async (key) => void (await (redis as WithCommand).returnCount(key))
}
