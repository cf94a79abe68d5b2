/** Names what a job could not have. A source's own words decide which code it is, and go no further. */
import type { WarningCode } from '@video-scraper/contracts'
import type { Fields } from './event-fields.ts'
import { PROTOCOLS } from './options/allowed-protocols.ts'
import { ownWords } from './own-words.ts'

/** Null: nothing is missing. */
type Rule = readonly [code: WarningCode | null, means: RegExp | ((text: string) => boolean)]

const LIST = /(?:m3u8|mpd|f4m|ism|smil|xspf|manifest|format|player)\b/i
const WHOLE_LIST = /\b(?:m3u8|mpd|f4m|ism|smil|xspf|manifest|formats?|player)\b/i

/** As one expression it would take time that grows with the square of the text, which is the source's. */
function inOrder(text: string, first: RegExp, then: RegExp): boolean {
  const found = first.exec(text)
  return found !== null && then.test(text.slice(found.index + found[0].length))
}

/** The first that matches names the warning. Patterns: the warnings of yt-dlp's core and of its extractor of YouTube. */
const rules: readonly Rule[] = [
  // The sentence of `python/first_video.py`.
  ['entries_skipped', /^Entries of the list that hold no video/],
  // The sentence of `python/playlist.py`.
  ['segments_missing', /^Segments that the source marks as missing/],
  ['impersonation_missing', /attempting impersonation|to use impersonation for this download/i],
  // The sentences of `python/tokens.py` and of the one who asks yt-dlp's providers.
  ['po_token_failed', /Error fetching PO Token|^PO tokens cannot be asked for/i],
  ['po_token_missing', /\bPO Token\b/i],
  ['javascript_missing', /JavaScript runtime/i],
  ['generic_extraction', /generic information extractor/i],
  // The sentences of YouTube's and Instagram's extractors.
  ['cookies_expired', /account cookies are no longer valid/i],
  ['site_broken', /marked as broken/i],
  // The sentences of `python/beside.py`.
  ['thumbnail_missing', /^A picture of the video that was asked for/],
  // The sentences of `python/inside.py`.
  ['chapters_missing', /^Chapters that were asked for/],
  // The sentence of `python/parts.py`.
  ['clips_missing', /^A clip that was asked for/],
  ['embedding_incomplete', /^Some of what was to be put into the media/],
  ['subtitles_not_embedded', /^The tracks of text that were asked for/],
  ['subtitles_missing', /subtitle|caption/i],
  ['container_changed', /incompatible for merge|support embedding a thumbnail/i],
  ['formats_skipped', /DRM|have been skipped|skipping (some )?(client|format|unsupported)|only images are available/i],
  ['formats_missing', /formats may be missing|challenge solving failed|field is missing or empty/i],
  ['formats_missing', (text) => inOrder(text, LIST, /HTTP Error|unable|fail|error|timed out/i)],
  ['formats_missing', (text) => text.split(':').some((part) => inOrder(part, /fail|unable/i, WHOLE_LIST))],
  ['metadata_incomplete', /unable to (extract|download)|failed to (obtain|parse)|error in extractor|returned nothing/i],
  // yt-dlp asked again by itself, or says how it found its way.
  // What is live is refused before; a finished stream whose first number is not 0 gets this sentence as well.
  [null, /^Live HLS streams are not supported by the native downloader/],
  [null, /retrying|giving up after|re-extracting|could be a direct video link|specify the protocol|impersonat/i],
]

/** What a sentence of yt-dlp means; null where nothing is missing. `names`: parts of the address, which mean nothing. */
export function warningOf(message: string, names: readonly string[] = []): WarningCode | null {
  const text = ownWords(message, names)
  const rule = rules.find(([, means]) => (typeof means === 'function' ? means(text) : means.test(text)))
  return rule === undefined ? 'unspecified' : rule[0]
}

/** The sentence of YouTube's extractor about formats without an address, which only YouTube's own player can have. */
export const saysSabrOnly = (message: string): boolean => /SABR-only streaming/i.test(message)

/** What the record of a video shows to be missing from it. */
export function warningsIn(video: Fields): WarningCode[] {
  const formats = Array.isArray(video.formats) ? (video.formats as Fields[]) : []
  return [
    ...(severalIn(video.playlist_count) && !('entries' in video) ? (['more_videos'] as const) : []),
    ...(video.shortened === true ? (['result_shortened'] as const) : []),
    ...(formats.some(isRefused) ? (['formats_skipped'] as const) : []),
  ]
}

export const severalIn = (count: unknown): boolean => typeof count === 'number' && count > 1

/** Pictures of a storyboard are no format that anybody would miss. */
const isRefused = ({ has_drm, protocol }: Fields): boolean =>
  has_drm === true || (protocol !== 'mhtml' && !PROTOCOLS.some((known) => known === protocol))
