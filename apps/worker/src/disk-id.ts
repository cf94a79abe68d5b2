/** Names a data folder, so that the workers which share it know that they share its space. */
import { randomUUID } from 'node:crypto'
import { link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

/** Reads `disk-id` in the folder, and makes it where there is none; of several who make it, the first one's stays. */
export async function diskIdOf(directory: string): Promise<string> {
  await mkdir(directory, { recursive: true, mode: 0o700 })
  const path = join(directory, 'disk-id')
  const draft = `${path}.${randomUUID()}`
  const known = await readFile(path, 'utf8').catch(() => '')
  if (known !== '') return known
  await writeFile(draft, randomUUID(), { flag: 'wx', mode: 0o600 })
  try {
    // A link is made with its whole content or not at all, and never over another one.
    await link(draft, path).catch(() => undefined)
  } finally {
    await unlink(draft)
  }
  return await readFile(path, 'utf8')
}
