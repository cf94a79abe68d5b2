/** Videos in many pieces: HLS, DASH, and the two kinds of HLS that only a server can make. */
import type { RecipeName } from '../media-recipes.ts'
import { FRAGMENT_SECONDS, FRAGMENTS } from '../media-recipes.ts'
import { type Answer, BadParameter, numberIn, sendText } from './exchange.ts'
import { PLAYLIST_TYPE, sendMedia } from './plain-files.ts'

const FRAGMENTS_MAX = 100_000
const LIVE_WINDOW = 5
const PLAYLIST = { type: PLAYLIST_TYPE, headers: { 'cache-control': 'no-store' } }

/** Playlists, manifests, segments and keys of a recipe. */
export const streamFolder =
  (recipe: RecipeName): Answer =>
  (exchange) =>
    sendMedia(exchange, recipe, exchange.rest)

/** `?fragments=` of them, each of which answers only after `?delay=` milliseconds. */
export const longPlaylist: Answer = (exchange) => {
  const count = Math.floor(numberIn(exchange, 'fragments', FRAGMENTS))
  const delay = numberIn(exchange, 'delay', 50)
  if (count < 1 || count > FRAGMENTS_MAX) throw new BadParameter(`fragments must be from 1 to ${FRAGMENTS_MAX}.`)
  const fragments = Array.from({ length: count }, (_, index) => fragmentLines(index, `?n=${index}&delay=${delay}`))
  sendText(
    exchange,
    [...playlistHead(0), '#EXT-X-PLAYLIST-TYPE:VOD', ...fragments.flat(), '#EXT-X-ENDLIST', ''].join('\n'),
    PLAYLIST,
  )
}

/** Grows by a fragment in each fragment's time, shows the last five, and has no end. */
export const livePlaylist: Answer = (exchange) => {
  const elapsedSeconds = (Date.now() - exchange.state.startedAt) / 1000
  const first = Math.floor(elapsedSeconds / FRAGMENT_SECONDS)
  const fragments = Array.from({ length: LIVE_WINDOW }, (_, index) =>
    fragmentLines(first + index, `?n=${first + index}`),
  )
  sendText(exchange, [...playlistHead(first), ...fragments.flat(), ''].join('\n'), PLAYLIST)
}

const playlistHead = (first: number): string[] => [
  ...['#EXTM3U', '#EXT-X-VERSION:3', '#EXT-X-TARGETDURATION:1', `#EXT-X-MEDIA-SEQUENCE:${first}`],
]

/** There are only so many different fragments: after the last one the first comes again, with time starting anew. */
const fragmentLines = (index: number, query: string): string[] => [
  ...(index > 0 && index % FRAGMENTS === 0 ? ['#EXT-X-DISCONTINUITY'] : []),
  `#EXTINF:${FRAGMENT_SECONDS.toFixed(3)},`,
  `/fragments/fragments-${index % FRAGMENTS}.ts${query}`,
]
