/** How much of the disk a folder takes, looked at no longer than it takes to know that it is too much. */
import type { Dirent } from 'node:fs'
import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** What `stat` counts blocks in, whatever the file system's own are. */
const BLOCK_BYTES = 512
/** An entry costs a block of the file system, also where the file is empty. */
const ENTRY_BYTES = 4_096
/** Names that one read of a folder brings. */
const NAMES_PER_READ = 1_024

/** Bytes; what is found after they are more than `bytesMax` is not counted. What goes meanwhile counts as nothing. */
export async function folderUse(folder: string, bytesMax: number): Promise<number> {
  let sum = 0
  const entries: string[] = []
  const waiting = [folder]
  // The names come first: they are many times cheaper than a look at each file, and alone can be too many.
  for (let next = waiting.pop(); next !== undefined && sum <= bytesMax; next = waiting.pop()) {
    for await (const entry of entriesOf(next)) {
      const path = join(next, entry.name)
      entries.push(path)
      if (entry.isDirectory()) waiting.push(path)
      sum += ENTRY_BYTES
      if (sum > bytesMax) break
    }
  }
  for (const path of entries) {
    if (sum > bytesMax) break
    const stat = await lstat(path).catch(() => null)
    sum += (stat === null ? 0 : Math.max(ENTRY_BYTES, stat.blocks * BLOCK_BYTES)) - ENTRY_BYTES
  }
  return sum
}

async function* entriesOf(folder: string): AsyncGenerator<Dirent> {
  try {
    yield* await opendir(folder, { bufferSize: NAMES_PER_READ })
  } catch {
    // It has gone meanwhile.
  }
}
