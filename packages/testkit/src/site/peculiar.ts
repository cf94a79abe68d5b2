/** What sources do that is odd, and that every player takes. */
import { type Answer, BadParameter, escapeHtml, sendText, textIn } from './exchange.ts'
import { htmlPage, jsonLdPage, videoElement } from './pages.ts'
import { PLAYLIST_TYPE, sendMedia } from './plain-files.ts'
import { bodyOf, sendBody } from './sending.ts'

/** Bytes that begin like each kind of picture. */
const pictures: Readonly<Record<string, Buffer>> = {
  png: Buffer.from('89504e470d0a1a0a0000000d4948445200000001000000010806000000', 'hex'),
  jpeg: Buffer.concat([Buffer.from('ffd8ffe000104a46494600010100', 'hex'), Buffer.alloc(200, 0x47)]),
  gif: Buffer.from('GIF89a-G-G-G-G-'),
}

const playlistOf = (address: (n: number) => string): string =>
  [
    ...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:2'],
    ...[0, 1, 2].flatMap((n) => ['#EXTINF:1.0,', address(n)]),
    ...['#EXT-X-ENDLIST', ''],
  ].join('\n')

/** HLS with a picture of the kind `?picture=` before each segment. */
export const pictureFirst: Answer = (exchange) => {
  const picture = textIn(exchange, 'picture', 'png')
  sendText(
    exchange,
    playlistOf((n) => `/peculiar/picture-${n}.ts?picture=${picture}`),
    { type: PLAYLIST_TYPE },
  )
}

/** `/peculiar/picture-N.ts`: one of its segments. `/peculiar/wanted-N.ts`: one that wants a Referer. */
export const peculiarPart: Answer = async (exchange) => {
  const [, kind, n = ''] = /^(picture|wanted)-([012])\.ts$/.exec(exchange.rest) ?? []
  if (kind === 'wanted') return onlyFromThePage(exchange, () => sendMedia(exchange, 'hls', `simple-${n}.ts`))
  const segment = await exchange.media.read('hls', `simple-${n}.ts`)
  if (kind !== 'picture' || segment === null) return sendText(exchange, 'There is no such part.', { status: 404 })
  const name = textIn(exchange, 'picture', 'png')
  const picture = Object.hasOwn(pictures, name) ? pictures[name] : undefined
  if (picture === undefined) throw new BadParameter(`picture must be one of ${Object.keys(pictures).join(', ')}.`)
  await sendBody(exchange, bodyOf(Buffer.concat([picture, segment])), { type: 'image/png' })
}

/** A page whose playlist, and its segments, are for those alone who come from the page. `?how=` video, jsonld. */
export const pageWithReferer: Answer = (exchange) => {
  const playlist = '/peculiar/wanted.m3u8'
  if (textIn(exchange, 'how', 'video') === 'video')
    return sendText(exchange, htmlPage('A page with a referer', videoElement(playlist)))
  sendText(exchange, jsonLdPage({ name: 'A page with a referer', contentUrl: new URL(playlist, exchange.url).href }))
}

export const playlistWithReferer: Answer = (exchange) =>
  onlyFromThePage(exchange, () =>
    sendText(
      exchange,
      playlistOf((n) => `/peculiar/wanted-${n}.ts`),
      { type: PLAYLIST_TYPE },
    ),
  )

function onlyFromThePage(exchange: Parameters<Answer>[0], answer: () => void | Promise<void>): void | Promise<void> {
  if (exchange.request.headers.referer?.includes('/peculiar/page')) return answer()
  sendText(exchange, 'Come from the page.', { status: 403 })
}

/** A page whose addresses are relative to its base, `?base=`, and whose video is at `?src=`. */
export const pageWithBase: Answer = (exchange) => {
  const base = `<base target="_blank" href="${escapeHtml(textIn(exchange, 'base', '/hls/'))}">`
  const video = videoElement(textIn(exchange, 'src', 'simple.m3u8'))
  sendText(exchange, htmlPage('A page with a base', video).replace('</head>', `${base}</head>`))
}
