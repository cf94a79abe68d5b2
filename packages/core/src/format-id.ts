/** Which format ids a client may name: data of the source, never a selector of yt-dlp's format language. */

const PART = /^[A-Za-z0-9_.-]+$/

/** The longest accepted format id, in characters. */
export const FORMAT_ID_LENGTH_MAX = 64

/** Letters, digits, `.`, `_` and `-`; one `+` may join a video and an audio format. */
export function isFormatId(text: string): boolean {
  const parts = text.split('+')
  return text.length <= FORMAT_ID_LENGTH_MAX && parts.length <= 2 && parts.every((part) => PART.test(part))
}
