/** Which format ids a client may name: data of the source, never a selector of yt-dlp's format language. */
import { FORMAT_ID_LENGTH_MAX } from '@video-scraper/contracts'

/**
 * What no listed id holds. Control characters and direction marks are reported as `_` (`python/format_ids.py`); so is what
 * yt-dlp's selectors are written with. Refusing those here answers at once whoever sends a selector.
 */
const NEVER_LISTED = /[\p{Cc}\p{Cs}\p{Zs}\u2028\u2029\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069,/[\]()]/u

/** One id, or two (video and audio) joined by `+`. Any text that POST /info lists as a `format_id` is one. */
export function isFormatId(text: string): boolean {
  const parts = text.split('+')
  return parts.length <= 2 && parts.every(isOneId)
}

function isOneId(part: string): boolean {
  // A character has at most two units; the length is looked at first, so that no long text is taken apart.
  const short = part.length > 0 && part.length <= 2 * FORMAT_ID_LENGTH_MAX && [...part].length <= FORMAT_ID_LENGTH_MAX
  return short && !NEVER_LISTED.test(part)
}
