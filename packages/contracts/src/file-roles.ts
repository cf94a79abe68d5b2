/** What a file of a download is for: a closed vocabulary, and for each word what such a file may hold and how large it may be. */
import { type Static, Type } from 'typebox'

const MIB = 1024 * 1024

/** Media type by extension, of every file that is no media. How each is recognised by its content stands in `library/src/publish/verify-content.ts`. */
export const contentTypes = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  txt: 'text/plain',
  json: 'application/json',
  jpg: 'image/jpeg',
  png: 'image/png',
  webp: 'image/webp',
} as const satisfies Record<string, string>
export type ContentExtension = keyof typeof contentTypes

export interface FileRoleRule {
  /** What such a file may be. Null: media, as the table of containers says, which ffprobe has read. */
  readonly extensions: readonly ContentExtension[] | null
  /** Null: what the worker allows for media (`MAX_FILE_BYTES`). */
  readonly bytesMax: number | null
  /** How the ids of the jobs begin whose files these are. */
  readonly ofJobs: 'download_' | 'transcript_'
}

const MEDIA = { extensions: null, bytesMax: null, ofJobs: 'download_' } as const

/** A file's name holds its role, so a word that is taken away makes the files of that role unreachable. */
export const fileRoles = {
  media: MEDIA,
  clip: MEDIA,
  chapter: MEDIA,
  subtitle: { extensions: ['vtt', 'srt'], bytesMax: 16 * MIB, ofJobs: 'download_' },
  transcript: { extensions: ['vtt', 'srt', 'json', 'txt'], bytesMax: 16 * MIB, ofJobs: 'transcript_' },
  thumbnail: { extensions: ['jpg', 'png', 'webp'], bytesMax: 16 * MIB, ofJobs: 'download_' },
  info: { extensions: ['json'], bytesMax: 4 * MIB, ofJobs: 'download_' },
} as const satisfies Record<string, FileRoleRule>

export type FileRole = keyof typeof fileRoles

export const FileRole = Type.Enum(Object.keys(fileRoles) as FileRole[], {
  $id: 'FileRole',
  type: 'string',
  description: 'What a file of a download is for. The first `media` file is what the keys outside of `files` describe.',
})

export const isFileRole = (word: string): word is FileRole => Object.hasOwn(fileRoles, word)

/** A language as a source names it: `en`, `pt-BR`, `zh-Hans`. */
export const LANGUAGE_TAG = '^[A-Za-z0-9][A-Za-z0-9_-]{0,34}$'
export const LanguageTag = Type.String({ pattern: LANGUAGE_TAG })
export type LanguageTag = Static<typeof LanguageTag>
