/** What the runner takes for played by all players is what is said of the whole file. */
import { expect, test } from '@jest/globals'
import { type MediaFacts, playedParts } from '../src/index.ts'
import { inPython } from './in-python.ts'

/** A stream as ffprobe describes it. */
interface Described {
  codec_name: string
  pix_fmt?: string
  profile?: string
  field_order?: string
  color_transfer?: string
  color_primaries?: string
}

const h264 = { codec_name: 'h264', pix_fmt: 'yuv420p', profile: 'High' }
const pictures: [Described, boolean][] = [
  [h264, true],
  [{ codec_name: 'h264', pix_fmt: 'yuv420p' }, true],
  ...['Constrained Baseline', 'Baseline', 'Main', '578', 'unknown'].map(
    (profile) => [{ ...h264, profile }, true] as [Described, boolean],
  ),
  ...['High 10', 'High 4:2:2', 'High 4:4:4 Predictive', 'CAVLC 4:4:4', 'Extended', 'Stereo High'].map(
    (profile) => [{ ...h264, profile }, false] as [Described, boolean],
  ),
  [{ ...h264, pix_fmt: 'yuvj420p' }, true],
  [{ ...h264, pix_fmt: 'yuv422p' }, false],
  [{ ...h264, codec_name: 'hevc', profile: 'Main' }, false],
  [{ ...h264, field_order: 'progressive', color_transfer: 'bt709', color_primaries: 'bt709' }, true],
  [{ ...h264, field_order: 'unknown', color_transfer: 'unknown', color_primaries: 'smpte170m' }, true],
  ...['tt', 'bb', 'tb', 'bt'].map((field_order) => [{ ...h264, field_order }, false] as [Described, boolean]),
  [{ ...h264, color_transfer: 'smpte2084' }, false],
  [{ ...h264, color_transfer: 'arib-std-b67' }, false],
  [{ ...h264, color_primaries: 'bt2020' }, false],
]
const sounds: [Described, boolean][] = [
  [{ codec_name: 'aac' }, true],
  ...['LC', 'HE-AAC', 'HE-AACv2', '128'].map(
    (profile) => [{ codec_name: 'aac', profile }, true] as [Described, boolean],
  ),
  ...['xHE-AAC', 'Main', 'LTP', 'LD', 'ELD'].map(
    (profile) => [{ codec_name: 'aac', profile }, false] as [Described, boolean],
  ),
  [{ codec_name: 'aac_latm', profile: 'LC' }, false],
  [{ codec_name: 'opus' }, false],
]

const played: MediaFacts = {
  ...{ width: 640, height: 360, videoCodec: 'h264', pixelFormat: 'yuv420p', audioCodec: 'aac' },
  ...{ audioLanguage: null, container: 'mp4' },
}

const factsOf = (each: Described): MediaFacts => ({
  ...played,
  ...{ videoCodec: each.codec_name, pixelFormat: each.pix_fmt ?? null, videoProfile: each.profile ?? null },
  ...{ fieldOrder: each.field_order ?? null, colorTransfer: each.color_transfer ?? null },
  colorPrimaries: each.color_primaries ?? null,
})

test('pictures and sounds that are played are the same ones for a stream and for a file', async () => {
  const given = { pictures: pictures.map(([each]) => each), sounds: sounds.map(([each]) => each) }
  const inStreams = await inPython(
    given,
    'from played import is_played_picture, is_played_sound',
    'answer = [[is_played_picture(each) for each in given["pictures"]], [is_played_sound(each) for each in given["sounds"]]]',
  )
  const ofFiles = [
    pictures.map(([each]) => Object.values(playedParts(factsOf(each))).every((part) => part === true)),
    sounds.map(
      ([{ codec_name, profile }]) =>
        playedParts({ ...played, audioCodec: codec_name, audioProfile: profile ?? null }).audio === true,
    ),
  ]
  const expected = [pictures.map(([, is]) => is), sounds.map(([, is]) => is)]
  expect(inStreams).toEqual(expected)
  expect(ofFiles).toEqual(expected)
})

test('colours that only Dolby Vision knows are refused, as they would become wrong ones', async () => {
  const vision = (compatible: number) => ({
    ...{ codec_name: 'hevc', color_transfer: 'smpte2084' },
    side_data_list: [
      { side_data_type: 'DOVI configuration record', dv_profile: 5, dv_bl_signal_compatibility_id: compatible },
    ],
  })
  const answer = await inPython(
    [vision(0), vision(1)],
    'from picture_filters import filters_of',
    'from yt_dlp.utils import PostProcessingError',
    'answer = []',
    'for each in given:',
    '    try: answer.append("tonemap" in filters_of(each))',
    '    except PostProcessingError: answer.append("refused")',
  )
  expect(answer).toEqual(['refused', true])
})

test('a large picture is encoded with fewer frames in memory at once', async () => {
  const sizes = [
    [2560, 1440],
    [3840, 2160],
    [null, null],
  ]
  const answer = await inPython(
    sizes.map(([width, height]) => ({ ...h264, width, height })),
    'from encoder_options import options_of_picture, reading_options',
    'answer = [[dict(options_of_picture(each)).get("rc-lookahead"), reading_options([each])[1]] for each in given]',
  )
  expect(answer).toEqual([
    [null, '2'],
    ['4', '1'],
    [null, '2'],
  ])
})
