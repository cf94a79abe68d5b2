/** Proves that what the runner names beside the media lies in the folder of this job. What is in it, the library decides. */
import { lstat } from 'node:fs/promises'
import { basename, join } from 'node:path'
import type { FilePart, FileRole } from '@video-scraper/contracts'
import { JobFailure } from '@video-scraper/core'
import type { YtdlpEvent } from './events.ts'

export interface OtherFile {
  /** Absolute, directly in the job's folder. */
  readonly path: string
  readonly role: FileRole
  /** As the source names it. */
  readonly language?: string
  /** Subtitles that a machine made from the sound. */
  readonly automatic?: boolean
  /** Of a clip or a chapter. */
  readonly part?: FilePart
}

export type NamedFile = Extract<YtdlpEvent, { event: 'beside' }>

/** More than there are languages and clips that may be asked for, chapters that are cut, and a picture. A runner that was taken over may name any number. */
export const OTHER_FILES_MAX = 200

const roles: Readonly<Record<string, FileRole>> = {
  subtitle: 'subtitle',
  thumbnail: 'thumbnail',
  clip: 'clip',
  chapter: 'chapter',
}

/** Throws `internal_error` for what only a forgery can be. A file that is named twice is one. */
export async function otherFilesOf(named: readonly NamedFile[], folder: string): Promise<OtherFile[]> {
  const byPath = new Map(named.map((file) => [file.path, file]))
  return await Promise.all([...byPath.values()].map((file) => otherFileOf(file, folder)))
}

async function otherFileOf({ path, role, language, automatic, part }: NamedFile, folder: string): Promise<OtherFile> {
  const known = roles[role]
  const stat = await lstat(path).catch(() => null)
  if (known === undefined || path !== join(folder, basename(path)) || !stat?.isFile()) {
    throw new JobFailure('internal_error', { cause: new Error('The runner named no file of its folder.') })
  }
  return {
    path,
    role: known,
    ...(language !== null && { language }),
    ...(automatic && { automatic }),
    ...(part && { part }),
  }
}
