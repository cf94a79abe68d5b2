/**
 * A YouTube on loopback, for the real extractor of yt-dlp: pages, player API, player script and media over HTTPS, under the
 * names that the extractor asks for. A proxy leads there, since these names are other people's and their port is 443.
 */
import { createServer, type RequestListener } from 'node:http'
import { createServer as createSecureServer } from 'node:https'
import { connect, type Server, type Socket } from 'node:net'
import { createSecureContext, type SecureContext } from 'node:tls'
import type { CertificateAuthority } from '../certificates.ts'
import { boundPort, closed } from '../listening.ts'
import { createMedia, type Media } from '../media.ts'
import { type Exchange, newSiteState, sendText } from '../site/exchange.ts'
import { createRequestLog, type RecordedRequest } from '../site/request-log.ts'
import { createPlayer, type Player } from './player.ts'
import { answerOf, type Players } from './routes.ts'
import { type VideoKindName, videoId } from './videos.ts'

/** What the names stand for: an address that the policy of targets takes. Nothing is ever sent there. */
export const YOUTUBE_ADDRESS = '142.250.74.46'

/** For a name server of the tests. */
export const YOUTUBE_NAMES = ['www.youtube.com', 'm.youtube.com', 'i.ytimg.com', '*.googlevideo.com'] as const

export interface LocalYoutube {
  /** `http://127.0.0.1:PORT`: a proxy that joins every CONNECT to port 443 with this site, and nothing else. */
  readonly proxyUrl: string
  /** The address of a video's page. Videos of one kind with different numbers are different videos. */
  url(kind: VideoKindName, number?: number): string
  /** The player that pages name from now on. */
  player(): Player
  /** Pages name another player from now on, which nobody has solved yet. */
  changePlayer(): Player
  /** What was asked for, oldest first; of one path, or all. */
  requests(path?: string): readonly RecordedRequest[]
  stop(): Promise<void>
}

interface LocalYoutubeOptions {
  /** Makes a certificate for each name. */
  readonly authority: CertificateAuthority
  /** Default: made with the runtime manifest's ffmpeg when first needed. */
  readonly media?: Media
  /** How much code a player has beside what solves. Default: as much as YouTube's. */
  readonly fillerBytes?: number
}

export async function startLocalYoutube(options: LocalYoutubeOptions): Promise<LocalYoutube> {
  const { authority, media = createMedia(), fillerBytes } = options
  const made = new Map<string, Player>()
  let latest = createPlayer(1, fillerBytes)
  made.set(latest.id, latest)
  const players: Players = { latest: () => latest, find: (id) => made.get(id) }
  const log = createRequestLog()
  const sockets = new Set<Socket>()
  const site = createSecureServer({ SNICallback: certificates(authority) }, listener({ players, media, log }))
  const port = await listen(site, sockets)
  const proxy = proxyTo(port, sockets)
  const proxyPort = await listen(proxy, sockets)
  return {
    proxyUrl: `http://127.0.0.1:${proxyPort}`,
    url: (kind, number) => `https://www.youtube.com/watch?v=${videoId(kind, number)}`,
    player: () => latest,
    changePlayer() {
      latest = createPlayer(made.size + 1, fillerBytes)
      made.set(latest.id, latest)
      return latest
    },
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

interface Serving {
  readonly players: Players
  readonly media: Media
  readonly log: ReturnType<typeof createRequestLog>
}

function listener({ players, media, log }: Serving): RequestListener {
  const state = newSiteState()
  return (request, response) => {
    const url = new URL(request.url ?? '/', `https://${request.headers.host}`)
    log.record(request, response, url)
    const gone = new AbortController()
    response.once('close', () => gone.abort())
    const exchange: Exchange = { request, response, url, rest: '', gone: gone.signal, hello: null, media, state }
    const answer = answerOf(exchange, players)
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
