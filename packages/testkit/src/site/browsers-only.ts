/** A wall that serves browsers alone: it checks a client by its first words in TLS and by its settings of HTTP/2. */
import type { ServerHttp2Stream } from 'node:http2'
import { isChrome } from '../client-hello.ts'
import { type Answer, type Exchange, sendText } from './exchange.ts'

/** What a Chrome says at the beginning of each connection, and no other client does. */
const SETTINGS = { headerTableSize: 65_536, enablePush: false, initialWindowSize: 6_291_456 }

/**
 * `answer` for a Chrome over HTTPS; 403 for all others, with a word about why. `?challenge` marks it as walls do, and
 * `?elsewhere=host:port` says that the same is served there as well.
 */
export const browsersOnly =
  (answer: (path: string) => Answer | null): Answer =>
  (exchange) => {
    const elsewhere = exchange.url.searchParams.get('elsewhere')
    if (elsewhere !== null) exchange.response.setHeader('alt-svc', `h3="${elsewhere}", h2="${elsewhere}"`)
    const reason = whyNoBrowser(exchange)
    const behind = answer(`/${exchange.rest}`)
    if (reason === null && behind !== null) return behind(exchange)
    const headers = exchange.url.searchParams.has('challenge') ? { 'cf-mitigated': 'challenge' } : {}
    sendText(exchange, reason ?? 'There is no such page.', { status: reason === null ? 404 : 403, headers })
  }

function whyNoBrowser({ hello, request }: Exchange): string | null {
  if (hello === null) return 'This is served over HTTPS alone.'
  if (!isChrome(hello)) return 'Your first words in TLS are not those of a browser.'
  const { session } = (request as unknown as { stream?: ServerHttp2Stream }).stream ?? {}
  if (!session) return 'A browser speaks HTTP/2.'
  const reported = session.remoteSettings
  const isKnown = Object.entries(SETTINGS).every(([name, value]) => reported[name as keyof typeof SETTINGS] === value)
  return isKnown ? null : 'Your settings of HTTP/2 are not those of a browser.'
}
