/** Streams of which single segments are bad, and playlists that say unusual things about theirs. */
import { type Answer, BadParameter, numberIn, sendText, textIn } from './exchange.ts'
import { PLAYLIST_TYPE, sendMedia } from './plain-files.ts'
import { sendStatus } from './statuses.ts'

const PLAYLIST = { type: PLAYLIST_TYPE }

const playlistOf = (lines: readonly string[], version = 7): string =>
  [
    '#EXTM3U',
    `#EXT-X-VERSION:${version}`,
    '#EXT-X-TARGETDURATION:1',
    '#EXT-X-PLAYLIST-TYPE:VOD',
    ...lines,
    '#EXT-X-ENDLIST',
    '',
  ].join('\n')

const segment = (address: string, tags: readonly string[] = []): string[] => [...tags, '#EXTINF:1.000,', address]

/** HLS of three segments, of which the second answers `?status=` (and `?retry-after=`). `?after=` successes go before. */
export const playlistWithBadSegment: Answer = (exchange) => {
  const query = exchange.url.search
  sendText(
    exchange,
    playlistOf(['/hls/simple-0.ts', `/bad-segment.ts${query}`, '/hls/simple-2.ts'].flatMap((each) => segment(each))),
    PLAYLIST,
  )
}

export const badSegment: Answer = (exchange) => sendStatus(exchange, numberIn(exchange, 'status', 404), 'text/plain')

/** `STATUS/manifest.mpd` and what belongs to it: DASH of which each second segment of the picture answers that status. */
export const dashWithBadSegment: Answer = (exchange) => {
  const [, status, file] = /^(\d{3})\/([^/]+)$/.exec(exchange.rest) ?? []
  if (status === undefined || file === undefined) throw new BadParameter('The path must be STATUS/file.')
  if (/^chunk-stream0-0*2\./.test(file)) return sendStatus(exchange, Number(status), 'text/plain')
  return sendMedia(exchange, 'dash', file)
}

/** HLS of three segments, of which `?missing=` (1, 2, 3, or several) are marked as missing, and are. `?aes=1`: encrypted. */
export const playlistWithGaps: Answer = (exchange) => {
  const missing = textIn(exchange, 'missing', '2').split(',').map(Number)
  const encrypted = exchange.url.searchParams.has('aes')
  const name = encrypted ? '/hls-aes/aes' : '/hls/simple'
  const lines = [1, 2, 3].flatMap((number) =>
    missing.includes(number) ? segment('/gone.ts', ['#EXT-X-GAP']) : segment(`${name}-${number - 1}.ts`),
  )
  const key = encrypted ? ['#EXT-X-KEY:METHOD=AES-128,URI="/hls-aes/secret.key"'] : []
  sendText(exchange, playlistOf([...key, ...lines]), PLAYLIST)
}

/**
 * HLS in fragmented MP4 whose initialization is reported twice: `?again=same` in the same words, `renamed` under another
 * address, `other` with other content.
 */
export const playlistWithTwoInitializations: Answer = (exchange) => {
  const [init, again] = ['/dash/init-stream0.m4s', againOf(textIn(exchange, 'again', 'same'))]
  const lines = [
    `#EXT-X-MAP:URI="${init}"`,
    ...segment('/dash/chunk-stream0-00001.m4s'),
    '#EXT-X-DISCONTINUITY',
    `#EXT-X-MAP:URI="${again}"`,
    ...segment('/dash/chunk-stream0-00002.m4s'),
    ...segment('/dash/chunk-stream0-00003.m4s'),
  ]
  sendText(exchange, playlistOf(lines), PLAYLIST)
}

function againOf(word: string): string {
  const addresses: Readonly<Record<string, string>> = {
    same: '/dash/init-stream0.m4s',
    renamed: '/dash/init-stream0.m4s?token=2',
    other: '/dash/init-stream1.m4s',
  }
  const address = addresses[word]
  if (address === undefined) throw new BadParameter('again must be same, renamed or other.')
  return address
}

/** HLS whose samples are encrypted for licensed players: `?method=`. */
export const sampleEncryptedPlaylist: Answer = (exchange) => {
  const key = `#EXT-X-KEY:METHOD=${textIn(exchange, 'method', 'SAMPLE-AES')},URI="/hls-aes/secret.key"`
  sendText(exchange, playlistOf([key, ...segment('/hls/simple-0.ts')]), PLAYLIST)
}

/** The list of a radio: one address (`?to=`), and nothing of HLS. */
export const radioList: Answer = (exchange) =>
  sendText(exchange, `#EXTM3U\n#EXTINF:-1,A radio\n${textIn(exchange, 'to', '/radio/stream')}\n`, {
    type: 'audio/x-mpegurl',
  })

/** The plain mp4 whose length is reported twice: as `?second=`, or as it is. */
export const repeatedLength: Answer = async (exchange) => {
  const bytes = (await exchange.media.read('video', 'video.mp4')) ?? Buffer.alloc(0)
  const second = textIn(exchange, 'second', String(bytes.length))
  const lengths = ['content-length', String(bytes.length), 'content-length', second]
  // Node repeats a header only where it is given the lines themselves.
  exchange.response.writeHead(200, ['content-type', 'video/mp4', ...lengths])
  exchange.response.end(exchange.request.method === 'HEAD' ? undefined : bytes)
}

const ICY = { 'icy-name': 'A radio', 'icy-br': '64', 'icy-metaint': '16000' }
const RADIO_PIECE_MS = 100

/** A stream without length and end, as a radio sends it. */
export const radioStream: Answer = async (exchange) => {
  const { request, response, gone, media } = exchange
  response.writeHead(200, { 'content-type': 'audio/mpeg', ...ICY })
  if (request.method === 'HEAD') {
    response.end()
    return
  }
  const sound = (await media.read('audio', 'audio.mp3')) ?? Buffer.alloc(0)
  while (!gone.aborted) {
    response.write(sound.subarray(0, 2000))
    await new Promise((resolve) => setTimeout(resolve, RADIO_PIECE_MS))
  }
}
