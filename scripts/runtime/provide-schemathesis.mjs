/** Provides schemathesis, which only the fuzz needs: a virtual environment of its own, from pinned packages. */
import { findPython, neededPython } from './find-python.mjs'
import { finishedFolder } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { pinnedVersion, pip, shortHash } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'

/** Resolves to the interpreter of the environment; `-m schemathesis.cli` with it is the program. */
export async function provideSchemathesis() {
  const python = await findPython()
  if (!python?.pip) throw new UserFacingError(`The fuzz needs ${neededPython} with pip.`)
  const version = pinnedVersion('schemathesis', 'schemathesis')
  const folder = `${runtimeFolder}/schemathesis-${version}-${shortHash('schemathesis', python.tag, process.arch)}`
  await finishedFolder(folder, ['bin/python'], async (unfinished) => {
    say(`Installing schemathesis ${version} for Python ${python.version} …`)
    // Debian splits off what puts pip into an environment; the pip that serves for everything else serves here too.
    const complaint = 'The virtual environment for schemathesis could not be made'
    await mustRun(complaint, python.path, ['-I', '-m', 'venv', '--without-pip', unfinished])
    const packages = `${unfinished}/lib/python${python.version.split('.', 2).join('.')}/site-packages`
    await pip(python, 'schemathesis', ['install', '--target', packages])
  })
  return `${folder}/bin/python`
}
