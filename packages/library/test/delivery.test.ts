/** RFC 9110 as tables: ranges (section 14), conditions (section 13), and the headers of each answer. */
import { expect, test } from '@jest/globals'
import { type ConditionalHeaders, type DeliveredFile, deliver } from '@video-scraper/library'

const sha256 = 'ab'.repeat(32)
const ETAG = `"${sha256}"`
const OTHER = `"${'cd'.repeat(32)}"`
const AT = 'Sun, 06 Nov 1994 08:49:37 GMT'
const BEFORE = 'Sun, 06 Nov 1994 08:49:36 GMT'
const AFTER = 'Sun, 06 Nov 1994 08:49:38 GMT'
const SIZE = 1000

const file: DeliveredFile = {
  filename: 'clip-0123456789abcdef0123456789abcdef.mp4',
  title: 'Clip',
  mediaType: 'video/mp4',
  sizeBytes: SIZE,
  sha256,
  modifiedMs: Date.UTC(1994, 10, 6, 8, 49, 37, 512),
}

const get = (headers: ConditionalHeaders) => deliver({ method: 'GET', headers }, file)
const head = (headers: ConditionalHeaders) => deliver({ method: 'HEAD', headers }, file)

test.each<[string, number, number]>([
  ['bytes=0-499', 0, 499],
  ['bytes=500-999', 500, 999],
  ['bytes=0-0', 0, 0],
  ['bytes=999-999', 999, 999],
  ['bytes=0-', 0, 999],
  ['bytes=500-', 500, 999],
  ['bytes=999-5000', 999, 999],
  ['bytes=0-99999999999999999999999999', 0, 999],
  ['bytes=-1', 999, 999],
  ['bytes=-500', 500, 999],
  ['bytes=-1000', 0, 999],
  ['bytes=-5000', 0, 999],
  ['BYTES=0-1', 0, 1],
  ['bytes= 0-1 ', 0, 1],
  [' bytes=0-1', 0, 1],
  ['bytes=,0-1,,', 0, 1],
])('%s is answered 206 with exactly those bytes', (range, start, end) => {
  const answer = get({ range })
  expect(answer).toMatchObject({ status: 206, range: { start, end } })
  expect(answer.headers['Content-Range']).toBe(`bytes ${start}-${end}/${SIZE}`)
  expect(answer.headers['Content-Length']).toBe(String(end - start + 1))
})

test.each(['bytes=1000-', 'bytes=1000-1001', 'bytes=99999999999999999999-', 'bytes=-0'])(
  '%s is answered 416 with the size',
  (range) => {
    const answer = get({ range })
    expect(answer).toMatchObject({ status: 416, range: null })
    expect(answer.headers['Content-Range']).toBe(`bytes */${SIZE}`)
    expect(answer.headers).not.toHaveProperty('Content-Disposition')
  },
)

test.each([
  ['several ranges', 'bytes=0-1,5-6'],
  ['a thousand overlapping ranges', `bytes=${Array.from({ length: 1000 }, () => '0-').join(',')}`],
  ['an end before its start', 'bytes=5-4'],
  ['no numbers', 'bytes=-'],
  ['nothing', 'bytes='],
  ['no unit', '0-1'],
  ['another unit', 'seconds=0-1'],
  ['a unit that ends like bytes', 'kilobytes=0-1'],
  ['a line break', 'bytes=0-1\n2'],
  ['signs', 'bytes=+1-2'],
  ['a fraction', 'bytes=0-1.5'],
  ['spaces inside', 'bytes=0 - 1'],
  ['a negative start', 'bytes=--1'],
  ['other digits', 'bytes=٠-١'],
  ['two headers joined', 'bytes=0-1, bytes=2-3'],
  ['an empty header', ''],
])('a Range with %s is answered with the whole file', (_, range) => {
  expect(get({ range })).toMatchObject({ status: 200, range: null, headers: { 'Content-Length': String(SIZE) } })
})

test('a HEAD has no range: it is answered as the whole file', () => {
  expect(head({ range: 'bytes=0-1' })).toMatchObject({ status: 200, range: null })
  expect(head({ range: 'bytes=5000-' }).headers).toEqual(get({}).headers)
})

const range = 'bytes=0-1'
test.each<[string, string, number]>([
  ['the same strong tag', ETAG, 206],
  ['the same tag, weak', `W/${ETAG}`, 200],
  ['another tag', OTHER, 200],
  ['the same tag between spaces', ` ${ETAG} `, 206],
  ['a tag without quotes', sha256, 200],
  ['a list of tags', `${ETAG}, ${OTHER}`, 200],
  ['the same date', AT, 206],
  ['an earlier date', BEFORE, 200],
  ['a later date', AFTER, 200],
  ['no date at all', 'yesterday', 200],
  ['nothing', '', 200],
])('If-Range with %s', (_, ifRange, status) => {
  expect(get({ range, 'if-range': ifRange }).status).toBe(status)
})

test('If-Range without Range means nothing, and 416 only comes when it holds', () => {
  expect(get({ 'if-range': ETAG }).status).toBe(200)
  expect(get({ range: 'bytes=5000-', 'if-range': ETAG }).status).toBe(416)
  expect(get({ range: 'bytes=5000-', 'if-range': OTHER }).status).toBe(200)
})

test.each<[string, ConditionalHeaders, number]>([
  ['If-Match of the same tag', { 'if-match': ETAG }, 200],
  ['If-Match of a list with it', { 'if-match': `${OTHER} , ${ETAG}` }, 200],
  ['If-Match of anything', { 'if-match': ' * ' }, 200],
  ['If-Match of another', { 'if-match': OTHER }, 412],
  ['If-Match of the same tag, weak', { 'if-match': `W/${ETAG}` }, 412],
  ['If-Match of rubbish', { 'if-match': sha256 }, 412],
  ['If-Match of an empty list', { 'if-match': '' }, 412],
  ['If-Unmodified-Since the same second', { 'if-unmodified-since': AT }, 200],
  ['If-Unmodified-Since later', { 'if-unmodified-since': AFTER }, 200],
  ['If-Unmodified-Since earlier', { 'if-unmodified-since': BEFORE }, 412],
  ['If-Unmodified-Since rubbish', { 'if-unmodified-since': 'x' }, 200],
  ['If-None-Match of the same tag', { 'if-none-match': ETAG }, 304],
  ['If-None-Match of the same tag, weak', { 'if-none-match': `W/${ETAG}` }, 304],
  ['If-None-Match of a list with it', { 'if-none-match': `${OTHER},W/${ETAG}` }, 304],
  ['If-None-Match of anything', { 'if-none-match': '*' }, 304],
  ['If-None-Match of another', { 'if-none-match': OTHER }, 200],
  ['If-None-Match of rubbish', { 'if-none-match': sha256 }, 200],
  ['If-Modified-Since the same second', { 'if-modified-since': AT }, 304],
  ['If-Modified-Since later', { 'if-modified-since': AFTER }, 304],
  ['If-Modified-Since earlier', { 'if-modified-since': BEFORE }, 200],
  ['If-Modified-Since rubbish', { 'if-modified-since': '1' }, 200],
  // Section 13.2.2: the order, and which header makes which other one be ignored.
  ['If-Match before If-Unmodified-Since', { 'if-match': ETAG, 'if-unmodified-since': BEFORE }, 200],
  ['If-Match that fails, whatever else holds', { 'if-match': OTHER, 'if-none-match': ETAG }, 412],
  [
    'If-Unmodified-Since that fails before If-None-Match',
    { 'if-unmodified-since': BEFORE, 'if-none-match': ETAG },
    412,
  ],
  ['If-None-Match before If-Modified-Since', { 'if-none-match': OTHER, 'if-modified-since': AFTER }, 200],
  ['If-None-Match after If-Match holds', { 'if-match': ETAG, 'if-none-match': ETAG }, 304],
  ['304 before the range', { 'if-none-match': ETAG, range }, 304],
  ['412 before the range', { 'if-match': OTHER, range: 'bytes=5000-' }, 412],
  ['the range after conditions that hold', { 'if-match': ETAG, range }, 206],
])('%s', (_, headers, status) => {
  expect(get(headers).status).toBe(status)
  if (headers.range === undefined) expect(head(headers).status).toBe(status)
})

test('a whole file carries exactly these headers', () => {
  expect(get({})).toEqual({
    status: 200,
    range: null,
    headers: {
      ETag: ETAG,
      'Cache-Control': 'private',
      'Accept-Ranges': 'bytes',
      'Last-Modified': AT,
      'Content-Type': 'video/mp4',
      'Content-Length': String(SIZE),
      'Content-Disposition': `attachment; filename=${file.filename}; filename*=UTF-8''Clip%20%5B01234567%5D.mp4`,
      'X-Content-Type-Options': 'nosniff',
      'Repr-Digest': `sha-256=:${Buffer.alloc(32, 0xab).toString('base64')}:`,
    },
  })
})

test('a 304 carries what a cache needs and says nothing about content', () => {
  expect(get({ 'if-none-match': ETAG }).headers).toEqual({ ETag: ETAG, 'Cache-Control': 'private' })
})

test('a file of one byte has ranges too', () => {
  const tiny = { ...file, sizeBytes: 1 }
  expect(deliver({ method: 'GET', headers: { range: 'bytes=0-' } }, tiny)).toMatchObject({
    range: { start: 0, end: 0 },
  })
  expect(deliver({ method: 'GET', headers: { range: 'bytes=1-' } }, tiny).status).toBe(416)
})

test('an empty file has no ranges', () => {
  const empty = { ...file, sizeBytes: 0 }
  expect(deliver({ method: 'GET', headers: { range: 'bytes=0-' } }, empty)).toMatchObject({ status: 200, range: null })
})

test('a file of 1970 is sent to who names no date', () => {
  expect(deliver({ method: 'GET', headers: {} }, { ...file, modifiedMs: 0 }).status).toBe(200)
})

test.each([
  ['text/vtt', 'text/vtt; charset=utf-8'],
  ['application/json', 'application/json'],
  ['image/png', 'image/png'],
  ['audio/mpeg', 'audio/mpeg'],
  ['application/octet-stream', 'application/octet-stream'],
])('%s is sent as %s', (mediaType, sent) => {
  expect(deliver({ method: 'GET', headers: {} }, { ...file, mediaType }).headers['Content-Type']).toBe(sent)
})

test.each(['text/html', 'video/mp4\r\nX: y', 'image/svg+xml', ''])('the media type %j is never sent', (mediaType) => {
  const { headers } = deliver({ method: 'GET', headers: {} }, { ...file, mediaType })
  expect(headers['Content-Type']).toBe('application/octet-stream')
})

test('no value can hold a line break or a character that a header cannot carry', () => {
  const hostile = { ...file, title: 'a\r\nb: c\u0100\u{1f600}"', filename: 'x"\r\ny\u0100.mp4' }
  for (const headers of [{}, { range }, { range: 'bytes=5000-' }, { 'if-none-match': '*' }]) {
    for (const value of Object.values(deliver({ method: 'GET', headers }, hostile).headers)) {
      expect(value).toMatch(/^[\x20-\x7e]+$/)
    }
  }
  expect(() => deliver({ method: 'GET', headers: {} }, { ...file, sha256: 'x"\r\n' })).toThrow(TypeError)
})

test('inline is said when it is asked for, and then nothing in the file may run', () => {
  const { headers } = deliver({ method: 'GET', headers: {}, disposition: 'inline' }, file)
  expect(headers['Content-Disposition']).toMatch(/^inline;/)
  expect(headers['Content-Security-Policy']).toMatch(/^default-src 'none'; .*; sandbox allow-same-origin$/)
  expect(headers['Content-Security-Policy']).not.toMatch(/script|https?:|\*/)
})

test('a part says the digest of the whole file, an answer without content says none', () => {
  expect(get({ range }).headers['Repr-Digest']).toBe(get({}).headers['Repr-Digest'])
  expect(get({ 'if-none-match': '*' }).headers).not.toHaveProperty('Repr-Digest')
})
