/**
 * What the gateway does when it has many connections: one address gets at most its share of them, and when few are left,
 * connections that nobody uses are let go sooner.
 */
import { existsSync, readFileSync } from 'node:fs'
import type { Server } from 'node:http'
import type { Socket } from 'node:net'
import { connectionSubjectOf } from '../auth/client.ts'
import type { PeerTest } from './trusted-peers.ts'

/** From this share of all connections on, an unused one is kept for a short time only. */
const CROWDED = 0.8
const KEEP_ALIVE_CROWDED_MS = 1000

export interface CrowdLimits {
  /** All connections together. */
  inAll: number
  /** Per address, an IPv6 /64 being one; 0 for no limit. */
  perAddress: number
  /** Peers that speak for many clients: reverse proxies, and the address under which Docker passes on connections. */
  isExempt: PeerTest
  /** Called for an address that has its share, at most once a minute. */
  onRefused(address: string): void
}

const TELL_EVERY_MS = 60_000

/** A connection beyond the share of its address is closed before anything is read from it. */
export function limitConnections(server: Server, { inAll, perAddress, isExempt, onRefused }: CrowdLimits): void {
  const open = new Set<Socket>()
  const shares = createShares(perAddress === 0 ? Number.POSITIVE_INFINITY : perAddress)
  const { keepAliveTimeout } = server
  let reported = Number.NEGATIVE_INFINITY
  const tell = (address = 'unknown') => {
    if (performance.now() - reported < TELL_EVERY_MS) return
    reported = performance.now()
    onRefused(address)
  }
  const adaptKeepAlive = () => {
    const isCrowded = open.size >= inAll * CROWDED
    // For the answers from now on; connections that already wait for another request are closed here.
    if (isCrowded && server.keepAliveTimeout === keepAliveTimeout) server.closeIdleConnections()
    server.keepAliveTimeout = isCrowded ? KEEP_ALIVE_CROWDED_MS : keepAliveTimeout
  }

  // First of all listeners, so that a connection that is refused is nobody's.
  server.prependListener('connection', (socket: Socket) => {
    const { remoteAddress } = socket
    // Node's own limit does not see the connections of the second listener (`listen.ts`).
    if (open.size >= inAll) return socket.destroy()
    const release = isExempt(remoteAddress) ? () => undefined : shares.take(connectionSubjectOf(remoteAddress))
    if (release === null) {
      tell(remoteAddress)
      return socket.destroy()
    }
    open.add(socket)
    adaptKeepAlive()
    return socket.once('close', () => {
      open.delete(socket)
      release()
      adaptKeepAlive()
    })
  })
}

/** Counts for each subject; `take` returns what gives one back, or null for one too many. */
function createShares(most: number) {
  const held = new Map<string, number>()
  return {
    take(subject: string): (() => void) | null {
      const count = held.get(subject) ?? 0
      if (count >= most) return null
      held.set(subject, count + 1)
      return () => {
        const left = (held.get(subject) ?? 1) - 1
        if (left === 0) held.delete(subject)
        else held.set(subject, left)
      }
    },
  }
}

/**
 * The gateway of the network of this container, from whose address Docker passes on what comes through a published port;
 * null outside of Docker. A line of /proc/net/route is the name of the interface, then destination and gateway as hexadecimal
 * bytes in the order of the machine.
 */
export function dockerGateway(
  isInDocker = () => existsSync('/.dockerenv') || existsSync('/run/.containerenv'),
  routes = () => readFileSync('/proc/net/route', 'utf8'),
): string | null {
  if (!isInDocker()) return null
  const [, bytes] = /^\S+\t00000000\t([0-9A-F]{8})\t/m.exec(routes()) ?? []
  return bytes === undefined ? null : [...Buffer.from(bytes, 'hex')].reverse().join('.')
}
