/**
 * Manifests with the features of the streams that players and downloaders are tested with in public (hls.js, dash.js,
 * yt-dlp), written anew over our own media. Each is at `/samples/NAME`.
 */
import { createCipheriv } from 'node:crypto'
import { type Answer, type Exchange, sendText } from './exchange.ts'
import { PLAYLIST_TYPE, sendMedia } from './plain-files.ts'
import { bodyOf, sendBody } from './sending.ts'

const SECONDS = [0, 1, 2]
const ivOf = (n: number): Buffer => Buffer.alloc(16, n + 1)
const END = '#EXT-X-ENDLIST'

const playlist = (lines: readonly string[], head: readonly string[] = []): string =>
  ['#EXTM3U', '#EXT-X-VERSION:7', '#EXT-X-TARGETDURATION:2', ...head, ...lines, ''].join('\n')
const segments = (address: (n: number) => string, before: (n: number) => readonly string[] = () => []): string[] =>
  SECONDS.flatMap((n) => [...before(n), '#EXTINF:1.0,', address(n)])
const simple = (n: number): string => `/hls/simple-${n}.ts`
const master = (...lines: string[]): string => ['#EXTM3U', '#EXT-X-VERSION:7', ...lines, ''].join('\n')
const STREAM = '#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c00c,mp4a.40.2"'
const VOD = playlist([...segments(simple), END])

const mpd = (body: string, head = 'type="static" mediaPresentationDuration="PT3S"'): string =>
  `<?xml version="1.0" encoding="utf-8"?>\n<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" ${head}><Period>${body}</Period></MPD>\n`
const PICTURE = 'bandwidth="200000" codecs="avc1.42c00c" width="320" height="180"'
const SOUND = 'bandwidth="64000" codecs="mp4a.40.2"'
const numbered = (stream: number, media: string, more = ''): string =>
  `<SegmentTemplate timescale="1" duration="1" startNumber="1" initialization="/dash/init-stream${stream}.m4s" media="${media}"/>${more}`
const set = (type: string, inside: string): string => `<AdaptationSet mimeType="${type}">${inside}</AdaptationSet>`
const representation = (id: string, facts: string, inside = ''): string =>
  `<Representation id="${id}" ${facts}>${inside}</Representation>`
const both = (picture: string, sound: string): string =>
  set('video/mp4', representation('v', PICTURE, picture)) + set('audio/mp4', representation('a', SOUND, sound))
const numberedBoth = both(
  numbered(0, '/dash/chunk-stream0-$Number%05d$.m4s'),
  numbered(1, '/dash/chunk-stream1-$Number%05d$.m4s'),
)

/** Name → text. */
const texts: Readonly<Record<string, string>> = {
  'hls-media.m3u8': VOD,
  'hls-bom.m3u8': `\ufeff${VOD}`,
  'hls-crlf.m3u8': VOD.replaceAll('\n', '\r\n'),
  'hls-unknown-tags.m3u8': playlist(
    [
      ...segments(simple, (n) => [
        `#EXT-X-PROGRAM-DATE-TIME:2026-01-01T00:00:0${n}Z`,
        '#EXT-X-FUTURE:A="b"',
        '# said',
        '',
      ]),
      '#EXT-X-DATERANGE:ID="a",START-DATE="2026-01-01T00:00:00Z",DURATION=1.0',
      END,
    ],
    ['#EXT-X-START:TIME-OFFSET=1', '#EXT-X-INDEPENDENT-SEGMENTS'],
  ),
  'hls-discontinuity.m3u8': playlist([
    ...segments(simple),
    '#EXT-X-DISCONTINUITY',
    ...segments((n) => `${simple(n)}?again`),
    END,
  ]),
  'hls-low-latency.m3u8': playlist(
    [
      ...segments(simple, (n) => [`#EXT-X-PART:DURATION=0.5,URI="${simple(n)}?part",INDEPENDENT=YES`]),
      '#EXT-X-PRELOAD-HINT:TYPE=PART,URI="/hls/simple-3.ts"',
      END,
    ],
    ['#EXT-X-SERVER-CONTROL:CAN-BLOCK-RELOAD=YES,PART-HOLD-BACK=1.5', '#EXT-X-PART-INF:PART-TARGET=0.5'],
  ),
  'hls-event.m3u8': playlist([...segments(simple), END], ['#EXT-X-PLAYLIST-TYPE:EVENT']),
  'hls-live.m3u8': playlist(segments(simple)),
  'hls-gap.m3u8': playlist([...segments(simple, (n) => (n === 1 ? ['#EXT-X-GAP'] : [])), END]),
  'hls-aes-rotating.m3u8': playlist([
    ...segments(
      (n) => `/samples/aes-${n}.ts`,
      (n) => [`#EXT-X-KEY:METHOD=AES-128,URI="/samples/key-${n}",IV=0x${ivOf(n).toString('hex')}`],
    ),
    END,
  ]),
  'hls-aes-sequence.m3u8': playlist(
    [...segments((n) => `/samples/sequence-${n}.ts`), END],
    ['#EXT-X-MEDIA-SEQUENCE:7', '#EXT-X-KEY:METHOD=AES-128,URI="/samples/key-0"'],
  ),
  'hls-aes-then-clear.m3u8': playlist([
    ...segments(
      (n) => (n === 0 ? '/samples/aes-0.ts' : simple(n)),
      (n) =>
        n === 0
          ? [`#EXT-X-KEY:METHOD=AES-128,URI="/samples/key-0",IV=0x${ivOf(0).toString('hex')}`]
          : n === 1
            ? ['#EXT-X-KEY:METHOD=NONE']
            : [],
    ),
    END,
  ]),
  'hls-sample-aes.m3u8': playlist(
    [...segments(simple), END],
    ['#EXT-X-KEY:METHOD=SAMPLE-AES,URI="skd://key",KEYFORMAT="com.apple.streamingkeydelivery",KEYFORMATVERSIONS="1"'],
  ),
  'hls-muxed-master.m3u8': master(STREAM, '/hls/simple.m3u8'),
  'hls-redundant.m3u8': master(STREAM, '/hls/simple.m3u8', STREAM, '/hls/simple.m3u8?other'),
  'hls-i-frames.m3u8': master(
    '#EXT-X-I-FRAME-STREAM-INF:BANDWIDTH=50000,RESOLUTION=320x180,CODECS="avc1.42c00c",URI="/hls/high.m3u8"',
    STREAM,
    '/hls/simple.m3u8',
  ),
  'hls-subtitles.m3u8': master(
    '#EXT-X-MEDIA:TYPE=SUBTITLES,GROUP-ID="subs",NAME="English",LANGUAGE="en",URI="/samples/subtitles.m3u8"',
    '#EXT-X-MEDIA:TYPE=CLOSED-CAPTIONS,GROUP-ID="cc",NAME="CC",LANGUAGE="en",INSTREAM-ID="CC1"',
    `${STREAM},SUBTITLES="subs",CLOSED-CAPTIONS="cc"`,
    '/hls/simple.m3u8',
  ),
  'subtitles.m3u8': playlist(['#EXTINF:3.0,', '/subtitles.vtt', END]),
  'hls-audio-only.m3u8': master('#EXT-X-STREAM-INF:BANDWIDTH=64000,CODECS="mp4a.40.2"', '/hls/audio.m3u8'),
  'hls-languages.m3u8': master(
    ...['en', 'de', 'hi'].map(
      (language) =>
        `#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="a",NAME="${language}",LANGUAGE="${language}",DEFAULT=${language === 'en' ? 'YES' : 'NO'},URI="/hls/audio.m3u8?${language}"`,
    ),
    `${STREAM},AUDIO="a"`,
    '/hls/high.m3u8',
  ),
  'hls-session-key.m3u8': master(
    '#EXT-X-SESSION-KEY:METHOD=SAMPLE-AES,URI="skd://key",KEYFORMAT="com.apple.streamingkeydelivery"',
    STREAM,
    '/samples/hls-sample-aes.m3u8',
  ),
  'dash-number.mpd': mpd(numberedBoth),
  'dash-time.mpd': mpd(
    both(
      `<SegmentTemplate timescale="1" initialization="/dash/init-stream0.m4s" media="/samples/time-0-$Time$.m4s"><SegmentTimeline><S t="0" d="1" r="2"/></SegmentTimeline></SegmentTemplate>`,
      `<SegmentTemplate timescale="1" initialization="/dash/init-stream1.m4s" media="/samples/time-1-$Time$.m4s"><SegmentTimeline><S t="0" d="1"/><S d="1"/><S d="1"/></SegmentTimeline></SegmentTemplate>`,
    ),
  ),
  'dash-base-urls.mpd': mpd(
    both(
      `<BaseURL>/</BaseURL><SegmentTemplate timescale="1" duration="1" startNumber="1" initialization="dash/init-stream0.m4s" media="dash/chunk-stream0-$Number%05d$.m4s"/>`,
      `<BaseURL>/dash/</BaseURL><SegmentTemplate timescale="1" duration="1" startNumber="1" initialization="init-stream1.m4s" media="chunk-stream1-$Number%05d$.m4s"/>`,
    ),
  ),
  'dash-on-demand.mpd': mpd(
    set('video/mp4', representation('v', PICTURE, '<BaseURL>/video.mp4</BaseURL><SegmentBase indexRange="0-100"/>')),
  ),
  'dash-audio-only.mpd': mpd(
    set('audio/mp4', representation('a', SOUND, numbered(1, '/dash/chunk-stream1-$Number%05d$.m4s'))),
  ),
  'dash-protected.mpd': mpd(
    numberedBoth.replaceAll(
      /(<AdaptationSet [^>]*>)/g,
      '$1<ContentProtection schemeIdUri="urn:uuid:edef8ba9-79d6-4ace-a3c8-27dcd51d21ed"/>',
    ),
  ),
  'dash-thumbnails.mpd': mpd(
    `${numberedBoth}<AdaptationSet mimeType="image/jpeg" contentType="image">${representation('t', 'bandwidth="1000" width="320" height="180"', '<SegmentTemplate timescale="1" duration="3" startNumber="1" media="/thumbnail.jpg?$Number$"/>')}</AdaptationSet>`,
  ),
  'dash-subtitles.mpd': mpd(
    `${numberedBoth}<AdaptationSet mimeType="text/vtt" lang="en">${representation('s', 'bandwidth="100"', '<BaseURL>/subtitles.vtt</BaseURL>')}</AdaptationSet>`,
  ),
  'dash-live.mpd': mpd(
    numberedBoth,
    'type="dynamic" availabilityStartTime="2026-01-01T00:00:00Z" minimumUpdatePeriod="PT2S"',
  ),
}

/** The names of all of them. */
export const sampleManifests: readonly string[] = Object.keys(texts).filter((name) => name !== 'subtitles.m3u8')

/** One of the manifests, or a part of one. */
export const sample: Answer = async (exchange) => {
  const { rest } = exchange
  const text = Object.hasOwn(texts, rest) ? texts[rest] : undefined
  if (text !== undefined)
    return sendText(exchange, text, { type: rest.endsWith('.mpd') ? 'application/dash+xml' : PLAYLIST_TYPE })
  const [, kind, one = '', other = ''] = /^(key|aes|sequence|time)-(\d)(?:-(\d))?(?:\.\w+)?$/.exec(rest) ?? []
  if (kind === 'time') return sendMedia(exchange, 'dash', `chunk-stream${one}-0000${Number(other) + 1}.m4s`)
  if (kind === 'key') return sendBody(exchange, bodyOf(keyOf(Number(one))), { type: 'application/octet-stream' })
  if (kind === 'aes') return sendEncrypted(exchange, Number(one), keyOf(Number(one)), ivOf(Number(one)))
  // RFC 8216, 5.2: without an IV it is the media sequence number.
  if (kind === 'sequence') return sendEncrypted(exchange, Number(one), keyOf(0), numberAsIv(7 + Number(one)))
  sendText(exchange, 'There is no such sample.', { status: 404 })
}

const keyOf = (n: number): Buffer => Buffer.alloc(16, `key ${n} of samples`)

function numberAsIv(n: number): Buffer {
  const iv = Buffer.alloc(16)
  iv.writeUInt32BE(n, 12)
  return iv
}

async function sendEncrypted(exchange: Exchange, n: number, key: Buffer, iv: Buffer): Promise<void> {
  const plain = await exchange.media.read('hls', `simple-${n}.ts`)
  if (plain === null) return sendText(exchange, 'There is no such sample.', { status: 404 })
  const cipher = createCipheriv('aes-128-cbc', key, iv)
  await sendBody(exchange, bodyOf(Buffer.concat([cipher.update(plain), cipher.final()])), { type: 'video/mp2t' })
}
