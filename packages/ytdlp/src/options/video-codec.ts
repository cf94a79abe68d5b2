/** `video_codec` among the names that yt-dlp and ffprobe have for one codec. */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { OptionMeaning } from './option-meaning.ts'

type VideoCodec = NonNullable<DownloadOptions['video_codec']>

/** `python/preferences.py` has the same table. */
const NAMES = {
  h264: /^(avc|[hx]264)/i,
  vp9: /^vp0?9/i,
  h265: /^(hev|hvc|hevc|[hx]265|dvh)/i,
  av1: /^av0?1/i,
} as const satisfies Record<VideoCodec, RegExp>

export const videoCodec: OptionMeaning<VideoCodec> = {
  sortFirst: ['wanted_codec'],
  preferences: (codec) => ({ videoCodec: codec }),
  isMet: (codec, { videoCodec: found }) => (found === null ? null : NAMES[codec].test(found)),
  // Encoding again makes H.264 of it, and nothing else.
  metLater: ({ transcode, video_codec }) => transcode === true && video_codec === 'h264',
  warning: 'video_codec_unavailable',
}
