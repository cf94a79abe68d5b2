/** Reads a prepared player from where others may have written: a job, or a gateway that shares the disk. */
import { constants } from 'node:fs'
import { open } from 'node:fs/promises'

/** YouTube's players have three to five megabytes. */
const PREPARED_BYTES_MAX = 16 * 2 ** 20
/** Without the last one, a pipe in the place of the file would be waited for without end. */
const AS_FILE = constants.O_RDONLY | constants.O_NOFOLLOW | constants.O_NONBLOCK

/** Rejects where there is no file, or a link, a pipe or a device, and where the file is empty or larger than a player can be. */
export async function playerAt(path: string): Promise<Buffer> {
  const file = await open(path, AS_FILE)
  try {
    const stat = await file.stat()
    if (!stat.isFile() || stat.size === 0 || stat.size > PREPARED_BYTES_MAX)
      throw new Error('It is no prepared player.')
    const content = Buffer.alloc(stat.size)
    const { bytesRead } = await file.read(content, 0, stat.size, 0)
    if (bytesRead !== stat.size) throw new Error('The prepared player was cut short.')
    return content
  } finally {
    await file.close()
  }
}
