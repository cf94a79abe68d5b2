/** Begins one HTTP request of our own to a target that a stranger named: checked, and connected to the checked address. */
import { type ClientRequest, request as httpRequest, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { type CheckedAddress, lookupOf } from './checked-address.ts'
import { withoutBrackets } from './host-name.ts'
import { joinedSocket } from './joined-socket.ts'
import { SafeFetchError } from './safe-fetch-error.ts'
import type { TargetPolicy } from './target-policy.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

export interface Target {
  readonly url: URL
  readonly port: number
  readonly addresses: readonly CheckedAddress[]
}

/** Only http and https, without user names in the URL. Rejects with a SafeFetchError, or with the reason of the signal. */
export async function checkedTarget(check: TargetPolicy['check'], text: string, stop: AbortSignal): Promise<Target> {
  const url = URL.canParse(text) ? new URL(text) : null
  const ports: Readonly<Record<string, number>> = { 'http:': 80, 'https:': 443 }
  const usual = url ? ports[url.protocol] : undefined
  if (!url || !usual || url.username || url.password) throw new SafeFetchError('blocked_target')
  const port = Number(url.port || usual)
  const decision = await Promise.race([check(url.hostname, port), rejection(stop)])
  if (!decision.allowed) throw new SafeFetchError('blocked_target')
  return { url, port, addresses: decision.addresses }
}

/** A resolver cannot be cancelled, but need not be waited for. */
const rejection = (signal: AbortSignal): Promise<never> =>
  new Promise((_, reject) => {
    if (signal.aborted) reject(signal.reason)
    else signal.addEventListener('abort', () => reject(signal.reason), { once: true })
  })

interface Message {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  /** Says the length of the body. Not given: the headers do. */
  readonly body?: string | Uint8Array
  readonly signal: AbortSignal
  readonly certificateAuthorities?: readonly string[]
  readonly upstream?: UpstreamProxy | null
}

/** The body is for the caller to send. */
export function beginRequest({ url, port, addresses }: Target, message: Message): ClientRequest {
  const bare = withoutBrackets(url.hostname)
  const [first] = addresses
  const options: RequestOptions & { servername?: string; ca?: string[] } = {
    method: message.method ?? 'GET',
    // A literal is not looked up, so it is given as it was checked. A name keeps its name, for its certificate.
    host: isIP(bare) && first ? first.address : bare,
    port,
    path: `${url.pathname}${url.search}`,
    headers: {
      ...message.headers,
      Host: url.host,
      ...(message.body !== undefined && { 'Content-Length': Buffer.byteLength(message.body) }),
    },
    lookup: lookupOf(addresses),
    ...(message.upstream && first
      ? { createConnection: through(message.upstream, { address: first, port, signal: message.signal }) }
      : { agent: false }),
    signal: message.signal,
    protocol: url.protocol,
    ...(isIP(bare) ? {} : { servername: bare.replace(/(?<!\.)\.+$/, '') }),
    ...(message.certificateAuthorities && { ca: [...message.certificateAuthorities] }),
  }
  return url.protocol === 'https:' ? httpsRequest(options) : httpRequest(options)
}

type Connect = NonNullable<RequestOptions['createConnection']>

/** Node asks for a connection and is given one later. TLS begins only behind the proxy, with the target. */
const through =
  (
    upstream: UpstreamProxy,
    { signal, ...target }: { address: CheckedAddress; port: number; signal: AbortSignal },
  ): Connect =>
  (options, ready) => {
    const secure = options.protocol === 'https:'
    joinedSocket(upstream, target, signal).then(
      (socket) => {
        ready(null, secure ? connectTls({ ...options, socket } as ConnectionOptions) : socket)
        // It was paused so that nothing is lost; the next tick, in which it flows, has a listener first.
        if (!secure) socket.resume()
      },
      (error: Error) => ready(error, undefined as never),
    )
    return undefined
  }
