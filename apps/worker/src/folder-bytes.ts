/** How much of the disk a work folder takes. */
import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'

/** What `stat` counts blocks in, whatever the file system's own are. */
const BLOCK_BYTES = 512

/** Blocks, not lengths: a file whose end was written first takes less than it seems. What goes meanwhile counts as nothing. */
export async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true }).catch(() => [])
  const sizes = await Promise.all(names.map((name) => bytesOf(join(folder, name))))
  return sizes.reduce((sum, size) => sum + size, 0)
}

const bytesOf = (path: string): Promise<number> =>
  stat(path).then(
    ({ blocks }) => blocks * BLOCK_BYTES,
    () => 0,
  )
