/** The entry that lies beside each file of a local library as `<filename>.json`. */
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FileEntry } from '@video-scraper/contracts'
import { sizeOfFile, unlessMissing, writeWhole } from '../durable.ts'
import { isFileEntry, parseJson } from '../file-entry.ts'
import { isFileName } from '../file-name.ts'

const SUFFIX = '.json'

/** Ours have about a kilobyte; anything near this is not ours. */
export const SIDECAR_BYTES_MAX = 256 * 1024

export const sidecarOf = (filename: string): string => `${filename}${SUFFIX}`

/** The file that a name in the folder is the sidecar of, or null. */
export function describedBy(name: string): string | null {
  const filename = name.endsWith(SUFFIX) ? name.slice(0, -SUFFIX.length) : ''
  return isFileName(filename) ? filename : null
}

/** Durable when it resolves. */
export const writeSidecar = (directory: string, entry: FileEntry): Promise<void> =>
  writeWhole(directory, sidecarOf(entry.filename), JSON.stringify(entry))

/** Returns null where there is no sidecar, or one that does not describe exactly this file name. */
export async function readSidecar(directory: string, filename: string): Promise<FileEntry | null> {
  const path = join(directory, sidecarOf(filename))
  const size = await sizeOfFile(path)
  if (size === null || size > SIDECAR_BYTES_MAX) return null
  const text = await unlessMissing(readFile(path, 'utf8'))
  const entry = text === null ? undefined : parseJson(text)
  return isFileEntry(entry) && entry.filename === filename ? entry : null
}
