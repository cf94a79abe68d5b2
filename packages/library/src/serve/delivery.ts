/** What HTTP says about a file: status, headers and bytes, decided from the request alone. No I/O, no clock. */

import type { ByteRange } from '../library.ts'
import { typeInHttp } from '../media-type.ts'
import { readRange } from './byte-range.ts'
import { contentDisposition, type Disposition } from './content-disposition.ts'
import { writeHttpDate } from './http-date.ts'
import { type ConditionalHeaders, evaluatePreconditions, rangeApplies } from './preconditions.ts'

export interface DeliveryRequest {
  method: 'GET' | 'HEAD'
  /** As Node hands them over: names in lower case. Others may be among them. */
  headers: ConditionalHeaders
  /** Default: `attachment`. */
  disposition?: Disposition
}

export interface DeliveredFile {
  filename: string
  title: string | null
  mediaType: string
  /** Of subtitles; part of the name that is offered. */
  language?: string | undefined
  sizeBytes: number
  /** 64 hexadecimal digits; they are the entity tag. */
  sha256: string
  modifiedMs: number
}

/**
 * `range` is what the body holds: null for the whole file (200), and where there is no body of ours (304, 412, 416; the
 * body of an error is the gateway's). A HEAD gets the headers of its GET without a range, and no body.
 */
export interface Delivery {
  status: 200 | 206 | 304 | 412 | 416
  headers: Record<string, string>
  range: ByteRange | null
}

/**
 * What is shown in a browser has the gateway's own origin. No media type of the library can hold a script; should a
 * browser ever see one all the same, it does not run and connects nowhere. Players of browsers set styles. Chromium plays a
 * video that is opened by itself only when its sandbox has an origin; without `allow-scripts` nobody can use that.
 */
const SHOWN_POLICY =
  "default-src 'none'; media-src 'self'; img-src 'self'; style-src 'unsafe-inline'; sandbox allow-same-origin"

/** RFC 9110: conditions first (section 13.2.2), then the range, which only GET has (section 14.2). */
export function deliver({ method, headers, disposition }: DeliveryRequest, file: DeliveredFile): Delivery {
  if (!/^[0-9a-f]{64}$/.test(file.sha256)) throw new TypeError('The digest of a file has 64 hexadecimal digits.')
  const validators = { etag: `"${file.sha256}"`, modified: Math.floor(file.modifiedMs / 1000) }
  const always = { ETag: validators.etag, 'Cache-Control': 'private' }

  const outcome = evaluatePreconditions(headers, validators)
  if (outcome === 'failed') return { status: 412, headers: always, range: null }
  if (outcome === 'not modified') return { status: 304, headers: always, range: null }

  const asked = method === 'GET' && rangeApplies(headers['if-range'], validators) ? headers.range : undefined
  const range = asked === undefined ? 'whole' : readRange(asked, file.sizeBytes)
  if (range === 'unsatisfiable') {
    const size = { 'Accept-Ranges': 'bytes', 'Content-Range': `bytes */${file.sizeBytes}` }
    return { status: 416, headers: { ...always, ...size }, range: null }
  }

  const described = {
    ...always,
    'Accept-Ranges': 'bytes',
    'Last-Modified': writeHttpDate(file.modifiedMs),
    'Content-Type': typeInHttp(file.mediaType),
    'Content-Disposition': contentDisposition({ ...file, disposition: disposition ?? 'attachment' }),
    'X-Content-Type-Options': 'nosniff',
    // RFC 9530: of the whole file, also beside a part of it. The one algorithm there is; Want-Repr-Digest changes nothing.
    'Repr-Digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
    ...(disposition === 'inline' ? { 'Content-Security-Policy': SHOWN_POLICY } : {}),
  }
  if (range === 'whole') {
    return { status: 200, headers: { ...described, 'Content-Length': String(file.sizeBytes) }, range: null }
  }
  // After If-Range the description may be left out of a part; players and proxies read it there, so it stays.
  const part = {
    'Content-Length': String(range.end - range.start + 1),
    'Content-Range': `bytes ${range.start}-${range.end}/${file.sizeBytes}`,
  }
  return { status: 206, headers: { ...described, ...part }, range }
}
