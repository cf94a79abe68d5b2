/** Addresses that lead to other addresses: feeds, lists of lists, and chains that never arrive. */
import { type Answer, escapeHtml, numberIn, sendText, textIn } from './exchange.ts'

const PAD_MAX = 2000
const XML = { type: 'application/xml' }

/**
 * An RSS feed with an entry for each `?item=`: `enclosure:ADDRESS`, `link:ADDRESS`, `both:ADDRESS` (an enclosure and a
 * link to a page that is not there), or `nothing:`. `?guid=none` leaves their ids out, and `?pad=` makes each address longer by so many characters.
 */
export const feed: Answer = (exchange) => {
  const pad = 'x'.repeat(Math.min(numberIn(exchange, 'pad', 0), PAD_MAX))
  const items = exchange.url.searchParams.getAll('item').map((item, index) => {
    const [kind = '', ...rest] = item.split(':')
    const address = escapeHtml(new URL(rest.join(':') + pad, exchange.url).href)
    const guid = textIn(exchange, 'guid', '') === 'none' ? '' : `<guid>episode-${index + 1}</guid>`
    const enclosure = `<enclosure url="${address}" length="1" type="audio/mpeg"/>`
    const link = `<link>${kind === 'both' ? '/no-such-page' : address}</link>`
    const parts = { enclosure, link, both: enclosure + link }[kind] ?? ''
    return `<item><title>Episode ${index + 1}</title>${guid}${parts}</item>`
  })
  sendFeed(exchange, items.join(''))
}

/** A feed whose only entry leads to the next feed, for ever. */
export const endlessFeed: Answer = (exchange) =>
  sendFeed(exchange, linkTo(`${exchange.url.pathname}?n=${numberIn(exchange, 'n', 0) + 1}`, exchange.url))

/** A feed that is its own first entry; `?then=` is its second. */
export const feedOfItself: Answer = (exchange) => {
  const then = textIn(exchange, 'then', '')
  sendFeed(exchange, linkTo(exchange.url.href, exchange.url) + (then === '' ? '' : linkTo(then, exchange.url)))
}

/** A page that sends its reader on to the next page, for ever: `?by=refresh`, or `?by=player`, as what shows its video. */
export const endlessPages: Answer = (exchange) => {
  const by = textIn(exchange, 'by', 'refresh')
  const next = new URL(exchange.url)
  next.searchParams.set('n', String(numberIn(exchange, 'n', 0) + 1))
  const address = escapeHtml(next.href)
  const head =
    by === 'refresh'
      ? `<meta http-equiv="refresh" content="0;url=${address}">`
      : `<meta name="twitter:player" content="${address}">`
  sendText(exchange, `<!doctype html>\n<html><head><title>Another page</title>${head}</head><body></body></html>\n`)
}

/** A list in XSPF with a track for each `?location=`. */
export const xspf: Answer = (exchange) => {
  const tracks = exchange.url.searchParams.getAll('location').map((location) => {
    const address = escapeHtml(new URL(location, exchange.url).href)
    return `<track><title>A track</title><location>${address}</location></track>`
  })
  const head = '<?xml version="1.0" encoding="UTF-8"?>\n<playlist version="1" xmlns="http://xspf.org/ns/0/"><trackList>'
  sendText(exchange, `${head}${tracks.join('')}</trackList></playlist>`, XML)
}

/** An Atom feed with an entry that links to `?link=`. */
export const atom: Answer = (exchange) => {
  const link = escapeHtml(new URL(textIn(exchange, 'link', '/page'), exchange.url).href)
  const entry = `<entry><title>An entry</title><id>urn:entry:1</id><link href="${link}"/></entry>`
  const head = '<?xml version="1.0" encoding="utf-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom"><title>A feed</title>'
  sendText(exchange, `${head}${entry}</feed>`, XML)
}

const linkTo = (address: string, base: URL): string =>
  `<item><title>Another list</title><link>${escapeHtml(new URL(address, base).href)}</link></item>`

const sendFeed = (exchange: Parameters<Answer>[0], items: string): void =>
  sendText(
    exchange,
    `<?xml version="1.0" encoding="UTF-8"?>\n<rss version="2.0"><channel><title>A feed</title>${items}</channel></rss>`,
    XML,
  )
