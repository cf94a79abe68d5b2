/** What a file is called in the library and in its URL: a pure function of its job, and safe on every disk. */
import { type FileRole, fileRoles, isFileRole } from '@video-scraper/contracts'
import { isMediaExtension, mediaExtensionOf } from './media-type.ts'
import { slugOf } from './slug.ts'

/** The longest file name, in bytes. Leaves space for `.json` and a temporary's prefix below NAME_MAX (255). */
export const FILE_NAME_LENGTH_MAX = 120

/** With it the longest name of another file has 64 + 1 + 32 + 1 + 3 + 1 + 10 + 1 + 4 = 117 bytes. */
const NUMBERED_SLUG_LENGTH_MAX = 64

const JOB_ID = /^((?:download|transcript)_)([0-9a-f]{32})$/
const FILE_NAME =
  /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?-([0-9a-f]{32})(?:-([1-9][0-9]{0,2})-([a-z]{4,10}))?\.([a-z0-9]{2,4})$/

/** What a file name is made of. */
export interface NamedFile {
  title: string | null
  /** `download_` or `transcript_`, as the role of the file says, and 32 hexadecimal digits. */
  jobId: string
  /** With or without its dot; one that the library does not know becomes `bin`. */
  extension: string
  /** Which file of the job it is, and what for. Absent: the first, which is the media. Others count from 2 to 999, those of a transcript from 1. */
  place?: { number: number; role: FileRole }
}

/** What a file name says. */
export interface FileNameParts {
  /** The id of the job whose file it is. */
  jobId: string
  /** 1 for the first file, which is the media. */
  number: number
  role: FileRole
}

/**
 * Returns `<slug>-<id>.<extension>`, and `<slug>-<id>-<number>-<role>.<extension>` for every file but the first of a job: ASCII,
 * at most 120 bytes. The id is all 32 digits of the job's: files of two jobs can then never meet under one name, a name leads back to
 * its job without an index, and where the service runs without keys the name is as hard to guess as the job's id. Throws TypeError
 * for an id of a job that has no files of this role, and for a place that cannot be named.
 */
export function fileNameFor({ title, jobId, extension, place }: NamedFile): string {
  const [, beginning, id] = JOB_ID.exec(jobId) ?? []
  if (id === undefined || beginning !== fileRoles[place?.role ?? 'media'].ofJobs)
    throw new TypeError('A file is named after the id of its job.')
  if (place === undefined) return `${slugOf(title ?? '')}-${id}.${mediaExtensionOf(extension)}`
  const { number, role } = place
  const ending = fileRoles[role].extensions === null ? mediaExtensionOf(extension) : extension
  const name = `${slugOf(title ?? '', NUMBERED_SLUG_LENGTH_MAX)}-${id}-${number}-${role}.${ending}`
  if (!isFileName(name)) throw new TypeError('A file of this number or extension cannot be named.')
  return name
}

/** Whether a text could be a name made by `fileNameFor`. Whatever comes from a URL passes here before any disk access. */
export const isFileName = (text: string): boolean => readFileName(text) !== null

/** What a name says, or null for what is no name of ours. */
export function readFileName(text: string): FileNameParts | null {
  const [, id, digits, role = 'media', extension = ''] = FILE_NAME.exec(text) ?? []
  if (id === undefined || !isFileRole(role)) return null
  const { extensions } = fileRoles[role]
  const fits = extensions === null ? isMediaExtension(extension) : (extensions as readonly string[]).includes(extension)
  const number = Number(digits ?? 1)
  const { ofJobs } = fileRoles[role]
  const isNumbered = digits === undefined || number > 1 || ofJobs === 'transcript_'
  return fits && isNumbered ? { jobId: `${ofJobs}${id}`, number, role } : null
}
