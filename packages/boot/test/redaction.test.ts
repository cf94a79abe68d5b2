/** The last net of the log: what looks like a secret does not get through, and everything else does. */
import { expect, test } from '@jest/globals'
import { createLogger } from '../src/index.ts'
import { rules, withoutSecrets } from '../src/redaction.ts'

function lineOf(fields: object, message = 'said'): string {
  const chunks: string[] = []
  const logger = createLogger({ service: 'api', level: 'info', destination: { write: (text) => chunks.push(text) } })
  logger.info(fields, message)
  return chunks.join('')
}

const hidden: [string, object][] = [
  ['a header as a field', { headers: { authorization: 'Bearer S3CRET' } }],
  ['a header deep inside', { a: { b: [{ 'X-API-Key': 'S3CRET' }] } }],
  ['a header with quotes in it', { headers: { cookie: 'a="S3CRET"; b=S3CRET' } }],
  ['several cookies', { headers: { 'set-cookie': ['a=S3CRET', 'b=S3CRET'] } }],
  ['a header in a sentence', { reason: 'upstream said: Authorization: Bearer S3CRET was wrong' }],
  ['a key in a sentence', { reason: 'X-API-Key: S3CRET was wrong' }],
  ['a basic header', { reason: 'Basic UzNDUkVUOlMzQ1JFVA==S3CRET' }],
  ['the password of Redis', { reason: 'connect redis://:S3CRET@10.0.0.1:6379 failed' }],
  ['user and password of a callback', { callback: 'https://S3CRET:S3CRET@example.org/hook' }],
  ['a password with an at sign in it', { callback: 'https://user:p@S3CRET@example.org/hook' }],
  ['the query of a callback', { callback: 'https://example.org/hook?anything=S3CRET&b=S3CRET#S3CRET' }],
  ['the fragment of an address', { url: 'http://example.org/a#S3CRET' }],
  ['a signed link without host', { path: '/api/video-scraper/download/a.mp4?expires=1&signature=S3CRET' }],
  ['a token in a path', { path: '/events?token=S3CRET' }],
  [
    'several addresses in a row',
    { reason: 'http://example.org/,https://example.org/?S3CRET wss://example.org/#S3CRET' },
  ],
  ['credentials behind a scheme of any length', { reason: `${'a.a-'.repeat(40)}x://S3CRET:S3CRET@example.org` }],
  ['a cookie that holds brackets', { headers: { 'set-cookie': ['a=[x]; b=S3CRET', 'c=]S3CRET'] } }],
  ['an error text', { err: new Error('GET https://example.org/?token=S3CRET failed') }],
]

test.each(hidden)('%s is not written', (_what, fields) => {
  const line = lineOf(fields)
  expect(line).not.toContain('S3CRET')
  expect(() => JSON.parse(line)).not.toThrow()
})

test('the message itself is looked at as well', () => {
  expect(lineOf({}, 'sent to https://example.org/?S3CRET')).not.toContain('S3CRET')
})

test('what holds no secret is written as it is', () => {
  const fields = {
    jobId: 'download_0a1b2c3d4e5f60718293a4b5c6d7e8f9',
    path: '/api/video-scraper/download/a.mp4',
    origin: 'https://example.org/videos/1',
    reason: 'key: not found; "quoted" \\ back',
    mail: 'somebody@example.org',
  }
  expect(JSON.parse(lineOf(fields))).toMatchObject({ ...fields, msg: 'said', service: 'api' })
})

/** What a pattern looks for, taken from its source: words, signs between them, and what belongs to the runs. */
function piecesOf({ source }: RegExp): string[] {
  const words = source.match(/[a-z][a-z_-]+/gi) ?? []
  return [
    ...new Set([...words, '://', 'http://', 'a.a-', '@', '?', '&', '=', ':', ' ', '"', '\\', '[', 'a', '"cookie":["']),
  ]
}

function leastMs(text: string, work: (text: string) => unknown): number {
  const times = Array.from({ length: 5 }, () => {
    const started = performance.now()
    work(text)
    return performance.now() - started
  })
  return Math.min(...times)
}

test.each(rules.map(([pattern, replacement]) => [pattern.source, pattern, replacement] as const))(
  'the time of %s grows with the length of the line, and not with its square',
  (_source, pattern, replacement) => {
    const pieces = piecesOf(pattern)
    const work = (text: string) => text.replace(pattern, replacement as string)
    for (const one of pieces) {
      for (const other of pieces) {
        const unit = `${one}${other}`
        const long = (bytes: number) => unit.repeat(Math.ceil(bytes / unit.length))
        const extra = leastMs(long(14_000), work) - leastMs(long(1000), work)
        expect({ unit, slow: extra > 2 }).toEqual({ unit, slow: false })
      }
    }
  },
)

test('a request line of 14 kB costs at most 2 ms more than one of 1 kB, whatever it holds', () => {
  const units = [
    'a',
    'a.a-',
    'https://',
    '@',
    'a:',
    '?token=',
    'Bearer ',
    '"',
    '\\',
    'http://a@',
    '"cookie":[',
    'ws://a?',
  ]
  for (const unit of units) {
    const line = (bytes: number) => JSON.stringify({ path: unit.repeat(bytes / unit.length) })
    const extra = leastMs(line(14_000), withoutSecrets) - leastMs(line(1000), withoutSecrets)
    expect({ unit, slow: extra > 2 }).toEqual({ unit, slow: false })
  }
})
