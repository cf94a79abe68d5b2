/** How each piece of test media is made: small, quick, and the same bytes from the same ffmpeg. */

/** How long every piece lasts, in seconds, but for the one of many fragments. */
export const MEDIA_SECONDS = 3

/** How many fragments the `fragments` recipe has, and how long each one lasts in seconds. */
export const FRAGMENTS = 300
export const FRAGMENT_SECONDS = 0.2

const hevc = ['-c:v', 'libx265', '-preset', 'ultrafast', '-tag:v', 'hvc1', '-x265-params', 'log-level=none:pools=1']
const vp9 = ['-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', '-b:v', '150k']
const ffv1 = ['-c:v', 'ffv1', '-level', '3', '-threads', '1']
const av1 = ['-c:v', 'libsvtav1', '-preset', '12', '-svtav1-params', 'lp=1']

/**
 * How pictures tell their time: picture n has the brightness `darkest + (n mod cycle) * step`. There are `rate` in a second, and
 * one in two seconds can be begun with.
 */
export const COUNTED = { seconds: 10, rate: 25, cycle: 50, darkest: 20, step: 4 } as const
const counted = `color=black:size=160x90:rate=${COUNTED.rate}:duration=${COUNTED.seconds},format=yuv420p,geq=lum='${COUNTED.darkest}+mod(N,${COUNTED.cycle})*${COUNTED.step}':cb=128:cr=128`
const COUNTED_CHAPTERS = [
  ';FFMETADATA1',
  ...['Alpha', 'Beta', 'Gamma'].flatMap((title, at) => [
    ...['[CHAPTER]', 'TIMEBASE=1/1000', `START=${at * 3000}`, `END=${at === 2 ? 10_000 : (at + 1) * 3000}`],
    `title=${title}`,
  ]),
  '',
].join('\n')

/** Three upright bars of grey, each 32 points wide: how bright they are, in ten bits. */
const bars = (darkest: number, middle: number, brightest: number): string[] => [
  ...['-f', 'lavfi', '-i'],
  `color=black:size=96x64:rate=5:duration=1,format=yuv420p10le,geq=lum='if(lt(X,32),${darkest},if(lt(X,64),${middle},${brightest}))':cb=512:cr=512`,
]
/** How colours are stored, as ffmpeg calls it. */
const colors = (transfer: string, primaries: string, matrix: string): string[] => [
  ...['-vf', `setparams=color_trc=${transfer}:color_primaries=${primaries}:colorspace=${matrix}:range=tv`],
]

interface Recipe {
  /** Written before ffmpeg runs: file name → content. */
  readonly texts?: Readonly<Record<string, string>>
  /** The arguments of each run of ffmpeg, in the recipe's own folder. */
  readonly runs: readonly (readonly string[])[]
}

const picture = (size: string, rate = 15, seconds = MEDIA_SECONDS): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc=size=${size}:rate=${rate}:duration=${seconds}`],
]
const tone = (seconds = MEDIA_SECONDS, frequency = 440): string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=${frequency}:sample_rate=44100:duration=${seconds}`],
]
/** A key frame each second (at 15 frames), so that segments of a second can begin with one. */
const h264 = (keyFrameEvery = 15): string[] => [
  ...['-c:v', 'libx264', '-preset', 'ultrafast', '-pix_fmt', 'yuv420p', '-threads', '1'],
  ...['-g', String(keyFrameEvery), '-sc_threshold', '0', '-flags:v', '+bitexact'],
]
const aac = ['-c:a', 'aac', '-b:a', '64k', '-flags:a', '+bitexact']
const exact = ['-fflags', '+bitexact', '-map_metadata', '-1']

const hls = (name: string, seconds = 1): string[] => [
  ...['-f', 'hls', '-hls_time', String(seconds), '-hls_list_size', '0', '-hls_playlist_type', 'vod'],
  ...['-hls_segment_filename', `${name}-%d.ts`, `${name}.m3u8`],
]

const MASTER = `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="audio.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=150000,RESOLUTION=160x90,CODECS="avc1.42c00a,mp4a.40.2",AUDIO="sound"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c00c,mp4a.40.2",AUDIO="sound"
high.m3u8
`

const LANGUAGES = `#EXTM3U
#EXT-X-VERSION:6
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="English",LANGUAGE="en",DEFAULT=YES,AUTOSELECT=YES,URI="audio.m3u8"
#EXT-X-MEDIA:TYPE=AUDIO,GROUP-ID="sound",NAME="Deutsch",LANGUAGE="de-AT",DEFAULT=NO,AUTOSELECT=YES,URI="deutsch.m3u8"
#EXT-X-STREAM-INF:BANDWIDTH=150000,RESOLUTION=160x90,CODECS="avc1.42c00a,mp4a.40.2",AUDIO="sound"
low.m3u8
#EXT-X-STREAM-INF:BANDWIDTH=400000,RESOLUTION=320x180,CODECS="avc1.42c00c,mp4a.40.2",AUDIO="sound"
high.m3u8
`

const SUBTITLES = `WEBVTT

00:00:00.000 --> 00:00:01.500
A test picture

00:00:01.500 --> 00:00:03.000
and a test tone
`

/** Each representation is one file. The bandwidths differ, so that sizes can be notified from them. */
function choicesManifest(): string {
  const pictures = [
    ['h264-144.mp4', 'avc1.42c00b', '256', '144', '60000'],
    ['h264-360.mp4', 'avc1.42c01e', '640', '360', '200000'],
    ['h265-360.mp4', 'hvc1.1.6.L63.90', '640', '360', '150000'],
    ['vp9-360.webm', 'vp9', '640', '360', '160000'],
    ['av1-360.mp4', 'av01.0.01M.08', '640', '360', '140000'],
    ['vp9-720.webm', 'vp9', '1280', '720', '400000'],
    ['av1-720.mp4', 'av01.0.05M.08', '1280', '720', '350000'],
  ] as const
  const sounds = [
    ['aac-en.m4a', 'mp4a.40.2', 'en', 'audio/mp4'],
    ['aac-de.m4a', 'mp4a.40.2', 'de', 'audio/mp4'],
    ['opus-en.webm', 'opus', 'en', 'audio/webm'],
  ] as const
  const sets = [
    ...pictures.map(
      ([file, codecs, width, height, bandwidth]) =>
        `<AdaptationSet contentType="video" mimeType="video/${file.split('.')[1]}"><Representation id="${file.split('.')[0]}" codecs="${codecs}" width="${width}" height="${height}" frameRate="15" bandwidth="${bandwidth}"><BaseURL>${file}</BaseURL></Representation></AdaptationSet>`,
    ),
    ...sounds.map(
      ([file, codecs, language, type]) =>
        `<AdaptationSet contentType="audio" mimeType="${type}" lang="${language}"><Representation id="${file.split('.')[0]}" codecs="${codecs}" bandwidth="64000"><BaseURL>${file}</BaseURL></Representation></AdaptationSet>`,
    ),
  ]
  return `<?xml version="1.0"?>
<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" type="static" mediaPresentationDuration="PT3S" minBufferTime="PT1S" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011"><Period>
${sets.join('\n')}
</Period></MPD>
`
}

/** Recipe → what stands in its folder when it has run. */
export const recipes = {
  /** video.mp4: 320x180 and sound, its index in front. */
  video: {
    runs: [[...picture('320x180'), ...tone(), ...h264(), ...aac, ...exact, '-movflags', '+faststart', 'video.mp4']],
  },
  /** video.webm: VP8 and Opus. */
  webm: {
    runs: [
      [
        ...[...picture('320x180'), ...tone(), '-c:v', 'libvpx', '-deadline', 'realtime', '-cpu-used', '8'],
        ...['-b:v', '200k', '-c:a', 'libopus', ...exact, 'video.webm'],
      ],
    ],
  },
  /** audio.mp3 and audio.m4a. */
  audio: {
    runs: [
      [...tone(), '-c:a', 'libmp3lame', '-b:a', '64k', ...exact, 'audio.mp3'],
      [...tone(), ...aac, ...exact, '-movflags', '+faststart', 'audio.m4a'],
    ],
  },
  /** whole.mp4, and of the same video picture.mp4 and sound.m4a apart. */
  apart: {
    runs: [
      [...picture('320x180'), ...tone(), ...h264(), ...aac, ...exact, '-movflags', '+faststart', 'whole.mp4'],
      [...picture('640x360'), ...h264(), ...exact, '-movflags', '+faststart', 'picture.mp4'],
      [...tone(), ...aac, ...exact, '-movflags', '+faststart', 'sound.m4a'],
    ],
  },
  /** thumbnail.jpg and subtitles.vtt. */
  extras: {
    texts: { 'subtitles.vtt': SUBTITLES },
    runs: [[...picture('320x180'), '-frames:v', '1', '-update', '1', ...exact, 'thumbnail.jpg']],
  },
  /** master.m3u8 with two pictures (high, low) and sound apart; simple.m3u8 with both in one. */
  hls: {
    texts: { 'master.m3u8': MASTER, 'languages.m3u8': LANGUAGES },
    runs: [
      [...picture('320x180'), ...h264(), ...exact, ...hls('high')],
      [...picture('160x90'), ...h264(), ...exact, ...hls('low')],
      [...tone(), ...aac, ...exact, ...hls('audio')],
      [...tone(MEDIA_SECONDS, 880), ...aac, ...exact, ...hls('deutsch')],
      [...picture('320x180'), ...tone(), ...h264(), ...aac, ...exact, ...hls('simple')],
    ],
  },
  /** aes.m3u8, its segments encrypted with AES-128 under secret.key. */
  aes: {
    texts: { 'secret.key': '0123456789abcdef', 'key-info': 'secret.key\nsecret.key\n' },
    runs: [
      [
        ...[...picture('320x180'), ...tone(), ...h264(), ...aac, ...exact],
        ...['-hls_key_info_file', 'key-info', ...hls('aes')],
      ],
    ],
  },
  /** manifest.mpd with picture and sound apart. */
  dash: {
    runs: [
      [
        ...[...picture('320x180'), ...tone(), ...h264(), ...aac, ...exact, '-f', 'dash', '-seg_duration', '1'],
        ...['-adaptation_sets', 'id=0,streams=v id=1,streams=a', 'manifest.mpd'],
      ],
    ],
  },
  /** manifest.mpd: pictures of several sizes and codecs, and sound in two languages, each a whole file. */
  choices: {
    texts: { 'manifest.mpd': choicesManifest() },
    runs: [
      [...picture('256x144'), ...h264(), ...exact, 'h264-144.mp4'],
      [...picture('640x360'), ...h264(), ...exact, 'h264-360.mp4'],
      [...picture('640x360'), ...hevc, ...exact, 'h265-360.mp4'],
      [...picture('640x360'), ...vp9, ...exact, 'vp9-360.webm'],
      [...picture('640x360'), ...av1, ...exact, 'av1-360.mp4'],
      [...picture('1280x720'), ...vp9, ...exact, 'vp9-720.webm'],
      [...picture('1280x720'), ...av1, ...exact, 'av1-720.mp4'],
      [...tone(), ...aac, ...exact, 'aac-en.m4a'],
      [...tone(MEDIA_SECONDS, 880), ...aac, ...exact, 'aac-de.m4a'],
      [...tone(), '-c:a', 'libopus', ...exact, 'opus-en.webm'],
    ],
  },
  /** One file of each container that sources send beside mp4 and webm, each under its usual name. */
  containers: {
    runs: [
      ...['video.mov', 'video.f4v', 'video.m4v', 'video.flv', 'video.ts', 'video.m2ts', 'video.mkv'].map((name) => [
        ...[...picture('160x90'), ...tone(), ...h264(), ...aac, ...exact],
        ...(name === 'video.f4v' ? ['-f', 'mp4'] : []),
        name,
      ]),
      [...picture('160x90'), ...tone(), '-c:v', 'mpeg4', ...aac, ...exact, '-f', 'mp4', 'video.mpeg4'],
      [...picture('160x90'), ...tone(), '-c:v', 'mpeg4', '-c:a', 'libmp3lame', ...exact, '-f', 'avi', 'video.divx'],
      [...picture('160x90', 25), ...tone(), '-c:v', 'mpeg2video', '-c:a', 'mp2', ...exact, '-f', 'vob', 'video.vob'],
      [...picture('160x90', 25), ...tone(), '-c:v', 'mpeg2video', '-c:a', 'mp2', ...exact, '-f', 'mpeg', 'video.mpg'],
      [
        ...picture('160x90', 25),
        ...tone(),
        '-ar',
        '48000',
        '-c:v',
        'mpeg2video',
        '-c:a',
        'pcm_s16le',
        ...exact,
        'video.mxf',
      ],
      [...picture('160x90'), ...tone(), '-c:v', 'wmv2', '-c:a', 'wmav2', ...exact, '-f', 'asf', 'video.asf'],
      [...picture('176x144'), ...tone(), '-c:v', 'mpeg4', ...aac, ...exact, 'video.3g2'],
      [...picture('176x144'), ...tone(), '-c:v', 'mpeg4', ...aac, ...exact, 'video.3gp'],
      [...picture('160x90'), ...tone(), '-c:v', 'libtheora', '-c:a', 'libvorbis', ...exact, 'video.ogv'],
      [...tone(), '-c:a', 'wmav2', ...exact, '-f', 'asf', 'sound.wma'],
      [...tone(), ...aac, ...exact, '-f', 'ipod', 'sound.m4b'],
      [...tone(), ...aac, ...exact, '-f', 'ipod', 'sound.m4r'],
      [...tone(), ...aac, ...exact, '-f', 'adts', 'sound.aac'],
      [...tone(), ...aac, ...exact, '-f', 'mp4', 'sound.mp4'],
      [...tone(), '-c:a', 'libopus', ...exact, 'sound.opus'],
      [...tone(), '-c:a', 'libopus', ...exact, 'sound.webm'],
      [...tone(), '-c:a', 'libvorbis', ...exact, 'sound.oga'],
      [...tone(), '-c:a', 'flac', ...exact, 'sound.flac'],
      [...tone(), '-c:a', 'ac3', ...exact, 'sound.ac3'],
      [...tone(), '-c:a', 'libopencore_amrnb', '-ar', '8000', '-b:a', '12.2k', ...exact, 'sound.amr'],
      [...tone(), '-c:a', 'pcm_s16le', ...exact, 'sound.wav'],
      [...tone(), '-c:a', 'pcm_s16be', ...exact, 'sound.aiff'],
      [...tone(), ...aac, ...exact, 'sound.mka'],
    ],
  },
  /** video.mp4, with chapters, and video.webm: each picture tells its time (`COUNTED`). sound.mp3 and sound.m4a: as long. odd.webm: 161x91. */
  counted: {
    texts: { chapters: COUNTED_CHAPTERS },
    runs: [
      [
        ...['-f', 'lavfi', '-i', counted, ...tone(COUNTED.seconds), '-f', 'ffmetadata', '-i', 'chapters'],
        ...[
          '-map',
          '0:v',
          '-map',
          '1:a',
          ...h264(2 * COUNTED.rate),
          ...aac,
          '-fflags',
          '+bitexact',
          '-map_chapters',
          '2',
        ],
        ...['-movflags', '+faststart', 'video.mp4'],
      ],
      [
        ...['-f', 'lavfi', '-i', counted, ...tone(COUNTED.seconds), '-map', '0:v', '-map', '1:a', ...vp9],
        ...['-g', String(2 * COUNTED.rate), '-c:a', 'libopus', ...exact, 'video.webm'],
      ],
      [...tone(COUNTED.seconds), '-c:a', 'libmp3lame', '-b:a', '64k', ...exact, 'sound.mp3'],
      [...tone(COUNTED.seconds), ...aac, ...exact, 'sound.m4a'],
      [...picture('161x91'), '-pix_fmt', 'yuv420p', ...vp9, ...exact, 'odd.webm'],
    ],
  },
  /** video.mp4: a minute of noise, which takes some seconds to encode. mpeg4.mp4: a third of it as MPEG-4 Visual. */
  long: {
    runs: [
      [
        ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25:duration=20,noise=alls=40:allf=t', ...tone(20)],
        ...['-c:v', 'mpeg4', '-q:v', '6', ...aac, ...exact, '-movflags', '+faststart', 'mpeg4.mp4'],
      ],
      [
        ...['-f', 'lavfi', '-i', 'testsrc2=size=640x360:rate=25:duration=60,noise=alls=40:allf=t', ...tone(60)],
        ...[...h264(50), '-b:v', '1M', ...aac, ...exact, '-movflags', '+faststart', 'video.mp4'],
      ],
    ],
  },
  /** What not all players play. opus.mkv: H.264 with Opus. ten-bits.mp4: H.265 with ten bits. */
  unplayed: {
    runs: [
      [...picture('320x180'), ...tone(), ...h264(), '-c:a', 'libopus', ...exact, 'opus.mkv'],
      [...picture('320x180'), ...tone(), ...hevc, '-pix_fmt', 'yuv420p10le', ...aac, ...exact, 'ten-bits.mp4'],
    ],
  },
  /**
   * Black, white and a bright light of high dynamic range: perceptual.mp4 (SMPTE ST 2084, with data of its screen), container.mp4 (the same, said by
   * the container alone), hybrid.webm (ARIB STD-B67), and bare.mkv, which is the first one without its primaries and its matrix.
   * wide.mkv: the colours of BT.2020 alone. fields.mkv: fifty fields in 25 frames. unsaid.avi: the same, of which the file says nothing.
   */
  pictures: {
    runs: [
      [
        ...[...bars(64, 572, 723), ...colors('smpte2084', 'bt2020', 'bt2020nc'), ...hevc.slice(0, -2)],
        '-x265-params',
        'log-level=none:pools=1:colorprim=bt2020:transfer=smpte2084:colormatrix=bt2020nc:master-display=G(13250,34500)B(7500,3000)R(34000,16000)WP(15635,16450)L(10000000,50):max-cll=1000,400',
        ...[...exact, 'perceptual.mp4'],
      ],
      [...bars(64, 572, 723), ...hevc, ...exact, 'unnamed.mp4'],
      [
        ...['-i', 'unnamed.mp4', '-c', 'copy', '-color_primaries', 'bt2020', '-color_trc', 'smpte2084'],
        ...['-colorspace', 'bt2020nc', '-color_range', 'tv', ...exact, 'container.mp4'],
      ],
      [...bars(64, 721, 940), ...colors('arib-std-b67', 'bt2020', 'bt2020nc'), ...vp9, ...exact, 'hybrid.webm'],
      [...bars(64, 572, 723), ...colors('smpte2084', 'unknown', 'unknown'), ...ffv1, ...exact, 'bare.mkv'],
      [...bars(64, 502, 940), ...colors('bt2020-10', 'bt2020', 'bt2020nc'), ...ffv1, ...exact, 'wide.mkv'],
      [
        ...['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=50:duration=1,interlace=scan=tff,format=yuv420p'],
        ...['-c:v', 'mpeg2video', '-flags:v', '+ildct+ilme+bitexact', '-q:v', '2', ...exact, 'fields.mkv'],
      ],
      [
        ...['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=50:duration=1,interlace=scan=tff,format=yuv420p'],
        ...['-c:v', 'mpeg4', '-flags:v', '+ildct+ilme+bitexact', '-q:v', '2', ...exact, 'unsaid.avi'],
      ],
    ],
  },
  /** fragments-0.ts to fragments-299.ts, one picture each. */
  fragments: {
    runs: [
      [
        ...[...picture('160x90', 1 / FRAGMENT_SECONDS, FRAGMENTS * FRAGMENT_SECONDS), ...h264(1), ...exact],
        ...hls('fragments', FRAGMENT_SECONDS),
      ],
    ],
  },
} as const satisfies Record<string, Recipe>

export type RecipeName = keyof typeof recipes
