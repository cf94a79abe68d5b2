/** Reads the head of an HTTP response from a hostile server, strictly enough to know where its body ends. */
import { validateHeaderName, validateHeaderValue } from 'node:http'

export interface ResponseHead {
  readonly status: number
  readonly reason: string
  /** Names and values in turn, without those that concern only this hop; lengths included. */
  readonly headers: string[]
  readonly body: BodyFraming
  /** Bytes of the head, including the empty line. */
  readonly size: number
}

/** How the body ends: there is none, after so many bytes, or when the connection closes (also when it is chunked). */
export type BodyFraming =
  | { readonly ends: 'at once' | 'with the connection' }
  | { readonly ends: 'after'; bytes: number }

/** The server's answer is not HTTP, or longer than any honest head. */
export class BadResponse extends Error {
  override readonly name = 'BadResponse'
}

const HEAD_BYTES_MAX = 64 * 1024
// Statuses beyond 5xx are no HTTP, but there are sites that refuse with them (999), and the status says so.
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: (.*))?$/
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-connection', 'trailer', 'upgrade'])
/** By this header a job knows the proxy's own answers, so no target may set it. */
const OURS = 'x-egress'

/**
 * Reads the head at the start of `received`; null where it has not arrived completely.
 * @throws BadResponse
 */
export function readResponseHead(received: Buffer, method: string): ResponseHead | null {
  const end = /\r?\n\r?\n/.exec(received.toString('latin1', 0, HEAD_BYTES_MAX + 4))
  if (!end) {
    if (received.length > HEAD_BYTES_MAX) throw new BadResponse('The head is too long.')
    return null
  }
  const size = end.index + end[0].length
  const [first = '', ...lines] = received.toString('latin1', 0, end.index).split(/\r?\n/)
  const [, digits, reason = ''] = STATUS_LINE.exec(first) ?? []
  if (!digits) throw new BadResponse('The status line is not HTTP.')
  const status = Number(digits)
  const fields = lines.map(readField).filter((field) => field !== null)
  const body = bodyFraming(status, method, fields)
  return { status, reason: reason.replaceAll(/[^\x20-\x7e]/g, ''), headers: forwardedHeaders(fields, body), body, size }
}

/** Sends a header list on: drops what concerns one connection only, and what the server's `Connection` names. */
export function withoutHopByHop(fields: readonly (readonly [string, string])[], more: readonly string[] = []) {
  const named = fields
    .filter(([name]) => name.toLowerCase() === 'connection')
    .flatMap(([, value]) => value.split(',').map((token) => token.trim().toLowerCase()))
    // A length is never a matter of one hop; dropping it would change where the message ends.
    .filter((name) => name !== 'content-length' && name !== 'host')
  const dropped = new Set([...HOP_BY_HOP, OURS, ...named, ...more])
  return fields.filter(([name]) => !dropped.has(name.toLowerCase()))
}

/** Null for what is not a header field: servers do send such lines, and clients do overlook them. */
function readField(line: string): [string, string] | null {
  const colon = line.indexOf(':')
  const name = line.slice(0, Math.max(0, colon))
  const value = line.slice(colon + 1).trim()
  try {
    validateHeaderName(name)
    validateHeaderValue(name, value)
    return [name, value]
  } catch {
    return null
  }
}

function bodyFraming(status: number, method: string, fields: [string, string][]): BodyFraming {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { ends: 'at once' }
  const valuesOf = (wanted: string) =>
    fields.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  if (valuesOf('transfer-encoding').length > 0) return { ends: 'with the connection' }
  const [length, ...others] = new Set(valuesOf('content-length'))
  if (length === undefined) return { ends: 'with the connection' }
  if (others.length > 0 || !/^\d{1,15}$/.test(length)) throw new BadResponse('The length is not one number.')
  return { ends: 'after', bytes: Number(length) }
}

function forwardedHeaders(fields: [string, string][], body: BodyFraming): string[] {
  const chunked = body.ends === 'with the connection' && fields.some(([name]) => isTransferEncoding(name))
  const kept = withoutHopByHop(fields).filter(([name]) =>
    // Where a body is chunked its encoding is the truth; where there is none, only its length says anything.
    chunked ? name.toLowerCase() !== 'content-length' : !isTransferEncoding(name),
  )
  return kept.flat()
}

const isTransferEncoding = (name: string) => name.toLowerCase() === 'transfer-encoding'
