/** The sha-256 of a small file, read whole: starting a thread for it costs more processor time than the hash. */
import { webcrypto } from 'node:crypto'
import { constants } from 'node:fs'
import { type FileHandle, open } from 'node:fs/promises'

/** What is held in memory at once. Hashing it takes about 10 ms, on a thread of Node's own pool. */
const SMALL_BYTES_MAX = 4 * 1024 * 1024

/** Nothing here is a reason to wait for a writer (a FIFO) or to leave the folder (a symbolic link). */
const AS_IT_LIES = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Null where the file is larger than 4 MiB. Rejects where it is no regular file, or still changes. */
export async function digestOfSmall(path: string): Promise<{ sha256: string; sizeBytes: number } | null> {
  const handle = await open(path, AS_IT_LIES)
  try {
    const before = await handle.stat({ bigint: true })
    if (!before.isFile()) throw new Error('Only a regular file has a digest.')
    if (before.size > SMALL_BYTES_MAX) return null
    const content = await readWhole(handle, Number(before.size))
    const sha256 = Buffer.from(await webcrypto.subtle.digest('SHA-256', content)).toString('hex')
    const after = await handle.stat({ bigint: true })
    if (after.size !== before.size || after.mtimeNs !== before.mtimeNs || content.length !== Number(before.size)) {
      throw new Error('The file changed while it was hashed.')
    }
    return { sha256, sizeBytes: content.length }
  } finally {
    await handle.close()
  }
}

/** Less than `size` bytes where the file ends before. */
async function readWhole(handle: FileHandle, size: number): Promise<Buffer> {
  const content = Buffer.allocUnsafeSlow(size)
  let filled = 0
  while (filled < size) {
    const { bytesRead } = await handle.read(content, filled, size - filled, filled)
    if (bytesRead === 0) break
    filled += bytesRead
  }
  return content.subarray(0, filled)
}
