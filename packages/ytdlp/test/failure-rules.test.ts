/** What decides on a failure beside the source: the egress proxy, this machine, and the chain of errors. */
import { expect, test } from '@jest/globals'
import type { FailureCode } from '@video-scraper/contracts'
import type { ErrorLink } from '../src/event-parts.ts'
import { failureFrom } from '../src/failures.ts'
import { link, report } from './failure-reports.ts'

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

test.each<[string, Partial<ErrorLink>, FailureCode]>([
  ['what is no address', { noAddress: true }, 'unsupported_url'],
  ['a challenge for browsers', { challenged: true }, 'bot_check'],
  ['ffmpeg that was killed at work', { postprocessing: true }, 'postprocessing_failed'],
  ['an extractor that did not expect it', { expected: false }, 'extractor_broken'],
])('%s is known by one link of the chain', (_, known, code) => {
  expect(failureFrom(report({ chain: [link('DownloadError'), link('IndexError', known)] })).code).toBe(code)
})
