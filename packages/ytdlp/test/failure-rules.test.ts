import { expect, test } from '@jest/globals'
import type { FailureCode } from '@video-scraper/contracts'
import type { ErrorLink } from '../src/event-parts.ts'
import type { ErrorReport } from '../src/failure-facts.ts'
import { failureFrom } from '../src/failures.ts'

const link = (name: string, known: Partial<ErrorLink> = {}): ErrorLink => ({
  class: name,
  expected: null,
  extractor: null,
  status: null,
  errno: null,
  message: null,
  videoId: null,
  tls: null,
  retryAfter: null,
  startsAt: null,
  refused: false,
  noAddress: false,
  challenged: false,
  postprocessing: false,
  ...known,
})

const report = (known: Partial<ErrorReport>): ErrorReport => ({
  message: '',
  chain: [],
  address: 'https://a.example/watch',
  formatRequested: false,
  blocked: false,
  exceeded: false,
  sabrOnly: false,
  impersonationMissing: false,
  nowMs: Date.parse('2026-01-01T00:00:00Z'),
  ...known,
})

const expectedError = [link('DownloadError'), link('ExtractorError', { expected: true })]

// What a site on loopback can provoke is provoked in failures.test.ts; these are the words of sites that it cannot be.
test.each<[string, ErrorLink[], FailureCode]>([
  ['ERROR: [DRM] The requested site is known to use DRM protection.', expectedError, 'drm_protected'],
  ['ERROR: [x] This video is DRM protected', expectedError, 'drm_protected'],
  [
    'ERROR: [youtube] a: Sign in to confirm you’re not a bot. Use --cookies-from-browser or --cookies',
    expectedError,
    'bot_check',
  ],
  [
    'ERROR: [youtube] a: Sign in to confirm your age. This video may be inappropriate for some users.',
    expectedError,
    'age_restricted',
  ],
  ['ERROR: [youtube] a: Private video. Sign in if you have been granted access', expectedError, 'private_video'],
  ['ERROR: [x] a: This video is only available for registered users. Use --cookies', expectedError, 'login_required'],
  ['ERROR: [youtube] a: Premieres in 3 hours', expectedError, 'live_not_started'],
  [
    'ERROR: [youtube] a: Video unavailable. This video has been removed by the uploader',
    expectedError,
    'video_unavailable',
  ],
  ['ERROR: [x] a: The channel is not currently live', [link('UserNotLive', { expected: true })], 'live_not_started'],
  [
    'ERROR: [x] a: not available from your location',
    [link('GeoRestrictedError', { expected: true })],
    'geo_restricted',
  ],
  [
    'ERROR: [youtube] a: The uploader has not made this video available in your country',
    expectedError,
    'geo_restricted',
  ],
  [
    'ERROR: unable to write data: [Errno 28] No space left',
    [link('DownloadError'), link('OSError', { errno: 28 })],
    'disk_full',
  ],
  ['ERROR: unable to write data: [Errno 27] File too large', [link('OSError', { errno: 27 })], 'file_too_large'],
  [
    'ERROR: Postprocessing: Conversion failed!',
    [link('DownloadError'), link('FFmpegPostProcessorError')],
    'postprocessing_failed',
  ],
  [
    'ERROR: [x] a: Unable to extract title; please report this issue',
    [link('RegexNotFoundError', { expected: false })],
    'extractor_broken',
  ],
  ['ERROR: [x] a: No video formats found!', [link('ExtractorError', { expected: false })], 'extractor_broken'],
  ['ERROR: [x] a: Something the site says', expectedError, 'video_unavailable'],
  ['ERROR: [x] unable to connect', [link('TransportError'), link('SSLError')], 'network_error'],
  ['KeyError: 1', [link('KeyError')], 'internal_error'],
])('%s', (message, chain, code) => {
  expect(failureFrom(report({ message, chain })).code).toBe(code)
})

test('a format that is missing is the client’s mistake only when it named one', () => {
  const message = 'ERROR: [generic] a: Requested format is not available'
  expect(failureFrom(report({ message, chain: expectedError, formatRequested: true })).code).toBe('format_unavailable')
  expect(failureFrom(report({ message, chain: expectedError })).code).toBe('unsupported_url')
})

test('what an address spells decides nothing', () => {
  const message = 'ERROR: Unable to download http://a.example/captcha-challenge/DRM-protected/sign-in: HTTP Error 404'
  expect(failureFrom(report({ message, chain: [link('HTTPError', { status: 404 })] })).code).toBe('video_unavailable')
})

test('what the proxy refused or cut off goes before what yt-dlp made of it', () => {
  const chain = [link('HTTPError', { status: 403, refused: true })]
  expect(failureFrom(report({ chain, blocked: true })).code).toBe('blocked_target')
  expect(failureFrom(report({ chain, exceeded: true, blocked: true })).code).toBe('file_too_large')
})

test('a refusal earlier in the job does not explain a failure that has a reason of its own', () => {
  const chain = [link('HTTPError', { status: 404 })]
  expect(failureFrom(report({ chain, blocked: true })).code).toBe('video_unavailable')
  const message = 'ERROR: [x] a: Requested format is not available'
  expect(failureFrom(report({ message, blocked: true, formatRequested: true })).code).toBe('format_unavailable')
})

test('nobody else can speak for the proxy', () => {
  const chain = [link('HTTPError', { status: 403, refused: true })]
  expect(failureFrom(report({ chain, message: 'HTTP Error 403: egress denied' })).code).toBe('forbidden')
})

test('where the proxy refused something and nothing was found, the refusal is the reason', () => {
  expect(failureFrom(report({ chain: [link('UnsupportedError')], blocked: true })).code).toBe('blocked_target')
  expect(failureFrom(report({ chain: [link('UnsupportedError')] })).code).toBe('unsupported_url')
})

test.each([
  ['an exception', '', [link('DownloadError'), link('MemoryError')]],
  ['an errno', '', [link('OSError', { errno: 12 })]],
  ['words of ffmpeg', 'ERROR: Postprocessing: Cannot allocate memory', [link('PostProcessingError')]],
])('a lack of memory reported by %s is named as such', (_how, message, chain) => {
  expect(failureFrom(report({ message, chain })).code).toBe('memory_limit_exceeded')
})

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
  ['a name that is too long', 36, 'Errno 36] File name too long'],
  ['a file that may not be written', 13, 'Errno 13] Permission denied'],
  ['a disk that is read-only', 30, 'Errno 30] Read-only file system'],
  ['too many open files', 24, 'Errno 24] Too many open files'],
])('%s is our own fault, and never the source’s', (_what, errno, words) => {
  const chain = [link('DownloadError'), link('UnavailableVideoError'), link('OSError', { errno })]
  const message = `ERROR: unable to open for writing: [${words}: 'premium.mp4'`
  expect(failureFrom(report({ message, chain })).code).toBe('internal_error')
})

test('the number of a connection that failed is not one of a file', () => {
  const chain = [link('DownloadError'), link('TransportError'), link('OSError', { errno: 13 })]
  expect(failureFrom(report({ chain })).code).toBe('network_error')
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

test.each([
  [2_000_000_000, 2_000_000_000_000],
  [1.5, 1500],
  [253_402_300_799, 253_402_300_799_000],
  [253_402_300_800, undefined],
  [0, undefined],
  [-1, undefined],
  [1e15, undefined],
  [null, undefined],
])('a stream that starts %s seconds after 1970 is said to start when that can be said', (seconds, startsAt) => {
  const chain = [link('DownloadError'), link('NotStarted', { expected: true, startsAt: seconds })]
  expect(failureFrom(report({ chain }))).toMatchObject({ code: 'live_not_started', startsAt })
})

test('a start is said only of what has not started', () => {
  const chain = [link('HTTPError', { status: 404, startsAt: 2_000_000_000 })]
  expect(failureFrom(report({ chain }))).toMatchObject({ code: 'video_unavailable', startsAt: undefined })
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

test.each<[string, Partial<ErrorLink>, FailureCode]>([
  ['what is no address', { noAddress: true }, 'unsupported_url'],
  ['a challenge for browsers', { challenged: true }, 'bot_check'],
  ['ffmpeg that was killed at work', { postprocessing: true }, 'postprocessing_failed'],
  ['an extractor that did not expect it', { expected: false }, 'extractor_broken'],
])('%s is known by one link of the chain', (_, known, code) => {
  expect(failureFrom(report({ chain: [link('DownloadError'), link('IndexError', known)] })).code).toBe(code)
})

test('streams for the player of the source alone are named where nothing else is left', () => {
  const codeOf = (message: string) => failureFrom(report({ message, chain: expectedError, sabrOnly: true })).code
  expect(codeOf('ERROR: [youtube] a: No video formats found!')).toBe('sabr_only')
  expect(codeOf('ERROR: [youtube] a: Private video')).toBe('private_video')
})

test('the log gets what yt-dlp said, without its advice to users', () => {
  const message =
    'ERROR: [x] a: Unable to extract title; please report this issue on  https://a.example , and more\nwords'
  expect(failureFrom(report({ message, chain: expectedError })).cause).toEqual({
    message: 'ERROR: [x] a: Unable to extract title',
    chain: expectedError,
  })
})

test.each<[string, 'given' | 'refused' | undefined, string, FailureCode]>([
  ['no cookies, and is asked to sign in', undefined, 'Sign in to see this video', 'login_required'],
  ['cookies, and is asked to sign in', 'given', 'Sign in to see this video', 'cookies_expired'],
  ['cookies of an account that may not see it', 'given', 'This video is members-only', 'login_required'],
  ['cookies, and is refused for another reason', 'given', 'Private video', 'private_video'],
  ['cookies that the site does not take', 'refused', 'Private video', 'cookies_expired'],
  [
    'cookies that the site does not take, where there is no video',
    'refused',
    'This video does not exist',
    'video_unavailable',
  ],
])('whoever has %s', (_, cookies, words, code) => {
  const given = cookies === undefined ? {} : { cookies }
  expect(failureFrom(report({ message: `ERROR: [x] a: ${words}`, chain: expectedError, ...given })).code).toBe(code)
})
