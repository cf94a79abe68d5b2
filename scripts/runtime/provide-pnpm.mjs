/** Provides the package manager: the exact file whose SHA-512 stands in `package.json`, whatever the registry answers. */
import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { findProgram } from './find-program.mjs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { mustBePinned, pinnedPnpm } from './pinned-pnpm.mjs'
import { mustRun } from './run-command.mjs'

const PROGRAM = 'node_modules/pnpm/bin/pnpm.cjs'

/** Resolves to the path of pnpm's program, to be run by Node. Nothing of the download is run before its hash is known. */
export async function providePnpm() {
  const pinned = pinnedPnpm()
  const folder = `${runtimeFolder}/pnpm-${pinned.version}-${pinned.sha512.slice(0, 8)}`
  await finishedFolder(folder, [PROGRAM], async (unfinished) => {
    const npm = (argv) => mustRun('pnpm could not be installed', findProgram('npm'), argv, { cwd: unfinished })
    await npm(['pack', `pnpm@${pinned.version}`, '--silent', '--pack-destination', unfinished])
    const file = `${unfinished}/${readdirSync(unfinished).find((name) => name.endsWith('.tgz'))}`
    mustBePinned(readFileSync(file), pinned)
    const quietly = ['--no-save', '--no-package-lock', '--no-audit', '--no-fund', '--ignore-scripts', '--offline']
    await npm(['install', '--prefix', unfinished, ...quietly, file])
    rmSync(file)
  })
  return `${folder}/${PROGRAM}`
}
