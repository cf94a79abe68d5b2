/** `compatibility`: H.264 with AAC in mp4. */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts, OptionMeaning } from './option-meaning.ts'

/** What players in hardware decode: 8 bits, and a colour for each four pixels. */
const PLAYED = /^yuvj?420p$/

/** A fact that is not known decides nothing; one that is wrong decides all. */
function isMet(_: unknown, { videoCodec, pixelFormat, audioCodec, container }: MediaFacts): boolean | null {
  const verdicts = [
    videoCodec === null ? null : /^(avc|[hx]264)/i.test(videoCodec),
    audioCodec === null ? null : /^(mp4a|aac|none$)/i.test(audioCodec),
    container === null ? null : container === 'mp4',
  ]
  if (verdicts.includes(false) || (pixelFormat !== null && !PLAYED.test(pixelFormat))) return false
  return verdicts.includes(null) ? null : true
}

export const compatibility: OptionMeaning<NonNullable<DownloadOptions['compatibility']>> = {
  sortFirst: ['wanted_codec', 'wanted_sound', 'held'],
  preferences: () => ({ videoCodec: 'h264', soundCodec: 'aac', container: 'mp4' }),
  isMet,
  warning: 'compatibility_unavailable',
}
