/** Which file extensions the library keeps, and what each is called in HTTP. */

/**
 * Extension to media type, for every container that yt-dlp may leave behind. Nothing here is a type that a browser
 * would run (no HTML, no SVG, no script), so a file that lies about its content stays harmless even when shown inline.
 * Taking a line away makes the files of that extension unreachable: `isFileName` knows only these.
 */
export const mediaTypes = {
  '3g2': 'video/3gpp2',
  '3gp': 'video/3gpp',
  aac: 'audio/aac',
  aiff: 'audio/aiff',
  alac: 'audio/mp4',
  asf: 'video/x-ms-asf',
  avi: 'video/x-msvideo',
  bin: 'application/octet-stream',
  f4v: 'video/mp4',
  flac: 'audio/flac',
  flv: 'video/x-flv',
  m2ts: 'video/mp2t',
  m4a: 'audio/mp4',
  m4b: 'audio/mp4',
  m4v: 'video/mp4',
  mka: 'audio/x-matroska',
  mkv: 'video/x-matroska',
  mov: 'video/quicktime',
  mp3: 'audio/mpeg',
  mp4: 'video/mp4',
  mpeg: 'video/mpeg',
  mpg: 'video/mpeg',
  mts: 'video/mp2t',
  oga: 'audio/ogg',
  ogg: 'audio/ogg',
  ogv: 'video/ogg',
  opus: 'audio/ogg',
  ts: 'video/mp2t',
  vob: 'video/mpeg',
  wav: 'audio/wav',
  weba: 'audio/webm',
  webm: 'video/webm',
  wma: 'audio/x-ms-wma',
  wmv: 'video/x-ms-wmv',
} as const

export type MediaExtension = keyof typeof mediaTypes
export type MediaType = (typeof mediaTypes)[MediaExtension]

const isMediaExtension = (word: string): word is MediaExtension => Object.hasOwn(mediaTypes, word)

/** Gives any extension (with or without its dot, in any case) its place in the table; an unknown one becomes `bin`. */
export function mediaExtensionOf(extension: string): MediaExtension {
  const word = extension.replace(/^\./, '').toLowerCase()
  return isMediaExtension(word) ? word : 'bin'
}

/** The media type of an extension; `application/octet-stream` where it is unknown. */
export const mediaTypeOf = (extension: string): MediaType => mediaTypes[mediaExtensionOf(extension)]

/** Whether a media type (from a sidecar, say) is one that the library would have written itself. */
export const isMediaType = (text: string): text is MediaType => KNOWN.has(text)

const KNOWN: ReadonlySet<string> = new Set(Object.values(mediaTypes))
