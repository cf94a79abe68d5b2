/** Which addresses a client may name. Hosts are not checked here: only the egress proxy does that, when it connects. */
import { URL_LENGTH_MAX } from '@video-scraper/contracts'

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what is looked for.
const CONTROL_CHARACTERS = /[\u0000-\u001f\u007f-\u009f]/

/**
 * Parses an address as a browser would (WHATWG URL) and returns its canonical spelling, or null where it is refused:
 * only absolute http and https, no credentials, no control characters, at most 4096 characters before and after
 * canonisation, and no `__youtubedl_smuggle`, which is yt-dlp's internal channel between extractors and would let a
 * client set ids, headers and proxies.
 */
export function canonicalSourceUrl(text: string): string | null {
  if (text.length > URL_LENGTH_MAX || CONTROL_CHARACTERS.test(text) || text !== text.trim()) return null
  // WHATWG accepts `http:host` and backslashes as well; a client that means an absolute address writes one.
  if (!/^https?:\/\/[^/\\?#]/i.test(text)) return null
  const url = parsed(text)
  if (!url?.hostname || url.username || url.password) return null
  if (mentionsSmuggling(url.href) || (url.href !== text && mentionsSmuggling(text))) return null
  return url.href.length <= URL_LENGTH_MAX ? url.href : null
}

/** Asking `URL.canParse` first would parse every good address twice. */
function parsed(text: string): URL | null {
  try {
    return new URL(text)
  } catch {
    return null
  }
}

/** Looks through percent-encoding too, any number of layers deep, since an extractor may decode before it unsmuggles. */
function mentionsSmuggling(text: string): boolean {
  const decoded = decodeAscii(text)
  if (decoded.toLowerCase().includes('__youtubedl_smuggle')) return true
  // Every layer makes the text shorter, so this ends. A layer can hide the digits of the next: `%%35f`, `%5f`, `_`.
  return decoded !== text && mentionsSmuggling(decoded)
}

/** Decodes one layer of ASCII; nothing else can spell the word. `%252525…` counts as one layer, which keeps it fast. */
const decodeAscii = (text: string): string =>
  text.replaceAll(/%(?:25)*([0-7][0-9a-f])/gi, (_, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
