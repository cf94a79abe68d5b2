/** Who is asking: the owner of jobs and files, and the subject of the limits. They are two things (design, section 4). */
import { BlockList, isIP, isIPv6 } from 'node:net'
import type { OwnLimits } from '@video-scraper/store'
import type { FastifyRequest } from 'fastify'

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
  return { owner: ANONYMOUS, limitSubject: limitSubjectOf(address), limits: DEFAULT_LIMITS }
}

/** Whom a connection counts for: the address of the peer itself, before anything is read. */
export const connectionSubjectOf = (remoteAddress = 'local'): string => limitSubjectOf(remoteAddress)

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

/**
 * An IPv4 address as it is, also when it is mapped into IPv6; of an IPv6 address its /64, since a single household has
 * that many.
 */
function limitSubjectOf(address: string): string {
  if (!address.includes(':')) return address
  const [ip = ''] = address.split('%')
  const groups = expand(ip)
  const mapped = groups.slice(0, 5).every((group) => group === 0) && groups[5] === 0xffff
  if (mapped) return [groups[6], groups[7]].map((group = 0) => `${group >> 8}.${group & 0xff}`).join('.')
  return `${groups
    .slice(0, 4)
    .map((group) => group.toString(16))
    .join(':')}::/64`
}

/** The eight groups of an IPv6 address. */
function expand(ip: string): number[] {
  const dotted = /^(.*:)(\d+)\.(\d+)\.(\d+)\.(\d+)$/.exec(ip)
  const plain = dotted ? `${dotted[1]}${hexPair(dotted[2], dotted[3])}:${hexPair(dotted[4], dotted[5])}` : ip
  const [head = '', tail] = plain.split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail === undefined || tail === '' ? [] : tail.split(':')
  const missing = tail === undefined ? 0 : 8 - before.length - after.length
  return [...before, ...Array<string>(missing).fill('0'), ...after].map((group) => Number.parseInt(group, 16))
}

const hexPair = (high = '0', low = '0') => (Number(high) * 256 + Number(low)).toString(16)

/** Parses `TRUST_PROXY`. Throws a sentence that names the first entry that is neither an address nor a CIDR. */
export function parseTrustedProxies(text: string): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  for (const entry of entries) {
    if (!isNetwork(entry)) {
      throw new Error(`TRUST_PROXY: ${entry} is neither an address nor a CIDR such as 10.0.0.0/8.`)
    }
  }
  return entries
}

function isNetwork(entry: string): boolean {
  const [, address = '', bits] = /^([^/]+)(?:\/([1-9]\d{0,2}))?$/.exec(entry) ?? []
  const family = isIPv6(address) ? 'ipv6' : 'ipv4'
  try {
    new BlockList().addSubnet(address, Number(bits ?? 1), family)
    return true
  } catch {
    return false
  }
}
