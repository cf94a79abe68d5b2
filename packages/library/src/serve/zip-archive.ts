/** Several files as one ZIP archive of a known length: stored as they are, and read one after the other while it is sent. */
import { Readable } from 'node:stream'
import { crc32 } from 'node:zlib'
import { type ArchivedFile, centralDirectory, descriptor, localHeader, type PlacedFile } from './zip-headers.ts'

export interface ArchivedSource extends ArchivedFile {
  /** Called when its turn has come. */
  open(): Promise<Readable>
}

const BLOCK_BYTES = 256 * 1024

/** The length of `zipArchive` of the same files, in bytes. */
export function zipArchiveBytes(files: readonly ArchivedFile[]): number {
  const placed: PlacedFile[] = []
  let offset = 0
  for (const file of files) {
    placed.push({ ...file, offset, crc32: 0 })
    offset += localHeader(file).length + file.sizeBytes + descriptor({ ...file, crc32: 0 }).length
  }
  return offset + centralDirectory(placed, offset).length
}

/**
 * Nothing is read before the stream is. A file that cannot be read, or has another size than was said, destroys the stream, so that
 * nobody takes the archive for a whole one.
 */
export const zipArchive = (files: readonly ArchivedSource[]): Readable =>
  Readable.from(piecesOf(files), { objectMode: false, highWaterMark: BLOCK_BYTES })

async function* piecesOf(files: readonly ArchivedSource[]): AsyncGenerator<Buffer> {
  const placed: PlacedFile[] = []
  let offset = 0
  for (const { open, ...file } of files) {
    const head = localHeader(file)
    yield head
    let sum = 0
    let bytes = 0
    for await (const block of await open()) {
      sum = crc32(block, sum)
      bytes += block.length
      if (bytes <= file.sizeBytes) yield block
    }
    if (bytes !== file.sizeBytes) throw new Error('A file of the archive does not have the size that was said.')
    placed.push({ ...file, offset, crc32: sum })
    const end = descriptor({ ...file, crc32: sum })
    yield end
    offset += head.length + bytes + end.length
  }
  yield centralDirectory(placed, offset)
}
