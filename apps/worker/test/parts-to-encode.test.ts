/** What of a file is encoded again, by what ffprobe sees in it. */
import { expect, test } from '@jest/globals'
import type { ProbedStream } from '@video-scraper/library'
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

const streamsOf = ({ videoCodec, pixelFormat, audioCodec }: MediaFacts): ProbedStream[] => [
  { kind: 'video', codec: videoCodec, pixelFormat },
  ...(audioCodec === 'none' ? [] : [{ kind: 'audio', codec: audioCodec, pixelFormat: null } as const]),
]

test.each<[string, Partial<MediaFacts>, ReturnType<typeof partsToEncode>]>([
  ['what all players play', {}, null],
  ['the same without sound', { audioCodec: 'none' }, null],
  ['another picture', { videoCodec: 'vp9' }, { video: true, audio: false }],
  ['ten bits', { pixelFormat: 'yuv420p10le' }, { video: true, audio: false }],
  ['another sound', { audioCodec: 'opus' }, { video: false, audio: true }],
  ['AAC in a form that mp4 cannot hold', { audioCodec: 'aac_latm' }, { video: false, audio: true }],
  ['a sound that is not known', { audioCodec: null }, { video: false, audio: true }],
  ['both others', { videoCodec: 'vp9', audioCodec: 'opus', container: 'webm' }, { video: true, audio: true }],
  ['another container alone', { container: 'mkv' }, { video: false, audio: false }],
])('of %s', (_, facts, parts) => {
  const all = { ...played, ...facts }
  expect(partsToEncode(all, { hasVideo: true, streams: streamsOf(all) })).toEqual(parts)
})

test.each<[ProbedStream, ReturnType<typeof partsToEncode>]>([
  [
    { kind: 'audio', codec: 'ac3', pixelFormat: null },
    { video: false, audio: true },
  ],
  [{ kind: 'audio', codec: 'aac', pixelFormat: null }, null],
  [
    { kind: 'video', codec: 'vp8', pixelFormat: 'yuv420p' },
    { video: true, audio: false },
  ],
  [
    { kind: 'video', codec: 'h264', pixelFormat: 'yuv444p' },
    { video: true, audio: false },
  ],
  [
    { kind: 'video', codec: 'h264', pixelFormat: 'yuv420p', profile: 'High 4:4:4 Predictive' },
    { video: true, audio: false },
  ],
  [{ kind: 'video', codec: 'h264', pixelFormat: 'yuv420p', profile: 'Main', fieldOrder: 'progressive' }, null],
  [
    { kind: 'video', codec: 'h264', pixelFormat: 'yuv420p', fieldOrder: 'tt' },
    { video: true, audio: false },
  ],
  [
    { kind: 'video', codec: 'h264', pixelFormat: 'yuv420p', colorTransfer: 'smpte2084' },
    { video: true, audio: false },
  ],
  [
    { kind: 'video', codec: 'h264', pixelFormat: 'yuv420p', colorPrimaries: 'bt2020' },
    { video: true, audio: false },
  ],
  [
    { kind: 'audio', codec: 'aac', pixelFormat: null, profile: 'xHE-AAC' },
    { video: false, audio: true },
  ],
  [{ kind: 'audio', codec: 'aac', pixelFormat: null, profile: 'HE-AACv2' }, null],
])('a further stream counts too: %j', (further, parts) => {
  expect(partsToEncode(played, { hasVideo: true, streams: [...streamsOf(played), further] })).toEqual(parts)
})

test('sound alone does not become a video', () => {
  const sound = { hasVideo: false, streams: [{ kind: 'audio', codec: 'mp3', pixelFormat: null }] } as const
  expect(partsToEncode({ ...played, videoCodec: null, audioCodec: 'mp3', container: 'mp3' }, sound)).toBeNull()
})
