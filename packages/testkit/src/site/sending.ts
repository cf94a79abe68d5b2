/** Sending media: with ranges or without, with a length or without, at a given schedule. */
import { setTimeout as delay } from 'node:timers/promises'
import type { Exchange } from './exchange.ts'
import { writeAtRate } from './writing-at-a-rate.ts'

/** Bytes that can be had in parts. */
export interface Body {
  readonly size: number
  /** Changes when the bytes do. */
  readonly etag: string
  /** The bytes from `start` up to but not including `end`. */
  pieces(start: number, end: number): Iterable<Buffer>
}

export const bodyOf = (bytes: Buffer): Body => ({
  size: bytes.length,
  etag: `"${bytes.length}-${bytes.subarray(-64).toString('base64url').slice(0, 16)}"`,
  pieces: (start, end) => [bytes.subarray(start, end)],
})

interface Sending {
  readonly type: string
  /** Whether parts can be asked for. Default true. */
  readonly ranges?: boolean
  /** Bytes per second; 0, the default, without a limit. */
  readonly rate?: number
  /** Milliseconds before anything is sent. */
  readonly delay?: number
}

/** Answers GET and HEAD, a single range with 206, one that cannot be satisfied with 416; anything else with all. */
export async function sendBody(exchange: Exchange, body: Body, options: Sending): Promise<void> {
  const { request, response, gone } = exchange
  const { type, ranges = true, rate = 0 } = options
  if (options.delay) await delay(options.delay, undefined, { signal: gone })
  const range = ranges ? rangeOf(request.headers.range, body.size) : 'whole'
  const common = { 'content-type': type, etag: body.etag, ...(ranges ? { 'accept-ranges': 'bytes' } : {}) }
  if (range === 'unsatisfiable') {
    response.writeHead(416, { ...common, 'content-range': `bytes */${body.size}`, 'content-length': 0 }).end()
    return
  }
  const { start, end } = range === 'whole' ? { start: 0, end: body.size } : range
  const length = { 'content-length': end - start }
  if (range === 'whole') response.writeHead(200, { ...common, ...length })
  else response.writeHead(206, { ...common, ...length, 'content-range': `bytes ${start}-${end - 1}/${body.size}` })
  if (request.method !== 'HEAD') await writeAtRate(exchange, body.pieces(start, end), rate)
  response.end()
}

/** Without a length: the client learns the end only when it comes. */
export async function sendChunked(exchange: Exchange, pieces: Iterable<Buffer>, options: Sending): Promise<void> {
  const { request, response } = exchange
  response.writeHead(200, { 'content-type': options.type })
  if (request.method !== 'HEAD') await writeAtRate(exchange, pieces, options.rate)
  response.end()
}

type Range = { start: number; end: number } | 'whole' | 'unsatisfiable'

/** `end` is the first byte that is left out. Several ranges, or what is no range at all, count as the whole. */
function rangeOf(header: string | undefined, size: number): Range {
  const [, first, last] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? []
  if (first === undefined || last === undefined || (first === '' && last === '')) return 'whole'
  const start = first === '' ? Math.max(0, size - Number(last)) : Number(first)
  const end = first === '' || last === '' ? size : Math.min(size, Number(last) + 1)
  return start < end ? { start, end } : 'unsatisfiable'
}
