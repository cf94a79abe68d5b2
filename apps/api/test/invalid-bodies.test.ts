/** What is wrong with a body is said in a sentence and field by field; nothing of it reaches the queue. */
import { expect, test } from '@jest/globals'
import { useApi } from './api-rig.ts'

const rig = useApi()
const INFO = '/api/video-scraper/info'
const DOWNLOAD = '/api/video-scraper/download'
const JSON_TYPE = { 'content-type': 'application/json' }
const VIDEO = 'https://example.com/video'

const table: [string, string, Record<string, string>, number, string, RegExp][] = [
  ['malformed JSON', '{"url":', JSON_TYPE, 400, 'invalid_request', /^The body is not valid JSON\.$/],
  ['two JSON values', '{}{}', JSON_TYPE, 400, 'invalid_request', /not valid JSON/],
  ['an empty body', '', JSON_TYPE, 400, 'invalid_request', /^The body is empty\. Send a JSON object\.$/],
  ['only white space', '  ', JSON_TYPE, 400, 'invalid_request', /not valid JSON/],
  ['__proto__', `{"url":"${VIDEO}","__proto__":{"x":1}}`, JSON_TYPE, 400, 'invalid_request', /not valid JSON/],
  ['a constructor', `{"constructor":{"prototype":{"x":1}}}`, JSON_TYPE, 400, 'invalid_request', /not valid JSON/],
  [
    'deep JSON',
    `{"url":${'['.repeat(15_000)}${']'.repeat(15_000)}}`,
    JSON_TYPE,
    400,
    'invalid_request',
    /url must be string/,
  ],
  ['an array', '[]', JSON_TYPE, 400, 'invalid_request', /the body must be object/],
  ['null', 'null', JSON_TYPE, 400, 'invalid_request', /the body must be object/],
  ['a number as url', '{"url":5}', JSON_TYPE, 400, 'invalid_request', /url must be string/],
  ['a list as url', `{"url":["${VIDEO}"]}`, JSON_TYPE, 400, 'invalid_request', /url must be string/],
  ['no url', '{}', JSON_TYPE, 400, 'invalid_request', /url is missing/],
  ['unknown fields', `{"url":"${VIDEO}","args":"-x"}`, JSON_TYPE, 400, 'invalid_request', /args is not a field/],
  [
    'a format_id for info',
    `{"url":"${VIDEO}","format_id":"22"}`,
    JSON_TYPE,
    400,
    'invalid_request',
    /format_id is not a field/,
  ],
  ['no content type', `{"url":"${VIDEO}"}`, {}, 415, 'unsupported_media_type', /Content-Type: application\/json/],
  ['plain text', `{"url":"${VIDEO}"}`, { 'content-type': 'text/plain' }, 415, 'unsupported_media_type', /./],
  ['a form', 'url=x', { 'content-type': 'application/x-www-form-urlencoded' }, 415, 'unsupported_media_type', /./],
  ['a malformed type', `{"url":"${VIDEO}"}`, { 'content-type': ';;' }, 415, 'unsupported_media_type', /./],
  ['too large a body', `{"url":"${'x'.repeat(600_000)}"}`, JSON_TYPE, 413, 'payload_too_large', /./],
]

test.each(table)('%s is refused', async (_what, payload, headers, status, code, sentence) => {
  const gateway = await rig.standing()
  const reply = await gateway.ask({ method: 'POST', url: INFO, payload, headers })
  expect(reply.json()).toMatchObject({ status_code: status, code, error: expect.stringMatching(sentence) })
  expect(reply.statusCode).toBe(status)
  expect(await gateway.redis.keys('{video-scraper}:info:*-*')).toEqual([])
})

test('every problem is named, with a JSON pointer, and at most eight of them', async () => {
  const { post } = await rig.standing()
  const few = (await post(INFO, { url: 5, 'a/b~c': 1 })).json()
  expect(few.details).toEqual(
    expect.arrayContaining([
      { field: '/url', message: 'must be string' },
      { field: '/a~1b~0c', message: 'is not a field of this request' },
    ]),
  )
  const many = Object.fromEntries(Array.from({ length: 2000 }, (_, at) => [`f${at}`, 1]))
  expect((await post(INFO, many)).json().details).toHaveLength(8)
})

test('a JSON type with parameters is JSON', async () => {
  const { post } = await rig.standing()
  for (const type of ['application/json; charset=utf-8', 'APPLICATION/JSON', 'application/json;charset="UTF-8"']) {
    expect((await post(INFO, JSON.stringify({ url: VIDEO }), { 'content-type': type })).statusCode).toBe(202)
  }
})

const padded = (length: number) => `${VIDEO}?`.padEnd(length, 'x')
const refusedUrls: [string, string][] = [
  ['empty', ''],
  ['2049 characters', padded(4097)],
  ['relative', '/watch?v=1'],
  ['no scheme', 'www.example.com/watch'],
  ['ftp', 'ftp://example.com/video'],
  ['file', 'file:///etc/passwd'],
  ['javascript', 'javascript:alert(1)'],
  ['data', 'data:text/html,x'],
  ['a search of yt-dlp', 'ytsearch:cats'],
  ['credentials', 'https://user:secret@example.com/'],
  ['a user alone', 'https://user@example.com/'],
  ['smuggled data', 'https://example.com/#__youtubedl_smuggle=%7B%7D'],
  ['smuggled data, encoded', 'https://example.com/#%5f%5Fyoutubedl%255fsmuggle=%7B%7D'],
  ['NUL', 'https://example.com/\u0000'],
  ['a line break', 'https://example.com/\n--exec'],
  ['an escape character', 'https://example.com/\u001b[31m'],
  ['an option', '--exec=touch x'],
  ['no host', 'http:///watch'],
  ['a port that is none', 'https://example.com:99999/'],
  ['white space around', ' https://example.com/ '],
]

test.each(refusedUrls)('a url with %s is refused', async (_what, url) => {
  const { post } = await rig.standing()
  for (const path of [INFO, DOWNLOAD]) {
    const reply = await post(path, { url })
    expect([reply.statusCode, reply.json().code]).toEqual([400, expect.stringMatching(/^invalid_(url|request)$/)])
    expect(reply.body).not.toContain('secret')
  }
})

const acceptedUrls: [string, string, string][] = [
  ['4096 characters', padded(4096), padded(4096)],
  ['a unicode host', 'https://bücher.example/ä?q=ö', 'https://xn--bcher-kva.example/%C3%A4?q=%C3%B6'],
  ['capitals in scheme and host', 'HTTPS://EXAMPLE.com:443/A', 'https://example.com/A'],
  ['a fragment', 'https://example.com/#t=5', 'https://example.com/#t=5'],
  ['a private address, which the worker will refuse', 'http://10.0.0.1/', 'http://10.0.0.1/'],
]

test.each(acceptedUrls)(
  'a url with %s is accepted and kept in its canonical spelling',
  async (_what, url, canonical) => {
    const { post, get } = await rig.standing()
    const reply = await post(INFO, { url })
    expect(reply.statusCode).toBe(202)
    expect((await get(String(reply.headers.location))).json().url).toBe(canonical)
  },
)

const formatIds: [unknown, number][] = [
  ['22', 202],
  ['137+140', 202],
  ['hls-audio_0.en', 202],
  ['x'.repeat(200), 202],
  ['aac-हिन्दी', 202],
  ['aac-Français+aac-עברית', 202],
  ["aac-Director's_Commentary", 202],
  ['2️⃣👩‍🚀', 202],
  ['"22"', 202],
  ['b\\22', 202],
  ['２２', 202],
  [null, 202],
  [undefined, 202],
  ['', 400],
  ['x'.repeat(201), 400],
  ['x'.repeat(402), 400],
  ['22\u202e', 400],
  ['1+2+3', 400],
  ['+', 400],
  ['22+', 400],
  ['best[height<720]', 400],
  ['bv*+ba/b', 400],
  ['22,18', 400],
  ['22 18', 400],
  ['22\n', 400],
  ['$(id)', 400],
  [22, 400],
  [true, 400],
  [['22'], 400],
  [{}, 400],
]

test.each(formatIds)('the format_id %p is answered with %i', async (format_id, status) => {
  const { post, get } = await rig.standing()
  const reply = await post(DOWNLOAD, { url: VIDEO, format_id })
  expect(reply.statusCode).toBe(status)
  if (status === 202) expect((await get(String(reply.headers.location))).json().format_id).toBe(format_id ?? null)
  else expect(reply.json()).toMatchObject({ code: 'invalid_request', details: [{ field: '/format_id' }] })
})
