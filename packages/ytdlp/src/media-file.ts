/** Proves that what the runner names is a media file of this job, before anybody else touches it. */
import { lstat, realpath } from 'node:fs/promises'
import { extname, sep } from 'node:path'
import { JobFailure } from '@video-scraper/core'
import { extensionBySignature } from './container-signature.ts'

/** Containers that hold video or audio. yt-dlp's own list also lets manifests, pages and pictures pass. */
const CONTAINERS: ReadonlySet<string> = new Set(
  '3gp aac avi flac flv m4a m4v mka mkv mov mp3 mp4 mpeg mpg oga ogg ogv opus ts wav weba webm wmv'.split(' '),
)

/** yt-dlp's word where neither the address nor the headers say what it is. */
const UNKNOWN = 'unknown_video'

export interface MediaFile {
  /** Absolute, free of links, inside the job's folder. */
  readonly path: string
  /** Lower case, without the dot. The path may end in another where the source did not say. */
  readonly extension: string
}

/** Throws `invalid_media` for an empty or foreign file, and `internal_error` for what only a forgery can be. */
export async function mediaFileOf(named: string, folder: string): Promise<MediaFile> {
  const file = await lstat(named).catch(() => null)
  const path = await realpath(named).catch(() => '')
  if (!file?.isFile() || !path.startsWith((await realpath(folder)) + sep)) {
    throw new JobFailure('internal_error', { cause: new Error('The runner named no file of its folder.') })
  }
  const suffix = extname(path).slice(1).toLowerCase()
  const extension = suffix === UNKNOWN ? ((await extensionBySignature(path)) ?? UNKNOWN) : suffix
  if (file.size === 0 || !CONTAINERS.has(extension)) {
    throw new JobFailure('invalid_media', { cause: new Error(`${file.size} bytes with extension "${extension}".`) })
  }
  return { path, extension }
}
