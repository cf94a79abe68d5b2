/** What of a file is encoded again, by what ffprobe sees in it. */
import { expect, test } from '@jest/globals'
import type { MediaFacts } from '@video-scraper/ytdlp'
import { partsToEncode } from '../src/transcoding/parts-to-encode.ts'

const played: MediaFacts = {
  width: 640,
  height: 360,
  videoCodec: 'h264',
  pixelFormat: 'yuv420p',
  audioCodec: 'aac',
  audioLanguage: null,
  container: 'mp4',
}

test.each<[string, Partial<MediaFacts>, ReturnType<typeof partsToEncode>]>([
  ['what all players play', {}, null],
  ['the same without sound', { audioCodec: 'none' }, null],
  ['another picture', { videoCodec: 'vp9' }, { video: true, audio: false }],
  ['ten bits', { pixelFormat: 'yuv420p10le' }, { video: true, audio: false }],
  ['another sound', { audioCodec: 'opus' }, { video: false, audio: true }],
  ['a sound that is not known', { audioCodec: null }, { video: false, audio: true }],
  ['both others', { videoCodec: 'vp9', audioCodec: 'opus', container: 'webm' }, { video: true, audio: true }],
  ['another container alone', { container: 'mkv' }, { video: false, audio: false }],
])('of %s', (_, facts, parts) => {
  expect(partsToEncode({ ...played, ...facts }, true)).toEqual(parts)
})

test('sound alone does not become a video', () => {
  expect(partsToEncode({ ...played, videoCodec: null, audioCodec: 'mp3', container: 'mp3' }, false)).toBeNull()
})
