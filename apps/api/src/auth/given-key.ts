/** Reads the key that a request carries: `Authorization: Bearer KEY`, or `X-API-Key: KEY`. */
import type { IncomingHttpHeaders } from 'node:http'
import { contradictingKeys } from './key-refusals.ts'

/**
 * Null when there is none. Another scheme of `Authorization` is none: a reverse proxy may use one for itself. Throws 400
 * when the two headers carry different keys, as nobody can tell which one was meant.
 */
export function givenKey({ authorization = '', 'x-api-key': header }: IncomingHttpHeaders): string | null {
  const [, bearer] = /^bearer +(\S.*)$/i.exec(authorization.trim()) ?? []
  const plain = typeof header === 'string' && header.trim() !== '' ? header.trim() : undefined
  if (bearer !== undefined && plain !== undefined && bearer !== plain) throw contradictingKeys()
  return bearer ?? plain ?? null
}
