/** Sources of which a part is missing or unusable, and pages that cost whoever reads them dearly. */
import { gzipSync } from 'node:zlib'
import { type Answer, BadParameter, escapeHtml, numberIn, sendText, textIn } from './exchange.ts'
import { htmlPage, videoElement } from './pages.ts'
import { PLAYLIST_TYPE } from './plain-files.ts'
import { writeAtRate } from './writing-at-a-rate.ts'

const MEBIBYTE = 2 ** 20
const BOMB_MEMBER_BYTES = 16 * MEBIBYTE
const BOMB_BYTES_MAX = 64 * 1024 * MEBIBYTE
const BUSY_KILOBYTES_MAX = 4096

/** One video from two sources: a playlist at `?manifest=`, which by default is not there, and a file at `?src=`. */
export const pageWithBrokenManifest: Answer = (exchange) => {
  const sources = [
    `<source type="application/x-mpegURL" src="${escapeHtml(textIn(exchange, 'manifest', '/gone/manifest.m3u8'))}">`,
    `<source type="video/mp4" src="${escapeHtml(textIn(exchange, 'src', '/video.mp4'))}">`,
  ]
  sendText(exchange, htmlPage('A page with a broken manifest', `<video>${sources.join('')}</video>`))
}

/** A video of which the only source is a playlist at `?manifest=`, which by default is not there. */
export const pageWithoutFormats: Answer = (exchange) =>
  sendText(
    exchange,
    htmlPage('A page without formats', videoElement(textIn(exchange, 'manifest', '/gone/manifest.m3u8'))),
  )

/** A page that refuses machines as a well-known network of servers does. */
export const challengePage: Answer = (exchange) =>
  sendText(exchange, htmlPage('Just a moment', ''), { status: 403, headers: { 'cf-mitigated': 'challenge' } })

/** A playlist whose fragments only a licensed player can read. */
export const protectedPlaylist: Answer = (exchange) =>
  sendText(
    exchange,
    [
      ...['#EXTM3U', '#EXT-X-VERSION:5', '#EXT-X-TARGETDURATION:10', '#EXT-X-MEDIA-SEQUENCE:0'],
      '#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://licence",KEYFORMAT="com.apple.streamingkeydelivery",KEYFORMATVERSIONS="1"',
      ...['#EXTINF:10.0,', '/fragments/fragments-0.ts', '#EXT-X-ENDLIST', ''],
    ].join('\n'),
    { type: PLAYLIST_TYPE },
  )

/** Picture and sound apart, as they should be, but both are text. */
export const manifestOfGarbage: Answer = (exchange) => {
  const set = (kind: string, codecs: string): string =>
    `<AdaptationSet mimeType="${kind}/mp4"><Representation id="${kind}" bandwidth="100000" codecs="${codecs}"><BaseURL>/not-a-video.mp4?as=${kind}</BaseURL></Representation></AdaptationSet>`
  const head = 'xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT3S"'
  const period = `<Period>${set('video', 'avc1.42c00c')}${set('audio', 'mp4a.40.2')}</Period>`
  sendText(exchange, `<?xml version="1.0"?>\n<MPD ${head}>${period}</MPD>\n`, { type: 'application/dash+xml' })
}

/** A manifest of nothing at all. */
export const emptyManifest: Answer = (exchange) => {
  const head = 'xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT3S"'
  sendText(exchange, `<?xml version="1.0"?>\n<MPD ${head}><Period></Period></MPD>\n`, { type: 'application/dash+xml' })
}

/** Small on the wire, `?bytes=` long when it has been unpacked. */
export const compressedBomb: Answer = async (exchange) => {
  const bytes = numberIn(exchange, 'bytes', 2048 * MEBIBYTE)
  if (bytes > BOMB_BYTES_MAX) throw new BadParameter(`bytes must be at most ${BOMB_BYTES_MAX}.`)
  // Members of one gzip stream may follow each other, so one is enough.
  const member = gzipSync(Buffer.alloc(BOMB_MEMBER_BYTES, ' '))
  const head = gzipSync('<!doctype html><html><head><title>A large page</title></head><body>')
  exchange.response.writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-encoding': 'gzip' })
  exchange.response.flushHeaders()
  await writeAtRate(exchange, piecesOf(head, member, Math.ceil(bytes / BOMB_MEMBER_BYTES)))
  exchange.response.end()
}

function* piecesOf(head: Buffer, member: Buffer, times: number): Generator<Buffer> {
  yield head
  for (let made = 0; made < times; made += 1) yield member
}

/** `?kilobytes=` of tags that are never closed, so that a pattern looks for each one's end through all of the rest. */
export const busyPage: Answer = (exchange) => {
  const kilobytes = numberIn(exchange, 'kilobytes', 1024)
  if (kilobytes > BUSY_KILOBYTES_MAX) throw new BadParameter(`kilobytes must be at most ${BUSY_KILOBYTES_MAX}.`)
  sendText(exchange, htmlPage('A busy page', '<video>'.repeat((kilobytes * 1024) / 7)))
}
