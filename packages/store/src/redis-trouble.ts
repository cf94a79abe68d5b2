/** Tells an error of the Redis server, or of the way to it, from every other error. */

/** Causes are followed this far: errors are wrapped on their way, and a circle must end. */
const CAUSES_MAX = 8

/** What ioredis throws when it could not ask. */
const NOT_ASKED = /^(Connection is closed|Command timed out|Reached the max retries|Stream isn't writeable)/
const NOT_ASKED_NAMES: readonly unknown[] = ['MaxRetriesPerRequestError', 'AbortError', 'ClusterAllFailedError']

/** What the server answers when the command itself is wrong: a bug of ours, which would be answered the same for ever. */
const WRONG_COMMAND = /^(ERR|WRONGTYPE|NOSCRIPT|CROSSSLOT)\b/
/** States of the server that come as `ERR`: Redis before 7 wraps what a command inside a script was answered. */
const STATE_INSIDE = /-(OOM|MISCONF|READONLY|LOADING|NOREPLICAS|MASTERDOWN|CLUSTERDOWN|BUSY)\b|max number of clients/

/**
 * Whether the error says something about Redis and nothing about what was asked of it: it is full (`OOM`), cannot write
 * (`MISCONF`, `READONLY`), is starting (`LOADING`), is cut off, or is away. The same command may work a moment later. The
 * causes of an error are looked at as well.
 */
export function isRedisTrouble(error: unknown): boolean {
  let link = error
  for (let depth = 0; depth < CAUSES_MAX && typeof link === 'object' && link !== null; depth += 1) {
    const { name, message, cause } = link as { name?: unknown; message?: unknown; cause?: unknown }
    const text = String(message)
    if (NOT_ASKED_NAMES.includes(name) || NOT_ASKED.test(text)) return true
    if (name === 'ReplyError' && (!WRONG_COMMAND.test(text) || STATE_INSIDE.test(text))) return true
    link = cause
  }
  return false
}
