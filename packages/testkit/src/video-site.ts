/** A video site on loopback: every way a source can behave or misbehave, each at an address of its own. */
import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import { createSecureServer } from 'node:http2'
import type { Server, Socket } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import type { Identity } from './certificates.ts'
import { type HelloFront, readHellosBefore } from './hello-front.ts'
import { boundPort, closed } from './listening.ts'
import { createMedia, type Media } from './media.ts'
import { BadParameter, type Exchange, newSiteState, sendText } from './site/exchange.ts'
import { largeVideoDigest } from './site/large-video.ts'
import { createRequestLog, type RecordedRequest } from './site/request-log.ts'
import { routeOf } from './site/routes.ts'

interface VideoSiteOptions {
  /** Default 127.0.0.1. */
  readonly host?: string
  /** Default 0: any free one. */
  readonly port?: number
  /** Default: made with the runtime manifest's ffmpeg when first needed. */
  readonly media?: Media
  /** How long each request waits for its answer, in milliseconds, as where the site is far away. Default 0. */
  readonly latencyMs?: number
  /**
   * Serves HTTPS, with HTTP/1.1 and HTTP/2, and calls itself `name` in its addresses, which the client must resolve to
   * loopback by itself. Default: plain HTTP.
   */
  readonly tls?: Identity & { readonly name: string }
}

export interface VideoSite {
  /** `http://127.0.0.1:PORT`, or `https://NAME:PORT`. */
  readonly origin: string
  readonly host: string
  readonly port: number
  /** An absolute address of this site: `url('/big.mp4', { bytes: 1e6 })`. `/` lists them all. */
  url(path: string, query?: Readonly<Record<string, string | number>>): string
  /** What was asked for, oldest first; of one path, or all. */
  requests(path?: string): readonly RecordedRequest[]
  /** How many connections were made so far. */
  connections(): number
  /** The sha-256, in hexadecimal, of `/big.mp4?bytes=…`. */
  largeVideoDigest(bytes: number): Promise<string>
  /** Cuts every connection and resolves when nothing is left. */
  stop(): Promise<void>
}

/** Resolves when the site listens. Its addresses stand in `site/routes.ts`. */
export async function startVideoSite(options: VideoSiteOptions = {}): Promise<VideoSite> {
  const { host = '127.0.0.1', media = createMedia(), latencyMs = 0, tls } = options
  const log = createRequestLog()
  const state = newSiteState()
  const answering = new Set<Promise<void>>()
  const onRequest: RequestListener = (request, response) => {
    const url = urlOf(request, tls === undefined ? 'http' : 'https')
    log.record(request, response, url)
    const hello = front?.helloOf(request.socket.remotePort) ?? null
    const distance = latencyMs === 0 ? Promise.resolve() : delay(latencyMs)
    const done: Promise<void> = distance
      .then(() => answer({ request, response, url, hello, media, state }))
      .finally(() => answering.delete(done))
    answering.add(done)
  }
  const front: HelloFront | null = tls === undefined ? null : readHellosBefore(secureServer(tls, onRequest))
  const server = front?.server ?? createServer(onRequest)
  const sockets = watchConnections(server)
  const port = await boundPort(server, { host, port: options.port ?? 0 })
  const named = host.includes(':') ? `[${host}]` : host
  const origin = tls === undefined ? `http://${named}:${port}` : `https://${tls.name}:${port}`
  return {
    origin,
    host,
    port,
    url: (path, query = {}) => withQuery(new URL(path, origin), query),
    requests: log.requests,
    connections: () => sockets.count,
    largeVideoDigest: (bytes) => largeVideoDigest(media, bytes),
    async stop() {
      const stopped = closed(server)
      for (const socket of sockets.open) socket.destroy()
      await Promise.all([stopped, ...answering])
    },
  }
}

/** Requests of HTTP/2 come in Node's compatible form, which has all that the answers use. */
function secureServer({ key, cert }: Identity, onRequest: RequestListener): Server {
  const server = createSecureServer({ key, cert, allowHTTP1: true }, (request, response) =>
    onRequest(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse as Parameters<RequestListener>[1],
    ),
  )
  // Who does not trust us breaks off, which is what some tests want to see.
  server.on('sessionError', () => undefined)
  return server
}

/** The connections of a server, before anything is said on them. */
function watchConnections(server: Server): { count: number; open: Set<Socket> } {
  const seen = { count: 0, open: new Set<Socket>() }
  server.on('connection', (socket) => {
    seen.count += 1
    seen.open.add(socket)
    socket.once('close', () => seen.open.delete(socket))
  })
  return seen
}

/** Never rejects: what goes wrong is asked to the client, or to nobody where the client has gone. */
async function answer(parts: Omit<Exchange, 'gone' | 'rest'>): Promise<void> {
  const { request, response, url } = parts
  const gone = goneSignalOf(response)
  const route = routeOf(url.pathname)
  const exchange: Exchange = { ...parts, gone, rest: route?.rest ?? '' }
  try {
    if (request.method !== 'GET' && request.method !== 'HEAD') sendText(exchange, 'GET or HEAD.', { status: 405 })
    else if (route) await route.answer(exchange)
    else sendText(exchange, 'There is no such page. See / for all there are.', { status: 404 })
  } catch (error) {
    if (gone.aborted) return
    if (response.headersSent) response.destroy()
    else sendText(exchange, String(error), { status: error instanceof BadParameter ? 400 : 500, type: 'text/plain' })
  }
}

function goneSignalOf(response: ServerResponse): AbortSignal {
  const controller = new AbortController()
  response.once('close', () => controller.abort())
  // A connection that breaks under a write is no news: `close` follows.
  response.on('error', () => undefined)
  return controller.signal
}

/** A broken Host header or path is answered like an unknown page. */
function urlOf({ url = '/', headers }: IncomingMessage, scheme: 'http' | 'https'): URL {
  const origin = `${scheme}://${headers.host ?? headers[':authority'] ?? 'localhost'}`
  return URL.canParse(url, origin) ? new URL(url, origin) : new URL('http://localhost/malformed')
}

function withQuery(url: URL, query: Readonly<Record<string, string | number>>): string {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url.href
}
