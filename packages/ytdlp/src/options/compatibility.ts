/** `compatibility`: H.264 with AAC in mp4. */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts, OptionMeaning } from './option-meaning.ts'

/** What players in hardware decode: 8 bits, and a colour for each four pixels. */
const PLAYED = /^yuvj?420p$/

/** Of each part whether all players play it. Null: it is not known. */
export const playedParts = ({ videoCodec, pixelFormat, audioCodec, container }: MediaFacts) => ({
  video: videoCodec === null ? null : /^(avc|[hx]264)/i.test(videoCodec),
  pixels: pixelFormat === null || PLAYED.test(pixelFormat),
  audio: audioCodec === null ? null : /^(mp4a|aac|none$)/i.test(audioCodec),
  container: container === null ? null : container === 'mp4',
})

/** A fact that is not known decides nothing; one that is wrong decides all. */
function isMet(_: unknown, facts: MediaFacts): boolean | null {
  const verdicts: readonly (boolean | null)[] = Object.values(playedParts(facts))
  if (verdicts.includes(false)) return false
  return verdicts.includes(null) ? null : true
}

export const compatibility: OptionMeaning<NonNullable<DownloadOptions['compatibility']>> = {
  sortFirst: ['wanted_codec', 'wanted_sound', 'held'],
  preferences: () => ({ videoCodec: 'h264', soundCodec: 'aac', container: 'mp4' }),
  isMet,
  metLater: ({ transcode }) => transcode === true,
  warning: 'compatibility_unavailable',
}
