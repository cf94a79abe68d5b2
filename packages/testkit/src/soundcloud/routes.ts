/** What the local SoundCloud answers, by host and path. */
import { type Answer, type Exchange, sendText } from '../site/exchange.ts'
import { bodyOf, sendBody } from '../site/sending.ts'

/** The main page and its scripts: what a job asks for that does not know the client id. */
const PAGE_PATH = '/'
const SCRIPTS = ['/assets/0-3ab5.js', '/assets/49-51e0.js', '/assets/50-c7f2.js'] as const
const [, , LAST_SCRIPT] = SCRIPTS

const API = 'https://api-v2.soundcloud.com'
const MEDIA = 'https://cf-media.sndcdn.com/sound.m4a'

interface SaidBySite {
  /** The one that the API takes. */
  clientId(): string
  /** Of every track. */
  description(): string
}

/** Null: there is no such page. */
export function answerOf({ hostname, pathname }: URL, { clientId, description }: SaidBySite): Answer | null {
  if (hostname === 'soundcloud.com' && pathname === PAGE_PATH) return mainPage
  if (hostname === 'a-v2.sndcdn.com') return script(clientId)
  if (hostname === 'cf-media.sndcdn.com') return sound
  if (hostname !== 'api-v2.soundcloud.com') return null
  if (pathname === '/resolve') return forClients(clientId, resolved(description))
  return pathname.startsWith('/media/') ? forClients(clientId, addressOfMedia) : null
}

const mainPage: Answer = (exchange) =>
  sendText(
    exchange,
    `<!DOCTYPE html><html><head><title>SoundCloud</title></head><body>${SCRIPTS.map(
      (path) => `<script crossorigin src="https://a-v2.sndcdn.com${path}"></script>`,
    ).join('')}</body></html>`,
  )

const script =
  (clientId: () => string): Answer =>
  (exchange) => {
    const text = exchange.url.pathname === LAST_SCRIPT ? `{client_id:"${clientId()}",env:"production"}` : '{}'
    sendText(exchange, `(self.webpackChunk=self.webpackChunk||[]).push(${text});`, { type: 'text/javascript' })
  }

const forClients =
  (clientId: () => string, answer: Answer): Answer =>
  (exchange) =>
    exchange.url.searchParams.get('client_id') === clientId() ? answer(exchange) : sendJson(exchange, {}, 401)

/** A page of this site is a track, whose number ends its address. */
const resolved =
  (description: () => string): Answer =>
  (exchange) => {
    const [, number = ''] = /\/track-(\d+)$/.exec(exchange.url.searchParams.get('url') ?? '') ?? []
    if (number === '') return sendJson(exchange, {}, 404)
    sendJson(exchange, {
      id: Number(number),
      kind: 'track',
      title: `A track called ${number}`,
      description: description(),
      duration: 3_000,
      permalink_url: `https://soundcloud.com/local-artist/track-${number}`,
      user: { id: 7, username: 'Local artist', permalink: 'local-artist' },
      media: {
        transcodings: [
          {
            url: `${API}/media/soundcloud:tracks:${number}/stream/progressive`,
            preset: 'aac_160k',
            snipped: false,
            quality: 'sq',
            format: { protocol: 'progressive', mime_type: 'audio/mp4; codecs="mp4a.40.2"' },
          },
        ],
      },
    })
  }

const addressOfMedia: Answer = (exchange) => sendJson(exchange, { url: MEDIA })

const sound: Answer = async (exchange) => {
  const bytes = await exchange.media.read('apart', 'sound.m4a')
  if (bytes === null) throw new Error('There is no sound.')
  await sendBody(exchange, bodyOf(bytes), { type: 'audio/mp4' })
}

const sendJson = (exchange: Exchange, value: object, status = 200): void =>
  sendText(exchange, JSON.stringify(value), { status, type: 'application/json; charset=utf-8' })
