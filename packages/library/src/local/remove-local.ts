/** Removes many files of a local library, with one flush of the folder for all of them. */
import { join } from 'node:path'
import { removeFile, syncPath } from '../durable.ts'
import { isFileName } from '../file-name.ts'
import type { Removals } from '../library.ts'
import { sidecarOf } from './sidecar.ts'

/**
 * All media go before the first sidecar, and the flush between keeps that order on the disk (`LocalLibrary.remove` says
 * why). What a name of another form would lead to is never touched; it is gone, since the library never gave it.
 */
export async function removeFromFolder(
  directory: string,
  filenames: readonly string[],
  signal: AbortSignal,
): Promise<Removals> {
  const withoutMedia: string[] = []
  const removals: Removals = { gone: [], failed: [] }
  for (const filename of filenames) {
    if (signal.aborted) break
    if (!isFileName(filename)) removals.gone.push(filename)
    else await record(filename, removals, () => removeFile(join(directory, filename)), withoutMedia)
  }
  if (withoutMedia.length === 0) return removals
  await syncPath(directory)
  for (const filename of withoutMedia) {
    await record(filename, removals, () => removeFile(join(directory, sidecarOf(filename))), removals.gone)
  }
  return removals
}

async function record(filename: string, { failed }: Removals, work: () => Promise<unknown>, done: string[]) {
  try {
    await work()
    done.push(filename)
  } catch (error) {
    failed.push({ filename, error })
  }
}
