/**
 * A site of ours under names that are other people's: over HTTPS, with a certificate for each name that is asked for. A proxy
 * leads there, since the port of these names is 443.
 */
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { CertificateAuthority } from './certificates.ts'
import { boundPort, closed } from './listening.ts'
import type { Media } from './media.ts'
import { type Answer, type Exchange, newSiteState, sendText } from './site/exchange.ts'
import { createRequestLog, type RecordedRequest } from './site/request-log.ts'

/** What the names stand for: an address that the policy of targets takes. Nothing is ever sent there. */
export const NAMED_ADDRESS = '142.250.74.46'

export interface NamedSite {
  /** `http://127.0.0.1:PORT`: a proxy that joins every CONNECT to port 443 with this site, and nothing else. */
  readonly proxyUrl: string
  /** What was asked for, oldest first; of one path, or all. */
  requests(path?: string): readonly RecordedRequest[]
  stop(): Promise<void>
}

interface NamedSiteOptions {
  /** Makes a certificate for each name. */
  readonly authority: CertificateAuthority
  readonly media: Media
  /** By host and path. Null: there is no such page. */
  readonly answerOf: (exchange: Exchange) => Answer | null
}

export async function startNamedSite({ authority, media, answerOf }: NamedSiteOptions): Promise<NamedSite> {
  const log = createRequestLog()
  const sockets = new Set<Socket>()
  const answers = listener({ media, answerOf, record: log.record })
  const site = createSecureServer({ SNICallback: certificates(authority) }, answers)
  const port = await listen(site, sockets)
  const proxy = proxyTo(port, sockets)
  const proxyPort = await listen(proxy, sockets)
  return {
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    requests: log.requests,
    async stop() {
      const stopped = [closed(proxy), closed(site)]
      for (const socket of sockets) socket.destroy()
      await Promise.all(stopped)
    },
  }
}

function listen(server: Server, sockets: Set<Socket>): Promise<number> {
  server.on('connection', (socket: Socket) => keep(socket, sockets))
  return boundPort(server, { host: '127.0.0.1', port: 0 })
}

function keep(socket: Socket, sockets: Set<Socket>): void {
  sockets.add(socket)
  socket.once('close', () => sockets.delete(socket))
  socket.on('error', () => socket.destroy())
}

type Certificates = (name: string, done: (error: Error | null, context?: SecureContext) => void) => void

/** One for each name that is asked for, made when it first is. */
function certificates(authority: CertificateAuthority): Certificates {
  const contexts = new Map<string, SecureContext>()
  return (name, done) => {
    const context = contexts.get(name) ?? createSecureContext(authority.issue({ name }))
    contexts.set(name, context)
    done(null, context)
  }
}

interface Serving extends Pick<NamedSiteOptions, 'media' | 'answerOf'> {
  readonly record: ReturnType<typeof createRequestLog>['record']
}

function listener({ media, answerOf, record }: Serving): RequestListener {
  const state = newSiteState()
  return (request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`)
    record(request, response, url)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const exchange: Exchange = { request, response, url, rest: '', gone: gone.signal, hello: null, media, state }
    const answer = answerOf(exchange)
    if (answer === null) return sendText(exchange, 'There is no such page.', { status: 404 })
    Promise.resolve(answer(exchange)).catch((error: unknown) => {
      if (response.headersSent) response.destroy()
      else if (!gone.signal.aborted) sendText(exchange, String(error), { status: 500, type: 'text/plain' })
    })
  }
}

/** Joins whoever asks for port 443 of any host with the site, which tells the hosts apart by the name in TLS. */
function proxyTo(port: number, sockets: Set<Socket>): Server {
  const proxy = createServer((_request, response) => response.writeHead(501).end())
  proxy.on('connect', ({ url = '' }, socket: Socket) => {
    if (!url.endsWith(':443')) return void socket.end('HTTP/1.1 502 Bad Gateway\r\n\r\n')
    const behind = connect(port, '127.0.0.1', () => {
      socket.write('HTTP/1.1 200 Connection established\r\n\r\n')
      socket.pipe(behind).pipe(socket)
    })
    keep(behind, sockets)
  })
  return proxy
}
