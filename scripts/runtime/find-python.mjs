/** Finds a Python that can run yt-dlp, its real path, and a pip that belongs to it. */
import { findProgram, isExecutable } from './find-program.mjs'
import { runCommand } from './run-command.mjs'

/** The pinned wheels exist for CPython 3.10 to 3.14. */
const oldestMinor = 10
const newestMinor = 14

// Debian splits pip off, but CPython carries a wheel of it, and a wheel of pip can run itself.
const question = `
import glob, importlib.util, json, os, sys, sysconfig
bundled = glob.glob(os.path.join(os.path.dirname(os.__file__), 'ensurepip', '_bundled', 'pip-*.whl'))
packaged = glob.glob('/usr/share/python-wheels/pip-*.whl')
print(json.dumps({
    'executable': sys.executable,
    'realPath': os.path.realpath(sys.executable),
    'version': list(sys.version_info[:3]),
    'tag': sys.implementation.cache_tag,
    'usual': sys.implementation.name == 'cpython' and not sysconfig.get_config_var('Py_GIL_DISABLED'),
    'hasPip': importlib.util.find_spec('pip') is not None,
    'pipWheel': (bundled + packaged + [None])[0],
}))
`

const candidateNames = () => [
  'python3',
  ...Array.from({ length: newestMinor - oldestMinor + 1 }, (_, index) => `python3.${newestMinor - index}`),
  'python',
]

async function ask(path) {
  const { code, output } = await runCommand(path, ['-I', '-c', question])
  if (code !== 0) return undefined
  try {
    return JSON.parse(output)
  } catch {
    return undefined
  }
}

const isUsable = ({ usual, version: [major, minor] }) =>
  usual && major === 3 && minor >= oldestMinor && minor <= newestMinor

/**
 * The first usable Python with a pip, else the first usable one, else undefined.
 * `path` is the interpreter itself (a version manager's shim costs 60 ms a start); `pip` is an argv that runs pip.
 */
export async function findPython() {
  const paths = [process.env.PYTHON, ...candidateNames().map((name) => findProgram(name)), '/usr/bin/python3'].filter(
    Boolean,
  )
  let withoutPip
  for (const path of new Set(paths)) {
    const answer = isExecutable(path) ? await ask(path) : undefined
    if (!answer || !isUsable(answer)) continue
    const python = describe(answer)
    if (python.pip) return python
    withoutPip ??= python
  }
  return withoutPip
}

function describe({ executable, realPath, version, tag, hasPip, pipWheel }) {
  const withPip = hasPip ? [executable, '-m', 'pip'] : pipWheel && [executable, `${pipWheel}/pip`]
  return { path: realPath, version: version.join('.'), tag, pip: withPip || undefined }
}
