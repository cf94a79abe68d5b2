/** What a file is called in the library and in its URL: a pure function of its job, and safe on every disk. */
import { isMediaExtension, mediaExtensionOf } from './media-type.ts'
import { slugOf } from './slug.ts'

/** The longest file name, in bytes. Leaves room for `.json` and a temporary's prefix below NAME_MAX (255). */
export const FILE_NAME_LENGTH_MAX = 120

const JOB_ID = /^download_([0-9a-f]{32})$/
const FILE_NAME = /^[a-z0-9](?:[a-z0-9-]{0,78}[a-z0-9])?-[0-9a-f]{32}\.([a-z0-9]{2,4})$/

/** What a file name is made of. */
export interface NamedFile {
  title: string | null
  /** `download_` and 32 hexadecimal digits. */
  jobId: string
  /** With or without its dot; one that the library does not know becomes `bin`. */
  extension: string
}

/**
 * Returns `<slug>-<id>.<extension>`, ASCII, at most 120 bytes. The id is all 32 digits of the job's: two files can
 * then never meet under one name, a name leads back to its job without an index, and where the service runs without
 * keys the name is as hard to guess as the job's id. Throws TypeError for an id that is not a download's.
 */
export function fileNameFor({ title, jobId, extension }: NamedFile): string {
  const id = JOB_ID.exec(jobId)?.[1]
  if (id === undefined) throw new TypeError('A file is named after the id of its download.')
  return `${slugOf(title ?? '')}-${id}.${mediaExtensionOf(extension)}`
}

/** Whether a text could be a name made by `fileNameFor`. Whatever comes from a URL passes here before any disk access. */
export function isFileName(text: string): boolean {
  const extension = FILE_NAME.exec(text)?.[1]
  return extension !== undefined && isMediaExtension(extension)
}
