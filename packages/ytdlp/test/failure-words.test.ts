/** What the words of a source, and what else it says of itself, make of a failure. */
import { expect, test } from '@jest/globals'
import type { FailureCode } from '@video-scraper/contracts'
import type { ErrorLink } from '../src/event-parts.ts'
import { failureFrom } from '../src/failures.ts'
import { expectedError, link, report } from './failure-reports.ts'

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
