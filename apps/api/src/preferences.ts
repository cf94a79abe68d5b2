/** `Prefer: wait=N` (RFC 7240): how long a client would rather wait than ask again. */
import type { FastifyRequest } from 'fastify'

/** A longer wait is not honoured: the proxies in front of the gateway give up before. */
export const WAIT_SECONDS_MAX = 60

/** What stands between two commas; a comma within quotes separates nothing. */
const PREFERENCE = /(?:[^,"]|"(?:[^"\\]|\\.)*"?)+/g
const IS_WAIT = /^\s*wait\s*(?:[=;]|$)/i
const WAIT = /^\s*wait\s*=\s*(?:"(\d{1,9})"|(\d{1,9}))\s*(?:;|$)/i

/**
 * The seconds that were asked for, or null. Of several preferences the first `wait` counts, as the RFC says; one that is
 * malformed or out of range is as if it had not been sent, and so is every preference that is not known.
 */
export function waitPreferenceOf({ headers }: FastifyRequest): number | null {
  // Node joins several fields of this name with commas.
  const wait = String(headers.prefer ?? '')
    .match(PREFERENCE)
    ?.find((preference) => IS_WAIT.test(preference))
  const [, quoted, plain] = WAIT.exec(wait ?? '') ?? []
  const seconds = Number(quoted ?? plain ?? 0)
  return seconds >= 1 && seconds <= WAIT_SECONDS_MAX ? seconds : null
}
