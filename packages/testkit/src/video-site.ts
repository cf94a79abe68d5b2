/** A video site on loopback: every way a source can behave or misbehave, each at an address of its own. */
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { boundPort, closed } from './listening.ts'
import { createMedia, type Media } from './media.ts'
import { BadParameter, type Exchange, type SiteMemory, sendText } from './site/exchange.ts'
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
}

export interface VideoSite {
  /** `http://127.0.0.1:PORT`. */
  readonly origin: string
  readonly host: string
  readonly port: number
  /** An absolute address of this site: `url('/big.mp4', { bytes: 1e6 })`. `/` lists them all. */
  url(path: string, query?: Readonly<Record<string, string | number>>): string
  /** What was asked for, oldest first; of one path, or all. */
  requests(path?: string): readonly RecordedRequest[]
  /** The sha-256, in hexadecimal, of `/big.mp4?bytes=…`. */
  largeVideoDigest(bytes: number): Promise<string>
  /** Cuts every connection and resolves when nothing is left. */
  stop(): Promise<void>
}

/** Resolves when the site listens. Its addresses stand in `site/routes.ts`. */
export async function startVideoSite(options: VideoSiteOptions = {}): Promise<VideoSite> {
  const { host = '127.0.0.1', media = createMedia() } = options
  const log = createRequestLog()
  const memory: SiteMemory = { startedAt: Date.now(), failures: new Map(), tickets: new Map() }
  const answering = new Set<Promise<void>>()
  const server = createServer((request, response) => {
    const url = urlOf(request)
    log.record(request, response, url)
    const done: Promise<void> = answer({ request, response, url, media, memory }).finally(() => answering.delete(done))
    answering.add(done)
  })
  const port = await boundPort(server, { host, port: options.port ?? 0 })
  const origin = `http://${host.includes(':') ? `[${host}]` : host}:${port}`
  return {
    origin,
    host,
    port,
    url: (path, query = {}) => withQuery(new URL(path, origin), query),
    requests: log.requests,
    largeVideoDigest: (bytes) => largeVideoDigest(media, bytes),
    async stop() {
      const stopped = closed(server)
      server.closeAllConnections()
      await Promise.all([stopped, ...answering])
    },
  }
}

/** Never rejects: what goes wrong is told to the client, or to nobody where the client has gone. */
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
function urlOf({ url = '/', headers }: IncomingMessage): URL {
  const origin = `http://${headers.host ?? 'localhost'}`
  return URL.canParse(url, origin) ? new URL(url, origin) : new URL('http://localhost/malformed')
}

function withQuery(url: URL, query: Readonly<Record<string, string | number>>): string {
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value))
  return url.href
}
