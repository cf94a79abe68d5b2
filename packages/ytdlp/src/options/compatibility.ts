/** `compatibility`: H.264 with AAC in mp4. */
import type { DownloadOptions } from '@video-scraper/contracts'
import type { MediaFacts, OptionMeaning } from './option-meaning.ts'

/** Each list stands in `python/played.py` too, which looks at single streams. What players in hardware decode: 8 bits, and a colour for each four pixels. */
const PLAYED_PIXELS = /^yuvj?420p$/
/** Of H.264. A lossless picture is of another profile, though its pixels are the same. */
const PLAYED_PICTURES: ReadonlySet<string> = new Set(['Constrained Baseline', 'Baseline', 'Main', 'High'])
/** Of AAC. xHE-AAC and those of broadcasting are other encodings under the same name. */
const PLAYED_SOUNDS: ReadonlySet<string> = new Set(['LC', 'HE-AAC', 'HE-AACv2'])
/** Two fields in each frame: browsers show both at once, as combs. */
const INTERLACED: ReadonlySet<string> = new Set(['tt', 'bb', 'tb', 'bt'])
/** SMPTE ST 2084, ARIB STD-B67 and BT.2020: players that take them for BT.709 show other colours. */
const HIGH_RANGE: ReadonlySet<string> = new Set(['smpte2084', 'arib-std-b67'])
const WIDE_COLORS = 'bt2020'
/** ffprobe has no name for the profile. */
const UNNAMED = /^(\d+|unknown)$/

/** `aac_latm` of television is the same sound in a form that an mp4 cannot hold; `mp4a.66` to `.68` are AAC of MPEG-2, `mp4a.6b` is MP3. */
const AAC = /^(mp4a(\.(40|6[678]).*)?|aac)$/i

const isOf = (profiles: ReadonlySet<string>, profile: string | null | undefined): boolean =>
  profile == null || profiles.has(profile) || UNNAMED.test(profile)

/** What the picture is beside its codec. What is not known of it counts as usual. */
const hasPlayedForm = ({ pixelFormat, videoProfile, fieldOrder, colorTransfer, colorPrimaries }: MediaFacts): boolean =>
  (pixelFormat === null || PLAYED_PIXELS.test(pixelFormat)) &&
  isOf(PLAYED_PICTURES, videoProfile) &&
  !INTERLACED.has(fieldOrder ?? '') &&
  !HIGH_RANGE.has(colorTransfer ?? '') &&
  colorPrimaries !== WIDE_COLORS

/** Of each part whether all players play it. Null: it is not known. */
export const playedParts = (facts: MediaFacts) => ({
  video: facts.videoCodec === null ? null : /^(avc|[hx]264)/i.test(facts.videoCodec),
  form: hasPlayedForm(facts),
  audio: soundIsPlayed(facts),
  container: facts.container === null ? null : facts.container === 'mp4',
})

const soundIsPlayed = ({ audioCodec, audioProfile }: MediaFacts): boolean | null =>
  audioCodec === null ? null : audioCodec === 'none' || (AAC.test(audioCodec) && isOf(PLAYED_SOUNDS, audioProfile))

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
