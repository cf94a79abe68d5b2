/** The kit as plain JavaScript in a temporary folder, for tests that need it in a process of its own. */
import { execFile } from 'node:child_process'
import { writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const kit = dirname(dirname(fileURLToPath(import.meta.url)))

/** Compiles `src` into `folder` with the workspace's own compiler; no build comes before the tests. */
export async function compileKit(folder: string): Promise<void> {
  const compiler = join(dirname(createRequire(import.meta.url).resolve('typescript/package.json')), 'bin', 'tsc')
  const options = [
    '--composite',
    'false',
    '--declaration',
    'false',
    '--declarationMap',
    'false',
    '--sourceMap',
    'false',
  ]
  const project = ['--project', join(kit, 'tsconfig.json'), '--outDir', folder]
  await promisify(execFile)(process.execPath, [compiler, ...project, ...options])
  await writeFile(join(folder, 'package.json'), JSON.stringify({ type: 'module' }))
}
