/** Pages for those who are signed in, of a site that gives out a new cookie at each use and takes the old one no more. */
import { randomBytes } from 'node:crypto'
import { BadParameter, type Exchange, numberIn, sendText, textIn } from './exchange.ts'
import { htmlPage, videoElement } from './pages.ts'
import { sendMedia, sizedVideo } from './plain-files.ts'

const ACCOUNTS_KEPT = 1000
/** Longer than any test waits. */
const SESSION_SECONDS = 86_400

/** `?account=` signs in: the cookie `session` is the first of a new session, and ends the one before. */
export function membersLogin(exchange: Exchange): void {
  const account = textIn(exchange, 'account')
  const { sessions } = exchange.state
  if (sessions.size >= ACCOUNTS_KEPT && !sessions.has(account))
    throw new BadParameter('Too many accounts for one site.')
  sessions.set(account, [])
  giveNext(exchange, account)
  sendText(exchange, htmlPage('Signed in', '<p>Welcome.</p>'))
}

/** For tests: all cookies that `?account=` was ever given, the newest last. */
export const membersCookies = (exchange: Exchange): void =>
  sendText(exchange, JSON.stringify(exchange.state.sessions.get(textIn(exchange, 'account')) ?? []), {
    type: 'application/json',
  })

/** `?account=` sees the title and the video. `?echo` shows the cookies that came, in the title and where the title is wrong. */
export function membersPage(exchange: Exchange): void {
  const account = admitted(exchange)
  if (account === null) return
  const { url, request } = exchange
  const media = new URL('/members/video.mp4', url)
  for (const [name, value] of url.searchParams) if (name !== 'echo') media.searchParams.set(name, value)
  const echo = url.searchParams.has('echo') ? ` ${request.headers.cookie ?? ''}` : ''
  sendText(exchange, htmlPage(`For ${account}${echo}`, videoElement(media.href)))
}

/** The video of `?account=`: `?bytes=` long at `?rate=` where that is given. */
export async function membersVideo(exchange: Exchange): Promise<void> {
  if (admitted(exchange) === null) return
  if (!exchange.url.searchParams.has('bytes')) return sendMedia(exchange, 'video', 'video.mp4')
  await sizedVideo({ bytes: 1_000_000, rate: 0 })(exchange)
}

/**
 * The account, once the next cookie is on its way. Null where the answer was given: 401 without a session that is good, and 403
 * with one of another account, which no honest client makes. `?grace=` old cookies are good beside the newest: default none.
 */
function admitted(exchange: Exchange): string | null {
  const account = textIn(exchange, 'account')
  const { sessions } = exchange.state
  const given = /(?:^|; )session=([0-9a-f]+)/.exec(exchange.request.headers.cookie ?? '')?.[1] ?? ''
  const newest = sessions.get(account)?.slice(-1 - numberIn(exchange, 'grace', 0)) ?? []
  if (newest.includes(given)) {
    giveNext(exchange, account)
    return account
  }
  const isOfAnother = [...sessions].some(([other, cookies]) => other !== account && cookies.includes(given))
  sendText(exchange, isOfAnother ? 'You are somebody else.' : 'Sign in first.', { status: isOfAnother ? 403 : 401 })
  return null
}

function giveNext({ state, response }: Exchange, account: string): void {
  const next = randomBytes(20).toString('hex')
  state.sessions.get(account)?.push(next)
  response.setHeader('set-cookie', `session=${next}; Path=/; Max-Age=${SESSION_SECONDS}; HttpOnly`)
}
