/** Media under any name and any type, whatever it is. */
import type { RecipeName } from '../media-recipes.ts'
import { recipes } from '../media-recipes.ts'
import { type Answer, BadParameter, type Exchange, escapeHtml, numberIn, sendText, textIn } from './exchange.ts'
import { htmlPage } from './pages.ts'
import { PLAYLIST_TYPE } from './plain-files.ts'
import { bodyOf, sendBody } from './sending.ts'

const KEYS_KEPT = 1000

/** The file `?of=RECIPE/FILE` as `?type=`. The name is whatever the address says. */
export const mediaSentAs: Answer = async (exchange) =>
  sendBody(exchange, bodyOf(await fileOf(exchange)), { type: textIn(exchange, 'type', 'application/octet-stream') })

/** The same, but for the first `?pages=` times that a `?key=` is asked for: then it is a page, with status 200. */
export const pageFirst: Answer = async (exchange) => {
  const key = `page-first ${textIn(exchange, 'key')}`
  const { failures } = exchange.state
  const soFar = failures.get(key) ?? 0
  if (soFar >= numberIn(exchange, 'pages', 1)) return mediaSentAs(exchange)
  if (failures.size >= KEYS_KEPT && !failures.has(key)) throw new BadParameter('Too many keys for one site.')
  if (exchange.request.method !== 'HEAD') failures.set(key, soFar + 1)
  sendText(exchange, htmlPage('Please wait', '<p>Your video is being prepared.</p>'))
}

/** An HLS playlist of one segment: the file at `?segment=`, which lasts three seconds. */
export const playlistOfOne: Answer = (exchange) => {
  const head = ['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:4', '#EXT-X-MEDIA-SEQUENCE:0']
  const segment = new URL(textIn(exchange, 'segment'), exchange.url).href
  sendText(exchange, [...head, '#EXTINF:3.0,', segment, '#EXT-X-ENDLIST', ''].join('\n'), { type: PLAYLIST_TYPE })
}

/** An HLS master of one stream at `?playlist=`, which claims `?codecs=`. */
export const masterOfOne: Answer = (exchange) => {
  const codecs = textIn(exchange, 'codecs', 'avc1.42c00c,mp4a.40.2')
  if (/["\n]/.test(codecs)) throw new BadParameter('codecs must not hold quotes or line breaks.')
  const stream = `#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="${codecs}"`
  const playlist = new URL(textIn(exchange, 'playlist'), exchange.url).href
  sendText(exchange, ['#EXTM3U', '#EXT-X-VERSION:3', stream, playlist, ''].join('\n'), { type: PLAYLIST_TYPE })
}

/** A DASH manifest of two whole files: a picture at `?picture=` and sound at `?sound=`. */
export const manifestOfTwo: Answer = (exchange) => {
  const set = (kind: string, parameter: string, codecs: string): string => {
    const address = escapeHtml(new URL(textIn(exchange, parameter), exchange.url).href)
    const representation = `<Representation id="${kind}" bandwidth="100000" codecs="${codecs}"><BaseURL>${address}</BaseURL></Representation>`
    return `<AdaptationSet mimeType="${kind}/mp4">${representation}</AdaptationSet>`
  }
  const head = 'xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT3S"'
  const period = `<Period>${set('video', 'picture', 'avc1.42c00c')}${set('audio', 'sound', 'mp4a.40.2')}</Period>`
  sendText(exchange, `<?xml version="1.0"?>\n<MPD ${head}>${period}</MPD>\n`, { type: 'application/dash+xml' })
}

async function fileOf(exchange: Exchange): Promise<Buffer> {
  const [recipe = '', file = ''] = textIn(exchange, 'of').split('/')
  const bytes = isRecipe(recipe) ? await exchange.media.read(recipe, file) : null
  if (bytes === null) throw new BadParameter('of must be RECIPE/FILE.')
  return bytes
}

const isRecipe = (name: string): name is RecipeName => Object.hasOwn(recipes, name)
