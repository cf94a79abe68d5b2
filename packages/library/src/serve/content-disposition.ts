/** Under which name a client is asked to save a file (RFC 6266). The library writes the syntax; which name is safe is ours. */
import { fileRoles } from '@video-scraper/contracts'
import { create } from 'content-disposition'
import { readFileName } from '../file-name.ts'

/** `attachment` saves, `inline` shows. */
export type Disposition = 'attachment' | 'inline'

/** The longest name that is offered, in bytes of UTF-8, with its extension. */
const NAME_BYTES_MAX = 150

/** More than any cut name needs; a title may be of any length. */
const TITLE_LENGTH_MAX = 1000

/** Controls, line separators, lone surrogates, the byte order mark, and marks that change the direction of writing. */
const INVISIBLE = /[\p{Cc}\p{Cs}\u2028\u2029\ufeff\u061c\u200e\u200f\u202a-\u202e\u2066-\u206f]/gu

/** What separates folders, quotes, or means something to a file system or a shell. */
const FORBIDDEN = /["\\/:*?<>|]/g

/** Device names of Windows, with or without an extension. */
const RESERVED = /^(?:con|prn|aux|nul|com\d|lpt\d)(?=\.|$)/i

export interface OfferedName {
  /** Any text from the source, or null. */
  title: string | null
  /** The name in the library: ASCII, and what a client that knows no UTF-8 saves. */
  filename: string
  /** Stands before the extension, as players expect it of subtitles. */
  language?: string | undefined
  disposition?: Disposition
}

/** Returns the value of `Content-Disposition`: always printable ASCII on one line. Default: `attachment`. */
export function contentDisposition({ title, filename, language, disposition = 'attachment' }: OfferedName): string {
  const ascii = filename.replaceAll(/[^A-Za-z0-9._-]/g, '_')
  const name = offeredName({ title, filename: ascii, language }) ?? ascii
  return create(name, { type: disposition, fallback: ascii })
}

/** The title as the name of a file, as it is offered; null where nothing of the title is left. */
export const offeredName = ({ title, filename, language }: Omit<OfferedName, 'disposition'>): string | null =>
  titledName(title ?? '', endingOf(filename, language))

/** The extension, and before it what tells two videos of one title apart: eight digits of the job's id. */
function endingOf(filename: string, language: string | undefined): string {
  const parts = readFileName(filename)
  const extension = filename.slice(filename.lastIndexOf('.'))
  if (parts === null) return extension
  const digits = parts.jobId.slice(parts.jobId.indexOf('_') + 1).slice(0, 8)
  // One of several pieces of the media.
  const piece = parts.number > 1 && fileRoles[parts.role].extensions === null ? ` ${parts.number}` : ''
  return ` [${digits}]${piece}${language === undefined ? '' : `.${language}`}${extension}`
}

/** The title as a file name that every system accepts, or null where nothing of it is left. */
function titledName(title: string, ending: string): string | null {
  const visible = title.slice(0, TITLE_LENGTH_MAX).replaceAll(/\s+/g, ' ').replaceAll(INVISIBLE, '')
  const stem = visible.replaceAll(FORBIDDEN, '_')
  const extension = ending.slice(ending.lastIndexOf('.'))
  const bare = stem.toLowerCase().endsWith(extension) ? stem.slice(0, -extension.length) : stem
  const cut = trim(cutAt(trim(bare).replace(RESERVED, '_$&'), NAME_BYTES_MAX - ending.length))
  return cut === '' ? null : `${cut}${ending}`
}

/** A leading dot hides a file, a trailing dot or space is lost on Windows. */
function trim(text: string): string {
  let end = text.length
  while (text[end - 1] === '.' || text[end - 1] === ' ') end -= 1
  return text.slice(0, end).replace(/^[. ]+/, '')
}

/** Cuts where a reader sees a border between characters; inside one only where that one alone is too long. */
function cutAt(text: string, bytesMax: number): string {
  const graphemes = Array.from(new Intl.Segmenter('und').segment(text), ({ segment }) => segment)
  return longestStart(graphemes, bytesMax) || longestStart([...text], bytesMax)
}

function longestStart(parts: string[], bytesMax: number): string {
  let bytes = 0
  const count = parts.findIndex((part) => {
    bytes += Buffer.byteLength(part)
    return bytes > bytesMax
  })
  return parts.slice(0, count === -1 ? parts.length : count).join('')
}
