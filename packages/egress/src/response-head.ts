/** Reads the head of an HTTP response from a hostile server, strictly enough to know where its body ends. */

export interface ResponseHead {
  readonly status: number
  readonly reason: string
  /** Names and values in turn, without those that concern only this hop; lengths included. */
  readonly headers: string[]
  readonly body: BodyFraming
}

/** How the body ends: there is none, after so many bytes, or when the connection closes (also when it is chunked). */
export type BodyFraming =
  | { readonly ends: 'at once' | 'with the connection' }
  | { readonly ends: 'after'; bytes: number }

/** `rest`: what came behind the head, a part of the bytes that were given last. `'bad'`: no HTTP, or beyond a bound. */
export type HeadReading = { readonly head: ResponseHead; readonly rest: Uint8Array } | 'incomplete' | 'bad'

/** Of the head and all interim answers before it together. No honest server comes near any of them. */
const BYTES_MAX = 64 * 1024
const LINES_MAX = 256
const INTERIM_MAX = 20
const FIRST_BYTES = 2 * 1024

// Statuses beyond 5xx are no HTTP, but there are sites that refuse with them (999), and the status says so.
const STATUS_LINE = /^HTTP\/1\.[01] ([1-9]\d\d)(?: (.*))?$/
/** RFC 9110 section 5.6.2. */
const TOKEN = /^[!#$%&'*+\-.^_`|~0-9A-Za-z]+$/
/** RFC 9110 section 5.5: visible characters, blanks, and bytes beyond ASCII. */
const FIELD_VALUE = /^[\t\x20-\x7e\x80-\xff]*$/
const HOP_BY_HOP = new Set(['connection', 'keep-alive', 'proxy-authenticate', 'proxy-connection', 'trailer', 'upgrade'])
/** By this header a job knows the proxy's own answers, so no target may set it. */
const OURS = 'x-egress'

const LINE_FEED = 0x0a

/**
 * Returns a function to feed bytes to as they arrive, until it says something else than `'incomplete'`. Interim answers
 * (1xx, RFC 9110 section 15.2) are passed over; 101 would leave HTTP, and nobody asked for that. Each byte is copied and
 * looked at once, however the bytes are cut, and nothing throws.
 */
export function headReader(method: string): (bytes: Uint8Array) => HeadReading {
  let held = Buffer.allocUnsafe(FIRST_BYTES)
  let size = 0
  let lineStart = 0
  let lines: string[] = []
  const left = { lines: LINES_MAX, interim: INTERIM_MAX }

  /** Grows by doubling, so that many small pieces cost no more than one large one. */
  const hold = (bytes: Uint8Array): void => {
    if (size + bytes.length > held.length) {
      const larger = Buffer.allocUnsafe(Math.max(held.length * 2, size + bytes.length))
      held.copy(larger, 0, 0, size)
      held = larger
    }
    held.set(bytes, size)
    size += bytes.length
  }

  /** The head, where this line ends one that is no interim answer; null where more lines are to come. */
  const take = (line: string): ResponseHead | 'bad' | null => {
    left.lines -= 1
    if (left.lines < 0) return 'bad'
    if (line !== '') {
      lines.push(line)
      return null
    }
    const head = parseHead(lines, method)
    lines = []
    if (head === 'bad' || head.status >= 200) return head
    left.interim -= 1
    return head.status === 101 || left.interim < 0 ? 'bad' : null
  }

  return (bytes) => {
    const before = size
    hold(bytes.subarray(0, BYTES_MAX - size))
    const filled = held.subarray(0, size)
    for (let end = filled.indexOf(LINE_FEED, before); end >= 0; end = filled.indexOf(LINE_FEED, lineStart)) {
      const head = take(textOf(filled.subarray(lineStart, end)))
      lineStart = end + 1
      if (head === 'bad') return 'bad'
      if (head) return { head, rest: bytes.subarray(lineStart - before) }
    }
    return size >= BYTES_MAX ? 'bad' : 'incomplete'
  }
}

/** A line without its end, which is a line feed with or without a carriage return before it (RFC 9112 section 2.2). */
const textOf = (line: Buffer): string =>
  line.toString('latin1', 0, line.at(-1) === 0x0d ? line.length - 1 : line.length)

function parseHead([first = '', ...lines]: readonly string[], method: string): ResponseHead | 'bad' {
  const [, digits, reason = ''] = STATUS_LINE.exec(first) ?? []
  if (!digits) return 'bad'
  const status = Number(digits)
  const fields = lines.map(readField).filter((field) => field !== null)
  const body = bodyFraming(status, method, fields)
  if (body === 'bad') return 'bad'
  return { status, reason: reason.replaceAll(/[^\x20-\x7e]/g, ''), headers: forwardedHeaders(fields, body), body }
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
  return TOKEN.test(name) && FIELD_VALUE.test(value) ? [name, value] : null
}

function bodyFraming(status: number, method: string, fields: [string, string][]): BodyFraming | 'bad' {
  if (method === 'HEAD' || status < 200 || status === 204 || status === 304) return { ends: 'at once' }
  const valuesOf = (wanted: string) =>
    fields.filter(([name]) => name.toLowerCase() === wanted).map(([, value]) => value)
  if (valuesOf('transfer-encoding').length > 0) return { ends: 'with the connection' }
  const [length, ...others] = new Set(valuesOf('content-length'))
  if (length === undefined) return { ends: 'with the connection' }
  return others.length > 0 || !/^\d{1,15}$/.test(length) ? 'bad' : { ends: 'after', bytes: Number(length) }
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
