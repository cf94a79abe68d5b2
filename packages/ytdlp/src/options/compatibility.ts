/** `compatibility`: H.264 with AAC in mp4. */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts, OptionMeaning } from './option-meaning.ts'

/** What players in hardware decode: 8 bits, and a colour for each four pixels. */
const PLAYED = /^yuvj?420p$/

/** `aac_latm` of television is the same sound in a form that an mp4 cannot hold; `mp4a.66` to `.68` are AAC of MPEG-2, `mp4a.6b` is MP3. */
const AAC = /^(mp4a(\.(40|6[678]).*)?|aac)$/i

/** Of each part whether all players play it. Null: it is not known. */
export const playedParts = ({ videoCodec, pixelFormat, audioCodec, container }: MediaFacts) => ({
  video: videoCodec === null ? null : /^(avc|[hx]264)/i.test(videoCodec),
  pixels: pixelFormat === null || PLAYED.test(pixelFormat),
  audio: audioCodec === null ? null : AAC.test(audioCodec) || audioCodec === 'none',
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
