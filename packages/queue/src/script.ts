/** Runs Lua in Redis: what must happen at once happens in one script. */
import type { Redis } from 'ioredis'

/** A script bound to a connection. Keys first, then arguments. */
export type Script<Answer> = (keys: string[], args: (string | number)[]) => Promise<Answer>

/**
 * Teaches `redis` a script under `name`. ioredis sends its digest and falls back to the text when Redis has forgotten it
 * (after a restart). Answers come back as Lua gave them; `Answer` states what the script returns.
 */
export function bindScript<Answer>(redis: Redis, name: string, lua: string): Script<Answer> {
  redis.defineCommand(name, { lua })
  const command = (redis as unknown as Record<string, (...parameters: unknown[]) => Promise<Answer>>)[name]
  if (!command) throw new Error(`The script ${name} could not be defined.`)
  return (keys, args) => command.call(redis, keys.length, ...keys, ...args)
}
