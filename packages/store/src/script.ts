/** Lua that runs in Redis: what must happen at once happens in one script. The texts are files (decision record 0035). */
import { readFileSync } from 'node:fs'
import type { Redis } from 'ioredis'

export interface LuaScript {
  name: string
  /** What it includes, then the script itself. */
  text: string
}

/** A script bound to a connection. Keys first, then arguments. */
export type Script<Answer> = (keys: string[], args: (string | number)[]) => Promise<Answer>

/** A line in the header of a file names the files whose functions it uses. */
const INCLUDES = /^Includes: (.+)$/m

/** Reads the scripts of a folder by name. Throws where a file is missing, or one that it includes. */
export function scriptsIn(folder: URL): (name: string) => LuaScript {
  const textOf = (name: string) => readFileSync(new URL(`${name}.lua`, folder), 'utf8')

  /** Adds a file after those that it includes, each of them once. */
  function collect(name: string, texts: Map<string, string>): Map<string, string> {
    if (texts.has(name)) return texts
    const text = textOf(name)
    for (const included of INCLUDES.exec(text)?.[1]?.split(', ') ?? []) collect(included, texts)
    return texts.set(name, text)
  }
  return (name) => ({ name, text: [...collect(name, new Map()).values()].join('\n') })
}

/**
 * Teaches `redis` a script under its name. ioredis sends its digest and falls back to the text when Redis has forgotten it
 * (after a restart). Answers come back as Lua gave them; `Answer` states what the script returns.
 */
export function bindScript<Answer>(redis: Redis, { name, text }: LuaScript): Script<Answer> {
  redis.defineCommand(name, { lua: text })
  const commands = redis as unknown as Record<string, (...parameters: unknown[]) => Promise<Answer>>
  return async (keys, args) => {
    const command = commands[name]
    if (!command) throw new Error(`The script ${name} could not be defined.`)
    return command.call(redis, keys.length, ...keys, ...args)
  }
}
