/** The build of an earlier commit, made from git history in a folder outside of the tree. */
import { execFile } from 'node:child_process'
import { mkdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))
/** Before options were one value and kinds one table: its payloads have version 1. */
export const EARLIER_COMMIT = '0e223cf'

const run = promisify(execFile)
const OUTPUT_MAX = 64 * 1024 * 1024

/** Throws where the history does not hold the commit, as in a shallow clone. Takes some minutes and the network. */
export async function buildEarlier({ commit, folder, say }) {
  await run('git', ['-C', ROOT, 'cat-file', '-e', `${commit}^{commit}`]).catch(() => {
    throw new Error(`The history of this clone does not hold ${commit}. Fetch it first: git fetch --unshallow.`)
  })
  await mkdir(folder, { recursive: true })
  const archive = join(folder, 'sources.tar')
  await run('git', ['-C', ROOT, 'archive', '--output', archive, commit])
  await run('tar', ['-xf', archive, '-C', folder])
  say(`Installing and compiling ${commit} …`)
  await run('npm', ['run', 'setup'], { cwd: folder, maxBuffer: OUTPUT_MAX })
  const runtime = JSON.parse(await readFile(join(folder, '.runtime/runtime.json'), 'utf8'))
  return { root: folder, runtime }
}
