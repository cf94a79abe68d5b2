/** The last net of the log: what looks like a secret does not get through, and everything else does. */
import { expect, test } from '@jest/globals'
import { createLogger } from '../src/index.ts'

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

test('a long line takes no long time, whatever it holds', () => {
  const started = performance.now()
  for (const unit of ['a', 'https://', '@', 'a:', '?token=', 'Bearer ', '"', '\\', 'http://a@', '"cookie":[']) {
    lineOf({ text: unit.repeat(50_000 / unit.length) })
  }
  // Quadratic work would take minutes.
  expect(performance.now() - started).toBeLessThan(10_000)
})
