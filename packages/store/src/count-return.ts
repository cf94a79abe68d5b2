/** Takes one back from a counter of @fastify/rate-limit, which itself can only count up. */
import type { Redis } from 'ioredis'
import { bindScript } from './script.ts'
import { script } from './scripts.ts'

export function createCountReturn(redis: Redis): (key: string) => Promise<void> {
  const returnCount = bindScript<number>(redis, script('return-count'))
  return async (key) => void (await returnCount([key], []))
}
