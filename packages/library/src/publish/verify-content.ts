/** Whether a file that is no media is what its role says, and what it is to be called: its content decides. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'
import { type ContentExtension, contentTypes, type FileRole, fileRoles } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'

export interface VerifiedContent {
  extension: ContentExtension
  mediaType: string
  sizeBytes: number
}

interface Content {
  bytes: Buffer
  /** Null where it is no UTF-8, or holds a NUL. Without a byte order mark. */
  text: string | null
}

const beginsWith = ({ bytes }: Content, mark: string, at = 0): boolean =>
  bytes.toString('latin1', at, at + mark.length) === mark

/** RFC 8081 and the WebVTT specification, section 4.1; SubRip has no specification but its line of times. */
const checks = {
  vtt: ({ text }) => text !== null && /^WEBVTT(?:[ \t\r\n]|$)/.test(text),
  srt: ({ text }) => text !== null && /\d\d:\d\d:\d\d,\d\d\d --> \d\d:\d\d:\d\d,\d\d\d/.test(text),
  txt: ({ text }) => text !== null,
  json: ({ text }) => text !== null && isJson(text),
  jpg: (content) => beginsWith(content, '\xff\xd8\xff'),
  png: (content) => beginsWith(content, '\x89PNG\r\n\x1a\n'),
  webp: (content) => beginsWith(content, 'RIFF') && beginsWith(content, 'WEBP', 8),
} as const satisfies Record<ContentExtension, (content: Content) => boolean>

/**
 * Reads the file whole, which its role bounds. Throws `invalid_media` where it is empty, too large, not a regular file or
 * nothing that its role allows, and TypeError for a role that is media (`verifyMedia`).
 */
export async function verifyContent(path: string, role: FileRole): Promise<VerifiedContent> {
  const { extensions, bytesMax } = fileRoles[role]
  if (extensions === null) throw new TypeError('Media is verified by ffprobe.')
  const bytes = await readBounded(path, bytesMax)
  const content = { bytes, text: textOf(bytes) }
  const extension = extensions.find((each) => checks[each](content))
  if (extension === undefined) throw invalid('The file is not what it should be.')
  return { extension, mediaType: contentTypes[extension], sizeBytes: bytes.length }
}

async function readBounded(path: string, bytesMax: number): Promise<Buffer> {
  const file = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK).catch(
    (cause: unknown) => {
      throw new JobFailure('invalid_media', { cause })
    },
  )
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.size === 0) throw invalid('The file is empty, or not a regular file.')
    if (stat.size > bytesMax) throw invalid('The file is too large for its role.')
    return await file.readFile()
  } finally {
    await file.close()
  }
}

function textOf(bytes: Buffer): string | null {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes)
    return text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text)
    return true
  } catch {
    return false
  }
}

const invalid = (reason: string) => new JobFailure('invalid_media', { cause: new Error(reason) })
