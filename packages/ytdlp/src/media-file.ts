/** Proves that what the runner names is a file of this job, before anybody else touches it. What is in it, ffprobe decides later. */
import { lstat, realpath } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { JobFailure } from '@video-scraper/core'

export interface MediaFile {
  /** Absolute, free of links, inside the job's folder. */
  readonly path: string
  /** What the source called it, in lower case, without the dot. The content may be something else. */
  readonly extension: string
}

/** Throws `invalid_media` for an empty file, and `internal_error` for what only a forgery can be. */
export async function mediaFileOf(named: string, folder: string): Promise<MediaFile> {
  const file = await lstat(named).catch(() => null)
  const path = await realpath(named).catch(() => '')
  if (!file?.isFile() || !path.startsWith((await realpath(folder)) + sep)) {
    throw new JobFailure('internal_error', { cause: new Error('The runner named no file of its folder.') })
  }
  if (file.size === 0) throw new JobFailure('invalid_media', { cause: new Error('The file is empty.') })
  return { path, extension: extname(path).slice(1).toLowerCase() }
}
