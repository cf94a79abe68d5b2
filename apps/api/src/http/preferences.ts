/** `Prefer: wait=N` (RFC 7240): how long a client would rather wait than ask again. */
import type { FastifyReply, FastifyRequest } from 'fastify'

/** A longer wait is cut to this: the proxies in front of the gateway give up after it. */
export const WAIT_SECONDS_MAX = 60

/** For requests that are never held: says that a wait which was asked for did not take place (RFC 7240, 4.1 and 3). */
export function answerWithoutWaiting(request: FastifyRequest, reply: FastifyReply): void {
  if (waitPreferenceOf(request) !== null) reply.header('preference-applied', 'respond-async')
}

/** What stands between two commas; a comma within quotes separates nothing. */
const PREFERENCE = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g
const IS_WAIT = /^\s*wait\s*(?:[=;]|$)/i
const WAIT = /^\s*wait\s*=\s*(?:"(\d{1,9})"|(\d{1,9}))\s*(?:;|$)/i

/**
 * The seconds that were asked for, or null. Of several preferences the first `wait` counts, as the RFC says; one that is
 * malformed or 0 is as if it had not been sent, and so is every preference that is not known. A longer one is as long as may be.
 */
export function waitPreferenceOf({ headers }: FastifyRequest): number | null {
  // Node joins several fields of this name with commas.
  const wait = String(headers.prefer ?? '')
    .match(PREFERENCE)
    ?.find((preference) => IS_WAIT.test(preference))
  const [, quoted, plain] = WAIT.exec(wait ?? '') ?? []
  const seconds = Number(quoted ?? plain ?? 0)
  return seconds >= 1 ? Math.min(seconds, WAIT_SECONDS_MAX) : null
}
