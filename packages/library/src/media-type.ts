/** Which file extensions the library keeps, and what each is called in HTTP: media as in the table of containers, and `bin`; and what is no media. */
import { contentTypes } from '@video-scraper/contracts'
import { containerMediaTypes, mediaTypesByExtension } from '@video-scraper/core'

const UNKNOWN_TYPE = 'application/octet-stream'

/** Extension to media type, of media. Taking one away makes the files of that extension unreachable: `isFileName` knows only these. */
export const mediaTypes: Readonly<Record<string, string>> = { ...mediaTypesByExtension, bin: UNKNOWN_TYPE }

export const isMediaExtension = (word: string): boolean => Object.hasOwn(mediaTypes, word)

/** Gives any extension (with or without its dot, in any case) its place in the table; an unknown one becomes `bin`. */
export function mediaExtensionOf(extension: string): string {
  const word = extension.replace(/^\./, '').toLowerCase()
  return isMediaExtension(word) ? word : 'bin'
}

/** Whether a media type (from a sidecar, say) is one of those that the library writes itself for what it knows. */
const isKnownType = (text: string): boolean => containerMediaTypes.has(text) || plainTypes.has(text)

const plainTypes: ReadonlySet<string> = new Set(Object.values(contentTypes))

/** The `Content-Type` of a file; an unknown type becomes bytes. All text of the library is UTF-8: `verify-content.ts` proved it. */
export function typeInHttp(mediaType: string): string {
  if (!isKnownType(mediaType)) return UNKNOWN_TYPE
  return mediaType.startsWith('text/') ? `${mediaType}; charset=utf-8` : mediaType
}
