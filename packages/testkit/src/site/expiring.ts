/** A page that gives each of its readers another address of its video, of which only the latest is good. */
import { BadParameter, type Exchange, numberIn, sendText, textIn } from './exchange.ts'
import { jsonLdPage } from './pages.ts'
import { sendMedia } from './plain-files.ts'

const KEYS_KEPT = 1000

/** Looking at the page of a `?key=` ends the address that the reader before was given. */
export function expiringPage(exchange: Exchange): void {
  const key = textIn(exchange, 'key', 'default')
  const { tickets } = exchange.state
  if (tickets.size >= KEYS_KEPT && !tickets.has(key)) throw new BadParameter('Too many keys for one site.')
  const ticket = (tickets.get(key) ?? 0) + 1
  tickets.set(key, ticket)
  const media = new URL('/expiring.mp4', exchange.url)
  for (const [name, value] of Object.entries({ key, ticket, status: numberIn(exchange, 'status', 410) }))
    media.searchParams.set(name, String(value))
  sendText(exchange, jsonLdPage({ name: 'A video that moves', contentUrl: media.href }))
}

/** The video, or `?status=` where a later reader was given another address. */
export async function expiringVideo(exchange: Exchange): Promise<void> {
  const current = exchange.state.tickets.get(textIn(exchange, 'key'))
  if (numberIn(exchange, 'ticket', 0) === current) return sendMedia(exchange, 'video', 'video.mp4')
  sendText(exchange, 'This address has expired.', { status: numberIn(exchange, 'status', 410) })
}
