/** What a scenario does itself, without a client: it looks at files, and leaves some. */
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Outcome } from './driver.ts'

type OwnCall = (parameters: object) => Promise<Outcome>

export const ownCalls: Readonly<Record<string, OwnCall>> = {
  /** The files of `folder`, by name. */
  async inspect(parameters) {
    const { folder } = parameters as { folder: string }
    const names = (await readdir(folder)).sort()
    const files = names.map(async (name) => {
      const bytes = await readFile(join(folder, name))
      return { name, size: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') }
    })
    return { result: await Promise.all(files) }
  },

  /** Leaves what a save for `path` would have left: the first `bytes` of the file at `from`, or `text`. */
  async leave_part(parameters) {
    const { from, text = '', path, sha256, bytes } = parameters as Record<string, string> & { bytes?: number }
    const content = from === undefined ? text : (await readFile(from)).subarray(0, bytes)
    await writeFile(`${path}.${sha256?.slice(0, 12)}.part`, content)
    return { result: null }
  },
}
