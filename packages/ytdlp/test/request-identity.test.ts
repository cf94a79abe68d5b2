/** Which job requests are led to one file when they lead to the same formats. */
import { expect, test } from '@jest/globals'
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts } from '../src/options/option-meaning.ts'
import { requestIdentity } from '../src/request-identity.ts'

const PLANNED = 'f'.repeat(64)
/** What a source announces that tells everything. */
const announced: MediaFacts = {
  width: 1280,
  height: 720,
  videoCodec: 'avc1.640028',
  pixelFormat: null,
  audioCodec: 'mp4a.40.2',
  audioLanguage: 'en',
  container: 'mp4',
}
const identity = (options: DownloadOptions, facts: Partial<MediaFacts> = {}) =>
  requestIdentity(PLANNED, options, { ...announced, ...facts })

test('where the plan decides everything, all who are not strict have one file', () => {
  expect(identity({})).toBe(PLANNED)
  expect(identity({ quality: '720p', video_codec: 'h264' })).toBe(PLANNED)
  expect(identity({ format_id: '22' })).toBe(PLANNED)
})

test('what only the file will decide tells requests apart', () => {
  const unknown = { width: null, height: null }
  expect(identity({ quality: '720p' }, unknown)).not.toBe(PLANNED)
  expect(identity({ quality: '720p' }, unknown)).not.toBe(identity({ quality: '360p' }, unknown))
  expect(identity({ subtitles: { languages: ['en'] } }, unknown)).toBe(PLANNED)
})

test('a strict request is led to a file that was measured for the same strict request, and to no other', () => {
  const strict = identity({ video_codec: 'h264', strict: true })
  expect(strict).not.toBe(PLANNED)
  expect(strict).toBe(identity({ video_codec: 'h264', strict: true }))
  expect(strict).not.toBe(identity({ video_codec: 'h264', quality: '720p', strict: true }))
  const half: [DownloadOptions, Partial<MediaFacts>] = [
    { video_codec: 'h264', quality: '720p', strict: true },
    { width: null, height: null },
  ]
  expect(identity(...half)).not.toBe(identity({ quality: '720p', strict: true }, half[1]))
})
