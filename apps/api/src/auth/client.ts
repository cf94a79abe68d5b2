/** Who is asking: the owner of jobs and files, and the subject of the limits. They are two things: an owner is a key, which may have many addresses. */
import { isIP } from 'node:net'
import type { OwnLimits } from '@video-scraper/store'
import type { FastifyRequest } from 'fastify'
import { householdOf, isAddressRange } from '../http/address-ranges.ts'

export interface Client {
  /** Whom jobs and files belong to: the id of the API key. Without keys everybody is the same `anonymous`. */
  owner: string
  /** Against whose limits a request counts: the id of the API key, or the address. */
  limitSubject: string
  /** What the API key says about its limits; null is the default of the service, 0 is no limit. */
  limits: Readonly<OwnLimits>
}

const ANONYMOUS = 'anonymous'
const DEFAULT_LIMITS: OwnLimits = { requestsPerMinute: null, unfinishedDownloads: null, storageBytes: null }

/** The one place that says who is asking. */
export function clientOf(request: FastifyRequest): Client {
  const { apiKey } = request
  if (apiKey !== null) return { owner: apiKey.id, limitSubject: apiKey.id, limits: apiKey.limits }
  const address = addressIn(request.ip) ?? request.socket.remoteAddress ?? 'local'
  return { owner: ANONYMOUS, limitSubject: householdOf(address), limits: DEFAULT_LIMITS }
}

/** Whom a connection counts for: the address of the peer itself, before anything is read. */
export const connectionSubjectOf = (remoteAddress = 'local'): string => householdOf(remoteAddress)

/** The client's address, without a zone; null when a trusted proxy forwarded something that is none. */
export const addressOf = (request: FastifyRequest): string | null =>
  addressIn(request.ip)
    ?.split('%', 1)[0]
    ?.replace(/^::ffff:(?=\d+(\.\d+){3}$)/i, '') ?? null

/** What a proxy forwards may carry a port, or be no address at all: everybody behind the proxy is then one client. */
function addressIn(forwarded: string | undefined): string | null {
  const [, bracketed, dotted] = /^(?:\[([^\]]+)\](?::\d+)?|(\d+(?:\.\d+){3}):\d+)$/.exec(forwarded ?? '') ?? []
  const address = bracketed ?? dotted ?? forwarded ?? ''
  return isIP(address) === 0 ? null : address
}

/** Parses `TRUST_PROXY`. Throws a sentence that names the first entry that is neither an address nor a CIDR. */
export function parseTrustedProxies(text: string): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  for (const entry of entries) {
    // A range of no bits would let every client say which address it has.
    if (!isAddressRange(entry) || entry.endsWith('/0')) {
      throw new Error(`TRUST_PROXY: ${entry} is neither an address nor a CIDR such as 10.0.0.0/8.`)
    }
  }
  return entries
}
