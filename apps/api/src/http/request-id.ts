/** Every request has an id, in its answer and in the log lines of both processes. */
import { randomUUID } from 'node:crypto'
import type { IncomingMessage } from 'node:http'

/** Takes the client's `X-Request-Id` if it looks like one, and makes one otherwise. */
export function requestIdOf({ headers }: IncomingMessage): string {
  const given = headers['x-request-id']
  return typeof given === 'string' && /^[\w-]{8,64}$/.test(given) ? given : randomUUID()
}
