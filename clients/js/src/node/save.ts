/** Saves the files of a download: continues what is there, checks it, and shows it under its name only when it is whole. */
import { stat } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { VideoScraper } from '../client.ts'
import { UsageError } from '../errors.ts'
import type { CallOptions } from '../transport.ts'
import { saveFile } from './save-file.ts'

/** One file of the service, as a completed download or the list of files has it. */
export interface SavedFile {
  readonly filename: string
  readonly size_bytes: number
  /** Of the whole file, 64 hexadecimal digits. */
  readonly sha256: string
}

/** A completed download, or an entry of the list of files. */
export interface Savable extends SavedFile {
  /** All files of the download, where it has several. */
  readonly files?: readonly SavedPart[]
}

/** One of the files of a download. */
export interface SavedPart extends SavedFile {
  readonly role?: string
  /** It has been removed, and is passed over. */
  readonly expired?: boolean
}

export interface SaveProgress {
  readonly filename: string
  /** Of this file, what was there before included. */
  readonly receivedBytes: number
  readonly totalBytes: number
}

export interface SaveOptions extends CallOptions {
  readonly onProgress?: ((progress: SaveProgress) => void) | undefined
  /** How long nothing may come. Default 45,000 milliseconds. */
  readonly idleTimeoutMs?: number | undefined
}

/**
 * Resolves with the paths that were written. `path` is a file or a folder (one that is there, or ends with `/`). Of several
 * files the first with media goes to `path`, and the others beside it under their own names. A file that is there is
 * replaced. What is not whole yet is kept as `….part`, and the next call for the same file goes on with it; run one at a time.
 * Throws an `IntegrityError` when a file twice has another digest than was announced.
 */
export async function save(
  client: VideoScraper,
  download: Savable,
  path: string,
  options: SaveOptions = {},
): Promise<string[]> {
  const there = download.files?.filter(({ expired }) => !expired) ?? []
  const files: readonly SavedPart[] = there.length > 0 ? there : [download]
  const media = files.find(({ role }) => role === 'media') ?? files[0]
  const isFolder = /[/\\]$/.test(path) || (await isDirectory(path))
  const folder = isFolder ? path : dirname(path)
  const saved: string[] = []
  for (const file of files) {
    const target = file === media && !isFolder ? path : join(folder, plainName(file.filename))
    await saveFile(client, file, target, options)
    saved.push(target)
  }
  return saved
}

const isDirectory = async (path: string): Promise<boolean> =>
  (await stat(path).catch(() => undefined))?.isDirectory() ?? false

/** A name leads to no other folder, whatever the service says. */
function plainName(filename: string): string {
  if (basename(filename) === filename && !/^\.{0,2}$|[\\\0]/.test(filename)) return filename
  throw new UsageError('The name of the file is no plain name. Say under which name to save it.', {
    code: 'unsafe_filename',
  })
}
