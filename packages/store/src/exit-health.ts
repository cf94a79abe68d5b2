/** Which exits are avoided for a while: for one site that asked whether this is a bot, or for every site where it does not answer. */
import type { Redis } from 'ioredis'
import { keys } from './keys.ts'

/** An exit that does not connect is tried again soon: it may have been restarted. */
const UNREACHABLE_MS = 60_000
/** Blocks of an address last about an hour; some are lifted sooner. */
const BOT_CHECKED_MS = 30 * 60_000

/** What is known of an exit and a site. */
export interface ExitState {
  readonly unreachable: boolean
  readonly botChecked: boolean
}

export interface ExitHealth {
  /** `exits`: their digests. In the same order. */
  read(exits: readonly string[], site: string): Promise<ExitState[]>
  unreachable(exit: string): Promise<void>
  botChecked(exit: string, site: string): Promise<void>
}

/** No site has this name. */
const EVERY_SITE = '*'

export function createExitHealth(redis: Redis): ExitHealth {
  return {
    async read(exits, site) {
      if (exits.length === 0) return []
      const found = await redis.mget(
        exits.flatMap((exit) => [keys.exitAvoided(exit, EVERY_SITE), keys.exitAvoided(exit, site)]),
      )
      return exits.map((_, at) => ({ unreachable: found[2 * at] != null, botChecked: found[2 * at + 1] != null }))
    },
    unreachable: async (exit) => void (await redis.set(keys.exitAvoided(exit, EVERY_SITE), '1', 'PX', UNREACHABLE_MS)),
    botChecked: async (exit, site) => void (await redis.set(keys.exitAvoided(exit, site), '1', 'PX', BOT_CHECKED_MS)),
  }
}
