/** Provides what the tests of the Python client run with: a virtual environment of its own, from pinned packages. */
import { writeFileSync } from 'node:fs'
import { findPython, neededPython } from './find-python.mjs'
import { finishedFolder, writeJsonWhole } from './finished-folder.mjs'
import { projectRoot, runtimeFolder } from './paths.mjs'
import { pinnedVersion, pip, shortHash } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'

const LIST = 'python-client'

/**
 * Writes `.runtime/python-client.json`, which the tests read: `python`, an interpreter that imports the client from the tree,
 * and `base`, the one that it was made of. Throws an `UserFacingError` where it cannot be had.
 */
export async function providePythonClient() {
  const python = await findPython()
  if (!python?.pip) throw new UserFacingError(`The tests of the Python client need ${neededPython} with pip.`)
  const folder = `${runtimeFolder}/python-client-${shortHash(LIST, python.tag, process.arch, projectRoot)}`
  await finishedFolder(folder, ['bin/python'], async (unfinished) => {
    say(`Installing httpx ${pinnedVersion(LIST, 'httpx')} and tools for the tests of the Python client …`)
    // Debian splits off what puts pip into an environment; the pip that serves for everything else serves here too.
    const complaint = 'The virtual environment for the Python client could not be made'
    await mustRun(complaint, python.path, ['-I', '-m', 'venv', '--without-pip', unfinished])
    const packages = `${unfinished}/lib/python${python.version.split('.', 2).join('.')}/site-packages`
    await pip(python, LIST, ['install', '--target', packages])
    writeFileSync(`${packages}/video-scraper-client.pth`, `${projectRoot}/clients/python/src\n`)
  })
  writeJsonWhole(`${runtimeFolder}/python-client.json`, {
    python: `${folder}/bin/python`,
    base: python.path,
    pip: python.pip,
  })
}
