/** Pages of a site that looks at the addresses of who asks: a session belongs to one, and each may look so often. */
import { randomBytes } from 'node:crypto'
import { BadParameter, type Exchange, numberIn, sendText, textIn } from './exchange.ts'
import { challengePage } from './faulty.ts'
import { htmlPage, videoElement } from './pages.ts'
import { sendMedia } from './plain-files.ts'

const KEPT_MAX = 1000

/** Gives out the cookie `session` of a new session. The first address that uses it is the only one that may. */
export function oneAddressLogin({ state, response, ...exchange }: Exchange): void {
  if (state.boundSessions.size >= KEPT_MAX) throw new BadParameter('Too many sessions for one site.')
  const session = randomBytes(20).toString('hex')
  state.boundSessions.set(session, null)
  response.setHeader('set-cookie', `session=${session}; Path=/; Max-Age=86400; HttpOnly`)
  sendText({ state, response, ...exchange }, htmlPage('Signed in', '<p>Welcome.</p>'))
}

/** A page with a video for who is signed in. `?n=` makes it another page. */
export function oneAddressPage(exchange: Exchange): void {
  if (!mayLook(exchange)) return
  sendText(exchange, htmlPage('For one address', videoElement(new URL('/one-address/video.mp4', exchange.url).href)))
}

export function oneAddressVideo(exchange: Exchange): void | Promise<void> {
  if (mayLook(exchange)) return sendMedia(exchange, 'video', 'video.mp4')
}

/** A second address that uses a session ends it, for the first as well. */
function mayLook(exchange: Exchange): boolean {
  const { boundSessions } = exchange.state
  const session = /(?:^|; )session=([0-9a-f]+)/.exec(exchange.request.headers.cookie ?? '')?.[1] ?? ''
  const bound = boundSessions.get(session)
  const from = addressOf(exchange)
  if (bound === from || bound === null) {
    boundSessions.set(session, from)
    return true
  }
  boundSessions.delete(session)
  sendText(exchange, 'Sign in first.', { status: 401 })
  return false
}

/** A page with a video at `?src=`. After `?looks=` of one address for `?key=` the address is asked whether it is a bot. */
export function limitedPage(exchange: Exchange): void | Promise<void> {
  const { addressLooks } = exchange.state
  const key = `${textIn(exchange, 'key', '')} ${addressOf(exchange)}`
  if (addressLooks.size >= KEPT_MAX && !addressLooks.has(key)) throw new BadParameter('Too many keys for one site.')
  const looks = (addressLooks.get(key) ?? 0) + 1
  addressLooks.set(key, looks)
  if (looks > numberIn(exchange, 'looks', 3)) return challengePage(exchange)
  sendText(exchange, htmlPage('A page for few looks', videoElement(textIn(exchange, 'src', '/video.mp4'))))
}

const addressOf = ({ request }: Exchange): string => request.socket.remoteAddress ?? ''
