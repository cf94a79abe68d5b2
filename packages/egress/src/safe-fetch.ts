/** One HTTP request of our own to a target that a stranger named: checked, to the checked address, and bounded. */
import { type ClientRequest, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { request as httpsRequest } from 'node:https'
import { isIP } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { type CheckedAddress, lookupOf } from './checked-address.ts'
import { withoutBrackets } from './host-name.ts'
import { joinedSocket } from './joined-socket.ts'
import type { Requester } from './name-resolver.ts'
import { HostNotFound, type TargetPolicy } from './target-policy.ts'
import type { UpstreamProxy } from './upstream-proxy.ts'

interface SafeFetchOptions {
  readonly policy: TargetPolicy
  /** Through which the connection is made; default: none. */
  readonly upstream?: UpstreamProxy | null
  /** Milliseconds for the whole exchange, from resolving the name to the last byte that is kept. */
  readonly timeoutMs: number
  /** How much of the answer's body is kept; what goes beyond is not read. */
  readonly maxBytes: number
  /** Authorities (PEM) to trust instead of those that come with Node, such as an operator's own. */
  readonly certificateAuthorities?: readonly string[]
}

export interface SafeFetchRequest {
  readonly method?: string
  readonly headers?: Readonly<Record<string, string>>
  readonly body?: string | Uint8Array
  readonly signal?: AbortSignal
  /** Whose share of names being resolved is used; default: one that is common to all who do not say. */
  readonly requester?: Requester
}

export interface SafeFetchReply {
  readonly status: number
  readonly headers: IncomingMessage['headers']
  readonly body: Buffer
  /** The body went beyond `maxBytes`, and this is its beginning. */
  readonly truncated: boolean
}

/** Each way to fail, with a sentence that may be shown: it names no address and repeats nothing that the target said. */
const failures = {
  blocked_target: 'The target is not allowed.',
  host_not_found: 'The name of the target could not be resolved.',
  timeout: 'The target did not answer in time.',
  unreachable: 'The target could not be reached.',
  bad_certificate: 'The certificate of the target is not valid for it.',
  bad_response: 'The target did not answer in HTTP.',
} as const satisfies Record<string, string>

/** The request has no answer. `cause` is for the log alone, as it may hold addresses. */
export class SafeFetchError extends Error {
  override readonly name = 'SafeFetchError'
  readonly code: keyof typeof failures

  constructor(code: keyof typeof failures, options?: ErrorOptions) {
    super(failures[code], options)
    this.code = code
  }
}

export type SafeFetch = (url: string, request?: SafeFetchRequest) => Promise<SafeFetchReply>

/**
 * Makes the function. It follows no redirect (a 3xx is a reply like others), keeps no connection, and asks the policy
 * each time, so that a name that changes its answer is checked again and reached nowhere else. Only http and https,
 * without user names in the URL. Rejects with SafeFetchError, with
 * the signal's reason where that was aborted, or with TypeError for headers that cannot be sent.
 */
export function createSafeFetch({ policy, timeoutMs, maxBytes, ...options }: SafeFetchOptions): SafeFetch {
  return async (text, { signal, requester, ...request } = {}) => {
    signal?.throwIfAborted()
    const late = AbortSignal.timeout(timeoutMs)
    const stop = signal ? AbortSignal.any([signal, late]) : late
    try {
      const target = await checked((host, port) => policy.check(host, port, requester), text, stop)
      const message = begin(target, { ...request, ...options, signal: stop })
      return await replyTo(message, request.body ?? '', maxBytes)
    } catch (error) {
      signal?.throwIfAborted()
      throw late.aborted ? new SafeFetchError('timeout', { cause: error }) : reported(error)
    }
  }
}

interface Target {
  readonly url: URL
  readonly port: number
  readonly addresses: readonly CheckedAddress[]
}

async function checked(check: TargetPolicy['check'], text: string, stop: AbortSignal): Promise<Target> {
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

interface Message extends Omit<SafeFetchRequest, 'signal' | 'requester'> {
  readonly signal: AbortSignal
  readonly certificateAuthorities?: readonly string[]
  readonly upstream?: UpstreamProxy | null
}

function begin({ url, port, addresses }: Target, message: Message): ClientRequest {
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

/** Interim answers (1xx) before the answer. No honest receiver sends more than two. */
const INTERIM_MAX = 20
/** Of the head, the interim answers and what frames the body, beside what is kept; the last piece read is up to 64 KiB. */
const FRAMING_BYTES_MAX = 128 * 1024

/**
 * Ends a request whose target sends beyond measure what never becomes a part of the answer. Node bounds each head, not how
 * many there are, and counts neither.
 */
function boundAnswer(request: ClientRequest, maxBytes: number): void {
  let interim = 0
  let received = 0
  const end = () => request.destroy(new SafeFetchError('bad_response'))
  request.on('information', () => {
    interim += 1
    if (interim > INTERIM_MAX) end()
  })
  request.once('socket', (socket) => {
    socket.on('data', (bytes: Buffer) => {
      received += bytes.length
      if (received > maxBytes + FRAMING_BYTES_MAX) end()
    })
  })
}

function replyTo(request: ClientRequest, body: string | Uint8Array, maxBytes: number): Promise<SafeFetchReply> {
  return new Promise((resolve, reject) => {
    request.on('error', reject)
    boundAnswer(request, maxBytes)
    request.once('upgrade', () => reject(new SafeFetchError('bad_response')))
    request.once('close', () => reject(new SafeFetchError('unreachable')))
    request.once('response', (response) => {
      const chunks: Buffer[] = []
      let received = 0
      const end = () => {
        const kept = Buffer.concat(chunks).subarray(0, maxBytes)
        resolve({
          status: response.statusCode ?? 0,
          headers: response.headers,
          body: kept,
          truncated: received > maxBytes,
        })
        request.destroy()
      }
      response.on('error', reject)
      response.on('data', (chunk: Buffer) => {
        chunks.push(chunk)
        received += chunk.length
        if (received > maxBytes) end()
      })
      response.once('end', end)
    })
    request.end(body)
  }).finally(() => request.destroy()) as Promise<SafeFetchReply>
}

/** Node's errors name addresses and are many; the caller has six to tell apart. */
function reported(error: unknown): Error {
  if (error instanceof SafeFetchError) return error
  if (error instanceof HostNotFound) return new SafeFetchError('host_not_found', { cause: error })
  const { code = '' } = error as NodeJS.ErrnoException
  // What the caller gave cannot be sent, such as a line break in a header.
  if (code.startsWith('ERR_INVALID_')) return error as TypeError
  if (code.startsWith('HPE_')) return new SafeFetchError('bad_response', { cause: error })
  if (/CERT|ALTNAME|SELF_SIGNED|LEAF_SIGNATURE/.test(code))
    return new SafeFetchError('bad_certificate', { cause: error })
  if (code === 'ETIMEDOUT') return new SafeFetchError('timeout', { cause: error })
  return new SafeFetchError('unreachable', { cause: error })
}
