/** A file that grows at its end, and knows the digest of what is in it. */
import { createHash, type Hash } from 'node:crypto'
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

export interface PartialFile {
  readonly size: number
  append(chunk: Uint8Array): Promise<void>
  /** Begins anew. */
  clear(): Promise<void>
  /** Writes everything to the disk. Resolves with the SHA-256, in hexadecimal. */
  finish(): Promise<string>
  close(): Promise<void>
}

/** Opens the file, which may be there, and reads what is in it. */
export async function openPartialFile(path: string): Promise<PartialFile> {
  const handle = await open(path, constants.O_RDWR | constants.O_CREAT, 0o666)
  let hash: Hash = createHash('sha256')
  let size = 0
  try {
    for await (const chunk of handle.createReadStream({ autoClose: false, start: 0 })) {
      hash.update(chunk as Buffer)
      size += (chunk as Buffer).length
    }
  } catch (error) {
    await handle.close()
    throw error
  }
  return {
    get size() {
      return size
    },
    async append(chunk) {
      for (let written = 0; written < chunk.length; ) {
        written += (await handle.write(chunk, written, chunk.length - written, size + written)).bytesWritten
      }
      hash.update(chunk)
      size += chunk.length
    },
    async clear() {
      await handle.truncate(0)
      hash = createHash('sha256')
      size = 0
    },
    async finish() {
      await handle.sync()
      return hash.copy().digest('hex')
    },
    close: () => handle.close(),
  }
}
