/** What lies in a Redis, as JSON that every version of Redis can be given again. */

/** Each worker writes it when it starts, and it is longer than all the others together. */
const WRITTEN_AT_START = '{video-scraper}:platforms'
/** Locks, heartbeats and turns: gone before anybody could start the next release. */
const SHORT_LIVED_MS = 60_000

const readers = {
  string: (redis, key) => redis.get(key),
  hash: (redis, key) => redis.hgetall(key),
  list: (redis, key) => redis.lrange(key, 0, -1),
  set: async (redis, key) => (await redis.smembers(key)).sort(),
  zset: (redis, key) => redis.zrange(key, 0, -1, 'WITHSCORES'),
  stream: (redis, key) => redis.xrange(key, '-', '+'),
}

/** By key: `type`, `value`, and `ttlMs` where the key expires. Throws for a type that it does not know. */
export async function redisContents(redis) {
  const contents = {}
  for (const key of (await redis.keys('*')).sort()) {
    if (key === WRITTEN_AT_START) continue
    const [type, ttlMs] = [await redis.type(key), await redis.pttl(key)]
    if (ttlMs >= 0 && ttlMs < SHORT_LIVED_MS) continue
    const read = readers[type]
    if (read === undefined) throw new Error(`${key} is a ${type}, which cannot be recorded.`)
    contents[key] = { type, ...(ttlMs >= 0 && { ttlMs }), value: await read(redis, key) }
  }
  return contents
}
