/** Answers that are no success, and ways around: status codes, sources that fail at first, redirects. */
import { STATUS_CODES } from 'node:http'
import { type Answer, BadParameter, type Exchange, numberIn, sendText, textIn } from './exchange.ts'
import { sendMedia } from './plain-files.ts'

const RETRY_AFTER_SECONDS = 1
const KEYS_KEPT = 1000

/** Which statuses tell the client when to come back (`?retry-after=` seconds). */
const mustWait: readonly number[] = [429, 503]

/** `403` is a page, `403.mp4` what a player meets: the same status, and in both cases a text that explains it. */
export const statusPage: Answer = (exchange) => {
  const [, digits, extension] = /^([459]\d\d)(\.mp4)?$/.exec(exchange.rest) ?? []
  if (digits === undefined) throw new BadParameter('The status must be from 400 to 599, or from 900 to 999.')
  sendStatus(
    exchange,
    Number(digits),
    extension === undefined ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8',
  )
}

/** `STATUS/any name`: the status, of a page or a file of that name. */
export const namedStatus: Answer = (exchange) => {
  const [, status] = /^([459]\d\d)\/./.exec(exchange.rest) ?? []
  if (status === undefined) throw new BadParameter('The path must be STATUS/name.')
  sendStatus(exchange, Number(status), 'text/html; charset=utf-8')
}

/** Fails `?failures=` times for each `?key=` with `?status=`, then sends the video. HEAD neither counts nor fails. */
export const flakyVideo: Answer = async (exchange) => {
  const key = textIn(exchange, 'key', 'default')
  const { failures } = exchange.state
  const soFar = failures.get(key) ?? 0
  if (soFar >= numberIn(exchange, 'failures', 2) || exchange.request.method === 'HEAD') {
    return sendMedia(exchange, 'video', 'video.mp4')
  }
  if (failures.size >= KEYS_KEPT && !failures.has(key)) throw new BadParameter('Too many keys for one site.')
  failures.set(key, soFar + 1)
  sendStatus(exchange, numberIn(exchange, 'status', 503), 'text/plain; charset=utf-8')
}

/** 302 to `?to=`, as it is written. */
export const redirect: Answer = (exchange) => sendRedirect(exchange, textIn(exchange, 'to'))

/** Each step has another address, so that no client takes it for the same one. */
export const redirectLoop: Answer = (exchange) =>
  sendRedirect(exchange, `/redirect-loop?step=${numberIn(exchange, 'step', 0) + 1}`)

function sendRedirect(exchange: Exchange, location: string): void {
  // Node refuses what cannot stand in a header, such as a line break; that is the test's mistake, not the site's.
  if (/[^\t\x20-\x7e]/.test(location)) throw new BadParameter('to must be percent-encoded ASCII.')
  sendText(exchange, 'Moved.', { status: 302, headers: { location } })
}

export function sendStatus(exchange: Exchange, status: number, type: string): void {
  const reason = textIn(exchange, 'reason', STATUS_CODES[status] ?? '')
  if (/[^\x20-\x7e]/.test(reason)) throw new BadParameter('reason must be printable ASCII.')
  exchange.response.statusMessage = reason
  const retryAfter = numberIn(exchange, 'retry-after', RETRY_AFTER_SECONDS)
  sendText(exchange, `${status} ${STATUS_CODES[status] ?? ''}`, {
    status,
    type,
    headers: {
      ...(mustWait.includes(status) && { 'retry-after': String(retryAfter) }),
      ...(exchange.url.searchParams.has('egress') && { 'x-egress': textIn(exchange, 'egress') }),
    },
  })
}
