/** A feed as long as a playlist: entries that are good, gone, private, and there twice. */
import { type Answer, escapeHtml, numberIn, sendText, textIn } from './exchange.ts'

const ENTRIES_MAX = 2000

/** What stands at which place of a mixed list; every other entry is good. */
const mixedPlaces = { gone: [7, 23, 41], private: [11, 37], double: [13, 29, 53] } as const

/**
 * An RSS feed of `?entries=` links (default 60), each to `?to=` (default `/video.mp4`) with its own `?n=`. `?mixed=no` makes all of them good;
 * else some lead to a 404, some to a 403, and some to the first entry once more (`mixedPlaces` below).
 */
export const longFeed: Answer = (exchange) => {
  const count = Math.min(numberIn(exchange, 'entries', 60), ENTRIES_MAX)
  const to = textIn(exchange, 'to', '/video.mp4')
  const isMixed = textIn(exchange, 'mixed', 'yes') !== 'no'
  const good = (place: number) => `${to}${to.includes('?') ? '&' : '?'}n=${place}`
  const pathOf = (place: number): string => {
    if (!isMixed) return good(place)
    if (has(mixedPlaces.gone, place)) return `/status/404?n=${place}`
    if (has(mixedPlaces.private, place)) return `/status/403?n=${place}`
    return has(mixedPlaces.double, place) ? good(1) : good(place)
  }
  const items = Array.from({ length: count }, (_, at) => {
    const address = escapeHtml(new URL(pathOf(at + 1), exchange.url).href)
    return `<item><title>Entry ${at + 1}</title><guid>entry-${at + 1}</guid><link>${address}</link></item>`
  })
  sendText(
    exchange,
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>A long feed</title>${items.join('')}</channel></rss>`,
    { type: 'application/xml' },
  )
}

const has = (places: readonly number[], place: number): boolean => places.includes(place)
