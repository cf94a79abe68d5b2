/** Which errors say that Redis cannot do its work now: it refuses commands, does not answer, or cannot be reached. */

/** The first word of a refusal that ends by itself, or by an operator (Redis's own error prefixes). */
const REFUSALS = [
  'BUSY',
  'CLUSTERDOWN',
  'LOADING',
  'MASTERDOWN',
  'MISCONF',
  'NOREPLICAS',
  'OOM',
  'READONLY',
  'TRYAGAIN',
  'UNBLOCKED',
]
/** Redis before 7.0 puts sentences in front of what a script met. */
const REFUSAL = new RegExp(`^-?(?:${REFUSALS.join('|')})\\b|^ERR .*: -(?:${REFUSALS.join('|')})\\b`)

/** ioredis's own errors, by name; and those that have only a sentence. */
const CLIENT_ERRORS = new Set(['MaxRetriesPerRequestError', 'ClusterAllFailedError'])
const CLIENT_SENTENCES = new Set([
  'Connection is closed.',
  'Command timed out',
  "Stream isn't writeable and enableOfflineQueue options is false",
])

/**
 * True for an outage; false for a command that is wrong in itself, and for every error that is not Redis's. A failed
 * connection has no name of its own (ECONNREFUSED may be a video site's), so it is known only by who reports it.
 */
export function isRedisOutage(error: unknown): boolean {
  if (typeof error !== 'object' || error === null) return false
  const { name, message, previousErrors } = error as Partial<Error> & { previousErrors?: unknown[] }
  if (typeof message !== 'string') return false
  // A transaction says only that a command of it was refused; ioredis keeps the refusals.
  if (message.startsWith('EXECABORT')) return previousErrors?.some(isRedisOutage) ?? false
  return CLIENT_ERRORS.has(name ?? '') || CLIENT_SENTENCES.has(message) || REFUSAL.test(message)
}

/** Causes are followed this far: a circle of them must end. */
const CAUSES_MAX = 8

/** The same for an error that others have wrapped on its way: one of its causes is an outage. */
export function isCausedByRedisOutage(error: unknown): boolean {
  let link = error
  for (let depth = 0; depth < CAUSES_MAX && typeof link === 'object' && link !== null; depth += 1) {
    if (isRedisOutage(link)) return true
    link = (link as { cause?: unknown }).cause
  }
  return false
}
