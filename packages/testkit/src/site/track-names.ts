/** Manifests whose formats are named by the test, as a source may name them. */
import { type Answer, BadParameter, escapeHtml, sendText, textIn } from './exchange.ts'
import { PLAYLIST_TYPE } from './plain-files.ts'

/** HLS with a sound track for each `?name=`. */
export const namedTracks: Answer = (exchange) => {
  const tracks = exchange.url.searchParams.getAll('name').map((name, index) => {
    // RFC 8216, 4.2: a quoted string holds neither quotes nor line breaks.
    if (/["\r\n]/.test(name)) throw new BadParameter('name must not hold quotes or line breaks.')
    return `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="aac",NAME="${name}",DEFAULT=${index === 0 ? 'YES' : 'NO'},URI="/hls/audio.m3u8"`
  })
  const stream = '#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c00c,mp4a.40.2",AUDIO="aac"'
  const lines = ['#EXTM3U', '#EXT-X-VERSION:6', ...tracks, stream, '/hls/high.m3u8', '']
  sendText(exchange, lines.join('\n'), { type: PLAYLIST_TYPE })
}

/** DASH with a sound track for each `?id=`, and a picture of the id `?picture=`. */
export const namedRepresentations: Answer = (exchange) => {
  const { searchParams } = exchange.url
  const sets = [
    ...[textIn(exchange, 'picture', 'picture')].map((id) => set('video/mp4', 'avc1.42c00c', id, 0)),
    ...searchParams.getAll('id').map((id, index) => set('audio/mp4', 'mp4a.40.2', id, 1, roles[index % roles.length])),
  ]
  const head = 'xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT3S"'
  const text = `<?xml version="1.0" encoding="utf-8"?>\n<MPD ${head}><Period>${sets.join('')}</Period></MPD>\n`
  sendText(exchange, text, { type: 'application/dash+xml' })
}

/** What tells the sound tracks apart, beside their ids (ISO/IEC 23009-1, 5.8.5.5). */
const roles = ['main', 'alternate', 'commentary', 'dub']

function set(type: string, codecs: string, id: string, stream: number, role = 'main'): string {
  const urls = [1, 2, 3].map((n) => `<SegmentURL media="/dash/chunk-stream${stream}-0000${n}.m4s"/>`)
  const first = `<Initialization sourceURL="/dash/init-stream${stream}.m4s"/>`
  const list = `<SegmentList timescale="1" duration="1">${first}${urls.join('')}</SegmentList>`
  const size = stream === 0 ? ' width="320" height="180"' : ''
  const named = `<Representation id="${escapeHtml(id)}" bandwidth="100000" codecs="${codecs}"${size}>${list}</Representation>`
  const said = `<Role schemeIdUri="urn:mpeg:dash:role:2011" value="${role}"/>`
  return `<AdaptationSet mimeType="${type}">${said}${named}</AdaptationSet>`
}
