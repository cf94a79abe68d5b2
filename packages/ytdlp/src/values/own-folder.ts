/** A folder for one process that finds a value, among those of others. */
import { lstat, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { join } from 'node:path'
import { openFolder } from '../players/player-files.ts'

const PREFIX = 'finding-'
/** Longer than any such process lives: what a worker that was killed left is so old. */
const LEFT_OVER_MS = 600_000

/** `parent` is made where it is missing. Removes what is left of earlier ones, as far as that can be done. */
export async function openOwnFolder(parent: string): Promise<string> {
  await openFolder(parent)
  for (const name of await readdir(parent)) {
    const path = join(parent, name)
    const { mtimeMs } = await lstat(path).catch(() => ({ mtimeMs: Number.POSITIVE_INFINITY }))
    if (!name.startsWith(PREFIX) || Date.now() - mtimeMs < LEFT_OVER_MS) continue
    await rm(path, { recursive: true, force: true }).catch(() => undefined)
  }
  const folder = await mkdtemp(join(parent, PREFIX))
  await mkdir(join(folder, 'tmp'), { mode: 0o700 })
  return folder
}
