/** Puts the record of an earlier job where the runner finds it: in the job's own folder, which nothing else can write. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * Returns the file's path, or null where there is nothing to hand over. A folder gets a record once in its life: one that
 * has it already belongs to a job that did not end well with it. What cannot be written is no loss.
 */
export async function handOver(record: Buffer | null, folder: string): Promise<string | null> {
  if (record === null) return null
  const path = join(folder, 'extraction')
  return writeFile(path, record, { flag: 'wx', mode: 0o600 }).then(
    () => path,
    () => null,
  )
}
