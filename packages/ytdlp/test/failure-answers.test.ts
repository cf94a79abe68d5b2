/** What an HTTP answer, or a connection that ended before one, makes of a failure. */
import { expect, test } from '@jest/globals'
import type { FailureCode } from '@video-scraper/contracts'
import { failureFrom } from '../src/failures.ts'
import { link, report } from './failure-reports.ts'

test.each([
  ['120', 120_000],
  ['Thu, 01 Jan 2026 00:01:00 GMT', 60_000],
  ['Wed, 31 Dec 2025 00:00:00 GMT', 0],
  ['999999999', 86_400_000],
  [' 120 ', 120_000],
  ['Thu, 01 Jan 2026 00:01:00 +0000', 60_000],
  ['2026-01-01T00:01:00Z', 60_000],
  ['soon', undefined],
  ['', undefined],
])('Retry-After %j is %s', (retryAfter, retryAfterMs) => {
  const chain = [link('DownloadError'), link('HTTPError', { status: 429, retryAfter })]
  expect(failureFrom(report({ chain })).retryAfterMs).toBe(retryAfterMs)
})

test.each([
  ['CERTIFICATE_VERIFY_FAILED', 'bad_certificate'],
  ['WRONG_VERSION_NUMBER', 'bad_certificate'],
  ['RECORD_LAYER_FAILURE', 'bad_certificate'],
  ['UNEXPECTED_EOF_WHILE_READING', 'network_error'],
] as const)('a secure connection that ends with %s is a %s', (tls, code) => {
  const chain = [link('DownloadError'), link('SSLError'), link('SSLError', { tls })]
  expect(failureFrom(report({ message: 'ERROR: [x] login: [SSL] (caused by SSLError)', chain })).code).toBe(code)
})

test('of several answers the last one counts, and a sentence of the extractor before a status that it explains', () => {
  const message = 'This video is only available for registered users'
  const said = link('ExtractorError', { expected: true, message, videoId: 'a' })
  const chain = [link('DownloadError'), said, link('HTTPError', { status: 403 }), link('HTTPError', { status: 404 })]
  expect(failureFrom(report({ chain })).code).toBe('login_required')
  const reported = link('ExtractorError', { expected: true, message: 'HTTP Error 403: members-only', videoId: 'a' })
  expect(failureFrom(report({ chain: [reported, ...chain.slice(2)] })).code).toBe('forbidden')
})

test.each<[number, FailureCode]>([
  [302, 'network_error'],
  [400, 'video_unavailable'],
  [401, 'login_required'],
  [403, 'forbidden'],
  [404, 'video_unavailable'],
  [410, 'video_unavailable'],
  [429, 'rate_limited'],
  [451, 'geo_restricted'],
  [500, 'network_error'],
  [503, 'network_error'],
  [999, 'forbidden'],
])('the status %s says enough by itself, and the reason behind it is the words of the source', (status, code) => {
  const chain = [link('DownloadError'), link('HTTPError', { status })]
  expect(failureFrom(report({ chain })).code).toBe(code)
  const message = `ERROR: [x] a: HTTP Error ${status}: this premium video is private`
  expect(failureFrom(report({ chain, message })).code).toBe(code)
})

test.each<[string, number, FailureCode]>([
  ['HTTP Error 400 for premium', 400, 'video_unavailable'],
  ['HTTP Error 302 for premium', 302, 'login_required'],
  // The extractor tells of an answer before the last one.
  ['HTTP Error 403 Forbidden', 404, 'video_unavailable'],
  ['HTTP Error 403 Forbidden', 410, 'video_unavailable'],
  ['HTTP Error 403 Forbidden', 400, 'forbidden'],
])('%s, with the status %s at the end, is %s', (message, status, code) => {
  expect(failureFrom(report({ message, chain: [link('HTTPError', { status })] })).code).toBe(code)
})

test('a refusal is explained by a browser that could not be imitated, another answer is not', () => {
  const codeOf = (status: number) =>
    failureFrom(report({ chain: [link('HTTPError', { status })], impersonationMissing: true })).code
  expect([codeOf(403), codeOf(404)]).toEqual(['impersonation_missing', 'video_unavailable'])
})
