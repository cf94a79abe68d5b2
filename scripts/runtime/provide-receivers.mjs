/** Provides what receives webhooks in the full tests: PHP, to run what `docs/webhooks.md` shows, and Python's published library. */
import { existsSync } from 'node:fs'
import { findProgram } from './find-program.mjs'
import { findPython } from './find-python.mjs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { pinnedVersion, pip, shortHash } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'
import { say } from './say.mjs'
import { installFromSystem } from './system-packages.mjs'

/** Sets `PHP`, a program that was seen to run, and `STANDARD_WEBHOOKS`, a folder for Python's module path. */
export async function provideReceivers() {
  process.env.STANDARD_WEBHOOKS = await provideLibrary()
  process.env.PHP = await providePhp()
}

/** The machine's own, else the system's package. */
async function providePhp() {
  if (!findProgram('php')) await installFromSystem('PHP', ['php-cli'])
  const path = findProgram('php') ?? 'php'
  await mustRun('PHP does not run', path, ['-v'])
  return path
}

/** A folder of its own, so that nothing else of the project's Python sees it. */
async function provideLibrary() {
  const version = pinnedVersion('webhooks', 'standardwebhooks')
  const folder = `${runtimeFolder}/standardwebhooks-${version}-${shortHash('webhooks')}`
  // A folder that is there is whole. It holds no program by which to tell.
  if (existsSync(folder)) return folder
  await finishedFolder(folder, ['no program'], async (unfinished) => {
    say(`Installing standardwebhooks ${version} for the tests …`)
    await pip(await findPython(), 'webhooks', ['install', '--no-compile', '--target', unfinished])
  })
  return folder
}
