/** Opens one file of a folder for reading, and nothing that is not a regular file. */
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'
import { systemCodeOf } from '../durable.ts'
import type { OpenFile } from '../library.ts'
import { readInBlocks } from '../serve/read-blocks.ts'

/** A file of a local library also has a descriptor of its own. */
export interface LocalFile extends OpenFile {
  handle: FileHandle
}

/** Nothing there, a symbolic link, a socket. */
const NOT_A_FILE: ReadonlySet<unknown> = new Set(['ENOENT', 'ELOOP', 'ENXIO'])

/** Neither follows a link nor waits for the writer of a pipe. Null where there is no such regular file. */
export async function openLocalFile(path: string): Promise<LocalFile | null> {
  const handle = await openRegular(path)
  const stat = await handle?.stat()
  if (!handle || !stat?.isFile()) {
    await handle?.close()
    return null
  }
  const { size: sizeBytes, mtimeMs: modifiedMs } = stat
  return {
    handle,
    sizeBytes,
    modifiedMs,
    stream: (range) => readInBlocks(handle, { start: 0, end: sizeBytes - 1, ...range }),
    close: () => handle.close(),
  }
}

async function openRegular(path: string): Promise<FileHandle | null> {
  try {
    return await open(path, constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK)
  } catch (error) {
    if (NOT_A_FILE.has(systemCodeOf(error))) return null
    throw error
  }
}
