/** A file that is replaced by another one under the same address, as the latest episode of a series is. */
import { type Answer, BadParameter, type Exchange, sendText, textIn } from './exchange.ts'

const KEYS_KEPT = 1000

/** How the site shows that it is another file: what differs from one version to the next. */
const ways = ['etag', 'last-modified', 'length', 'nothing'] as const

const nameOf = (exchange: Exchange): string => `latest ${textIn(exchange, 'key')}`

/** The sound of the version that is current for `?key=`; `?tells=` says which of its headers differ between versions. */
export const latestSound: Answer = async (exchange) => {
  const { request, response, media, state } = exchange
  const tells = ways.find((way) => way === textIn(exchange, 'tells', 'etag'))
  if (tells === undefined) throw new BadParameter(`tells must be one of ${ways.join(', ')}.`)
  const version = state.tickets.get(nameOf(exchange)) ?? 0
  const sound = await media.read('audio', 'audio.mp3')
  if (sound === null) throw new Error('The recipe makes no such file.')
  // Players pass over what follows the last frame.
  const end = Buffer.alloc(tells === 'length' ? 8 + version : 8, version)
  const body = Buffer.concat([sound, end])
  const date = new Date(Date.UTC(2026, 0, 1, 0, 0, version)).toUTCString()
  response.writeHead(200, {
    'content-type': 'audio/mpeg',
    'content-length': body.length,
    ...(tells === 'etag' && { etag: `"version-${version}"` }),
    ...(tells === 'last-modified' && { 'last-modified': date }),
  })
  response.end(request.method === 'HEAD' ? undefined : body)
}

/** From now on it is the next version. */
export const replaceLatest: Answer = (exchange) => {
  const { tickets } = exchange.state
  const name = nameOf(exchange)
  if (tickets.size >= KEYS_KEPT && !tickets.has(name)) throw new BadParameter('Too many keys for one site.')
  tickets.set(name, (tickets.get(name) ?? 0) + 1)
  sendText(exchange, 'It has been replaced.', { type: 'text/plain' })
}
