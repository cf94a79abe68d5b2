/** What the local YouTube answers, by host and path. */
import { gzipSync } from 'node:zlib'
import type { Media } from '../media.ts'
import { type Answer, type Exchange, sendText } from '../site/exchange.ts'
import { PLAYLIST_TYPE } from '../site/plain-files.ts'
import { bodyOf, sendBody } from '../site/sending.ts'
import { poTokenFor } from '../token-provider.ts'
import { type ClientName, clients, embedPage, mobilePage, playerAnswer, VISITOR_DATA, watchPage } from './answers.ts'
import { itags, LIVE_MANIFEST } from './formats.ts'
import { hasToken, isSolved, MEDIA_HOST } from './media-addresses.ts'
import type { Player } from './player.ts'
import { type LocalVideo, videoOf } from './videos.ts'

/** The players of the site: the latest is the one that pages name. Addresses stay good for the player they were made for. */
export interface Players {
  latest(): Player
  find(id: string): Player | undefined
}

const QUESTION_BYTES_MAX = 65_536

/** Null: there is no such page. */
export function answerOf({ url }: Pick<Exchange, 'url'>, players: Players): Answer | null {
  const { hostname, pathname } = url
  if (hostname === MEDIA_HOST && pathname === '/videoplayback') return media(players)
  if (url.href.startsWith(LIVE_MANIFEST)) return liveManifest
  if (hostname === 'm.youtube.com') return (exchange) => sendText(exchange, mobilePage(players.latest()))
  if (hostname !== 'www.youtube.com') return null
  if (pathname === '/watch') return watch(players)
  if (pathname === '/youtubei/v1/player') return askPlayer(players)
  if (pathname.startsWith('/embed/')) return (exchange) => sendText(exchange, embedPage(players.latest()))
  const [, id = ''] = /^\/s\/player\/([0-9a-f]{8})\//.exec(pathname) ?? []
  const player = players.find(id)
  return player?.path === pathname ? (exchange) => sendPlayer(exchange, player) : null
}

const watch =
  (players: Players): Answer =>
  async (exchange) => {
    const video = videoOf(exchange.url.searchParams.get('v') ?? '')
    if (video === null) return sendText(exchange, 'There is no such video.', { status: 404 })
    sendText(exchange, await watchPage(video, made(exchange, players)))
  }

/** Signatures are for the player that the client says it has; for another one they could not be solved. */
const askPlayer =
  (players: Players): Answer =>
  async (exchange) => {
    const question = await questionOf(exchange)
    const client = question.context?.client?.clientName ?? ''
    const video = videoOf(question.videoId ?? '')
    if (video === null || !Object.hasOwn(clients, client)) return sendJson(exchange, { error: { code: 400 } }, 400)
    const named = question.playbackContext?.contentPlaybackContext?.signatureTimestamp
    const isOutdated = named !== undefined && named !== players.latest().timestamp
    const asked: LocalVideo = isOutdated ? { ...video, formats: 'sabr' } : video
    sendJson(exchange, await playerAnswer(asked, client as ClientName, made(exchange, players)))
  }

interface Question {
  readonly videoId?: string
  readonly context?: { readonly client?: { readonly clientName?: string } }
  readonly playbackContext?: { readonly contentPlaybackContext?: { readonly signatureTimestamp?: number } }
}

async function questionOf({ request }: Exchange): Promise<Question> {
  let text = ''
  for await (const chunk of request) {
    text += String(chunk)
    if (text.length > QUESTION_BYTES_MAX) throw new Error('The question is too long.')
  }
  return JSON.parse(text) as Question
}

const made = ({ media: files }: Exchange, players: Players): { player: Player; media: Media } => ({
  player: players.latest(),
  media: files,
})

/** What was not solved, or not rightly, or lacks its token, is refused as on YouTube. */
const media =
  (players: Players): Answer =>
  async (exchange) => {
    const { searchParams } = exchange.url
    const itag = Number(searchParams.get('itag'))
    const player = players.find(searchParams.get('player') ?? '')
    if (!isSolved(exchange.url, player) || !hasToken(exchange.url, poTokenFor(VISITOR_DATA))) {
      return sendText(exchange, 'Forbidden', { status: 403, type: 'text/plain' })
    }
    if (!isItag(itag)) return sendText(exchange, 'There is no such format.', { status: 404 })
    const { file, mimeType } = itags[itag]
    const bytes = await exchange.media.read('apart', file)
    if (bytes === null) throw new Error(`There is no ${file}.`)
    await sendBody(exchange, bodyOf(bytes), { type: mimeType.replace(/;.*/, '') })
  }

const isItag = (number: number): number is keyof typeof itags => Object.hasOwn(itags, number)

const liveManifest: Answer = (exchange) =>
  sendText(
    exchange,
    '#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=640x360,CODECS="avc1.4d401f,mp4a.40.2"\n' +
      'https://manifest.googlevideo.com/api/manifest/hls_playlist/itag/93/playlist/index.m3u8\n',
    { type: PLAYLIST_TYPE },
  )

const packed = new WeakMap<Player, Buffer>()

function sendPlayer({ request, response }: Exchange, player: Player): void {
  const isPacked = String(request.headers['accept-encoding']).includes('gzip')
  if (isPacked && !packed.has(player)) packed.set(player, gzipSync(player.source))
  const body = (isPacked && packed.get(player)) || Buffer.from(player.source)
  response.writeHead(200, {
    'content-type': 'text/javascript',
    'content-length': body.length,
    ...(isPacked && { 'content-encoding': 'gzip' }),
  })
  response.end(body)
}

const sendJson = (exchange: Exchange, value: object, status = 200): void =>
  sendText(exchange, JSON.stringify(value), { status, type: 'application/json; charset=utf-8' })
