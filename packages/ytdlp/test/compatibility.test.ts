/** Which files all players play, by what is known of them. */
import { expect, test } from '@jest/globals'
import type { MediaFacts } from '../src/index.ts'
import { assess, warningsAtTheEnd } from '../src/options/table.ts'

const played: MediaFacts = {
  width: 640,
  height: 360,
  videoCodec: 'h264',
  pixelFormat: 'yuv420p',
  audioCodec: 'aac',
  audioLanguage: null,
  container: 'mp4',
}
const options = { compatibility: 'universal' } as const

test.each<[string, Partial<MediaFacts>]>([
  ['as ffprobe says it', {}],
  ['as a manifest says it', { videoCodec: 'avc1.640028', audioCodec: 'mp4a.40.2', pixelFormat: null }],
  ['without sound', { audioCodec: 'none' }],
  ['with the colours of a camera', { pixelFormat: 'yuvj420p' }],
])('H.264 with AAC in mp4 %s is', (_, facts) => {
  expect(assess(options, { ...played, ...facts })).toEqual({ warnings: [], undecided: [] })
  expect(warningsAtTheEnd(options, { ...played, ...facts })).toEqual([])
})

test.each<[string, Partial<MediaFacts>]>([
  ['another picture', { videoCodec: 'vp9' }],
  ['another sound', { audioCodec: 'opus' }],
  ['another container', { container: 'mkv' }],
  ['ten bits', { pixelFormat: 'yuv420p10le' }],
  ['more colours', { pixelFormat: 'yuv444p' }],
  ['another sound, with a picture that is not known', { videoCodec: null, audioCodec: 'opus' }],
])('%s is not', (_, facts) => {
  expect(assess(options, { ...played, ...facts }).warnings).toEqual(['compatibility_unavailable'])
})

test.each<[string, Partial<MediaFacts>]>([
  ['the picture', { videoCodec: null }],
  ['the sound', { audioCodec: null }],
  ['the container', { container: null }],
])('while %s is not known, nothing is said; at the end it is not', (_, facts) => {
  expect(assess(options, { ...played, ...facts })).toEqual({ warnings: [], undecided: ['compatibility'] })
  expect(warningsAtTheEnd(options, { ...played, ...facts })).toEqual(['compatibility_unavailable'])
})

test('what may be encoded again is decided by the file alone, but for what the formats meet already', () => {
  const asked = { ...options, transcode: true }
  expect(assess(asked, { ...played, videoCodec: 'vp9' })).toEqual({ warnings: [], undecided: ['compatibility'] })
  expect(assess(asked, played)).toEqual({ warnings: [], undecided: [] })
  expect(warningsAtTheEnd(asked, { ...played, videoCodec: 'vp9' })).toEqual(['compatibility_unavailable'])
})
