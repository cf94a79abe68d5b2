/** Installs npm packages for tests from a folder with a lock file of its own. `npm start` installs none of them. */
import { createHash } from 'node:crypto'
import { cpSync, existsSync, readFileSync } from 'node:fs'
import { finishedFolder } from './finished-folder.mjs'
import { projectRoot, runtimeFolder } from './paths.mjs'
import { providePnpm } from './provide-pnpm.mjs'
import { mustRun } from './run-command.mjs'
import { say } from './say.mjs'

/**
 * `name`: the folder in `scripts` with `package.json` and `pnpm-lock.yaml`. `what`: the packages, for people. Resolves to the
 * path of a folder with `node_modules`. Throws an `UserFacingError` where they cannot be had.
 */
export async function lockedPackages(name, what) {
  const source = `${projectRoot}/scripts/${name}`
  const lock = readFileSync(`${source}/pnpm-lock.yaml`)
  const folder = `${runtimeFolder}/${name}-${createHash('sha256').update(lock).digest('hex').slice(0, 8)}`
  // A folder that is there is whole.
  if (existsSync(folder)) return folder
  await finishedFolder(folder, ['no program'], async (unfinished) => {
    say(`Installing ${what} for the tests (npm) …`)
    for (const file of ['package.json', 'pnpm-lock.yaml']) cpSync(`${source}/${file}`, `${unfinished}/${file}`)
    const argv = [await providePnpm(), 'install', '--frozen-lockfile', '--ignore-workspace', '--ignore-scripts']
    await mustRun(`It was not possible to install ${what}`, process.execPath, argv, {
      cwd: unfinished,
      env: { ...process.env, CI: 'true' },
    })
  })
  return folder
}
