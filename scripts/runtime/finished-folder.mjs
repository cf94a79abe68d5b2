/** Makes a folder that is there either whole or not at all. */
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isExecutable } from './find-program.mjs'
import { runtimeFolder } from './paths.mjs'

const unfinishedPrefix = '.unfinished-'

/**
 * Makes `folder` with `build(temporaryFolder)` and a rename at the end; does nothing when it is there already with all
 * of `programs`, which are paths inside it. A folder from which somebody has removed one is made anew.
 * A process that is killed meanwhile leaves only an unfinished folder, which the next setup sweeps away.
 */
export async function finishedFolder(folder, programs, build) {
  if (programs.every((path) => isExecutable(`${folder}/${path}`))) return
  mkdirSync(runtimeFolder, { recursive: true })
  const unfinished = mkdtempSync(`${runtimeFolder}/${unfinishedPrefix}`)
  try {
    await build(unfinished)
    // A temporary folder is made for one user's eyes; the finished one may be read by all, as in a container.
    chmodSync(unfinished, 0o755)
    rmSync(folder, { recursive: true, force: true })
    renameSync(unfinished, folder)
  } finally {
    rmSync(unfinished, { recursive: true, force: true })
  }
}

/** Removes what setups that were killed have left. Only for the process that holds the setup lock. */
export function sweepUnfinished() {
  if (!existsSync(runtimeFolder)) return
  for (const name of readdirSync(runtimeFolder)) {
    if (name.startsWith(unfinishedPrefix)) rmSync(`${runtimeFolder}/${name}`, { recursive: true, force: true })
  }
}

/** Writes a JSON file so that a reader sees the old text or the new one, never half of it. */
export function writeJsonWhole(path, value) {
  mkdirSync(dirname(path), { recursive: true })
  const unfinished = `${dirname(path)}/${unfinishedPrefix}${process.pid}.json`
  writeFileSync(unfinished, `${JSON.stringify(value, null, 2)}\n`)
  renameSync(unfinished, path)
}
