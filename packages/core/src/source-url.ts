/** Which addresses a client may name. Hosts are not judged here: only the egress proxy does that, when it connects. */
import { URL_LENGTH_MAX } from '@video-scraper/contracts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/

/**
 * Parses an address as a browser would (WHATWG URL) and returns its canonical spelling, or null where it is refused:
 * only absolute http and https, no credentials, no control characters, at most 2048 characters before and after
 * canonisation, and no `__youtubedl_smuggle`, which is yt-dlp's internal channel between extractors and would let a
 * client set ids, headers and proxies.
 */
export function canonicalSourceUrl(text: string): string | null {
  if (text.length > URL_LENGTH_MAX || CONTROL_CHARACTERS.test(text) || text !== text.trim()) return null
  // WHATWG accepts `http:host` and backslashes as well; a client that means an absolute address writes one.
  if (!/^https?:\/\/[^/\\?#]/i.test(text)) return null
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url?.hostname || url.username || url.password) return null
  if (mentionsSmuggling(url.href) || mentionsSmuggling(text)) return null
  return url.href.length <= URL_LENGTH_MAX ? url.href : null
}

/** Looks through percent-encoding too, any number of layers deep, since an extractor may decode before it unsmuggles. */
function mentionsSmuggling(text: string): boolean {
  const lower = text.toLowerCase().replaceAll(/%(?:25)*5f/g, '_')
  return decodeLetters(lower).includes('__youtubedl_smuggle')
}

/** Decodes percent-encoded ASCII letters and underscores only; anything else cannot spell the word. */
function decodeLetters(text: string): string {
  return text.replaceAll(/%(?:25)*([46][1-9a-f]|[57][0-9a]|5f)/g, (_, hex: string) =>
    String.fromCharCode(Number.parseInt(hex, 16)).toLowerCase(),
  )
}
