/**
 * Refuses host names that are not the gateway's own (421), where nobody has to prove who they are. Otherwise a web page
 * could let its own name resolve to 127.0.0.1 (DNS rebinding), and the browser of somebody on this machine would let the
 * page use the gateway.
 */
import { isIPv4 } from 'node:net'
import type { FastifyInstance } from 'fastify'
import { RequestError } from './errors.ts'
import type { PeerTest } from './trusted-peers.ts'

/** `*` in `ALLOWED_HOSTS`: every host name is taken. */
const ALL = '*'

export interface KnownHosts {
  /** As `parseAllowedHosts` returns them. */
  allowed: readonly string[]
  /** `PUBLIC_URL`, or empty. */
  publicUrl: string
  /** Paths that are answered under any name, such as the health checks. */
  isExempt(path: string): boolean
  /** A reverse proxy of ours passes on what names it likes; it is not a browser. */
  isTrustedPeer: PeerTest
}

/** Call it before any other hook answers. A port in `Host` is ignored: a page cannot choose the port of its own name. */
export function refuseUnknownHosts(
  app: FastifyInstance,
  { allowed, publicUrl, isExempt, isTrustedPeer }: KnownHosts,
): void {
  if (allowed.includes(ALL)) return
  const names = new Set([...allowed, ...(publicUrl === '' ? [] : [new URL(publicUrl).hostname])])
  const isKnown = (host: string): boolean => {
    const name = hostNameIn(host)
    return name !== null && (names.has(name) || isLoopbackName(name))
  }
  // The text that was taken last: nearly all requests carry the same one, and parsing it costs as much as routing.
  let latest: string | undefined
  app.addHook('onRequest', (request, _reply, done) => {
    const { host } = request.raw.headers
    // HTTP/1.0 allows a request without a host; no browser sends one.
    if (host === undefined || host === latest) return done()
    if (isExempt(request.url) || isTrustedPeer(request.socket.remoteAddress)) return done()
    if (!isKnown(host)) throw new RequestError('host_not_allowed')
    latest = host
    done()
  })
}

/** Parses `ALLOWED_HOSTS`. Throws a sentence that names the first entry that is neither a host name nor `*`. */
export function parseAllowedHosts(text: string): string[] {
  const entries = text
    .split(',')
    .map((entry) => entry.trim())
    .filter((entry) => entry !== '')
  return entries.map((entry) => {
    const name = entry === ALL ? ALL : hostNameIn(entry)
    if (name !== null && !/:\d+$/.test(entry)) return name
    throw new Error(`ALLOWED_HOSTS: ${entry} is neither a host name such as video.example.com, without a port, nor *.`)
  })
}

/** The name as a browser writes it: lower case, without a final dot, addresses in their shortest form. */
function hostNameIn(host: string): string | null {
  // Whatever could end the host in an address, or stand before it, makes it none.
  if (/[\s/?#@\\]/.test(host) || !URL.canParse(`http://${host}`)) return null
  const { hostname } = new URL(`http://${host}`)
  return hostname.endsWith('.') ? hostname.slice(0, -1) : hostname
}

/** RFC 6761, 6.3: every name that ends in `.localhost` is this machine. Browsers do not ask DNS for them. */
const isLoopbackName = (name: string): boolean =>
  name === 'localhost' || name.endsWith('.localhost') || name === '[::1]' || (isIPv4(name) && name.startsWith('127.'))
