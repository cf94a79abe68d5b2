/** A copy of the sources, in which a test plants a kind of job as somebody who adds one would, and compiles. */
import { readdirSync } from 'node:fs'
import { cp, readFile, symlink, writeFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { temporaryFolder } from '@video-scraper/testkit'
import { run } from '../run-program.ts'

const ROOT = fileURLToPath(new URL('../../..', import.meta.url))
const FOLDERS = ['apps/api', 'apps/worker', ...packages()]
const FILES = ['package.json', 'pnpm-workspace.yaml', 'tsconfig.base.json']
/** What is compiled is made anew, so that nothing of the original can be mistaken for it. */
const LEFT_OUT = new Set(['dist', 'test', 'tsconfig.tsbuildinfo'])

/** All that the two programs can stand on. */
function packages(): string[] {
  const names = readdirSync(join(ROOT, 'packages')).filter((name) => name !== 'testkit')
  return names.map((name) => `packages/${name}`)
}

export interface Tree {
  readonly path: string
  /** Writes a file of this test's folder to that place. */
  plant(template: string, place: string): Promise<void>
  /** Replaces a text that must be there. */
  edit(place: string, ...pairs: readonly (readonly [string, string])[]): Promise<void>
  /** Empty where both programs compile, else what the compiler said. */
  compile(): Promise<string>
  remove(): Promise<void>
}

export async function copyOfTree(): Promise<Tree> {
  const { path, remove } = await temporaryFolder()
  for (const name of FILES) await cp(join(ROOT, name), join(path, name))
  for (const folder of FOLDERS) {
    await cp(join(ROOT, folder), join(path, folder), {
      recursive: true,
      verbatimSymlinks: true,
      filter: (source) => !LEFT_OUT.has(basename(source)),
    })
  }
  // The links of a package lead to its neighbours in the copy, and to the libraries of the original.
  await symlink(join(ROOT, 'node_modules'), join(path, 'node_modules'))
  const compiler = join(ROOT, 'node_modules/.bin/tsc')
  return {
    path,
    plant: async (template, place) =>
      await writeFile(join(path, place), await readFile(new URL(template, import.meta.url))),
    async edit(place, ...pairs) {
      let text = await readFile(join(path, place), 'utf8')
      for (const [before, after] of pairs) {
        if (!text.includes(before)) throw new Error(`${place} does not hold ${before}`)
        text = text.replace(before, after)
      }
      await writeFile(join(path, place), text)
    },
    compile: () =>
      run(compiler, ['-b', 'apps/api', 'apps/worker'], { folder: path }).then(
        () => '',
        (error: Error) => error.message,
      ),
    remove,
  }
}
