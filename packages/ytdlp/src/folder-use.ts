/** How much of the disk a folder takes, looked at no longer than it takes to know that it is too much. */
import { lstat, opendir } from 'node:fs/promises'
import { join } from 'node:path'

/** What `stat` counts blocks in, whatever the file system's own are. */
const BLOCK_BYTES = 512
/** An entry costs a block of the file system, also where the file is empty. */
const ENTRY_BYTES = 4_096

/** Bytes; what is found after they are more than `bytesMax` is not counted. What goes meanwhile counts as nothing. */
export async function folderUse(folder: string, bytesMax: number): Promise<number> {
  let sum = 0
  const waiting = [folder]
  for (let next = waiting.pop(); next !== undefined && sum <= bytesMax; next = waiting.pop()) {
    for await (const entry of entriesOf(next)) {
      const path = join(next, entry.name)
      if (entry.isDirectory()) waiting.push(path)
      const stat = await lstat(path).catch(() => null)
      sum += Math.max(ENTRY_BYTES, (stat?.blocks ?? 0) * BLOCK_BYTES)
      if (sum > bytesMax) break
    }
  }
  return sum
}

async function* entriesOf(folder: string) {
  try {
    yield* await opendir(folder)
  } catch {
    // It has gone meanwhile.
  }
}
