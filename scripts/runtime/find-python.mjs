/** Finds the newest Python that can run yt-dlp, its real path, and a pip that belongs to it. */
import { realpathSync } from 'node:fs'
import { findProgram, isExecutable } from './find-program.mjs'
import { runCommand } from './run-command.mjs'

/** yt-dlp needs CPython 3.11, and the pinned wheels exist up to 3.14. */
const oldestMinor = 11
const newestMinor = 14

/** What a person is asked to install where no usable Python is found. */
export const neededPython = `CPython 3.${oldestMinor} to 3.${newestMinor}`

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

/** The programs that may be a usable Python, `PYTHON` first. Each is named once, by the path that PATH leads to. */
function candidates() {
  const paths = [process.env.PYTHON, ...candidateNames().map((name) => findProgram(name)), '/usr/bin/python3']
  return [...new Set(paths)].filter((path) => path && isExecutable(path))
}

/** One text that changes whenever another Python might be found. It starts no program, so that a setup with nothing to do is fast. */
export const pythonsInPath = () =>
  candidates()
    .map((path) => `${path}=${realpathSync(path)}`)
    .join('\0')

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
 * The Python that `PYTHON` names, if it is usable and has a pip; else the newest usable one with a pip, else the newest
 * usable one, else undefined.
 * `path` is the interpreter itself (a version manager's shim costs 60 ms a start); `pip` is an argv that runs pip.
 */
export async function findPython() {
  const paths = candidates()
  const answers = await Promise.all(paths.map(ask))
  return newestOf(paths.map((path, index) => ({ path, answer: answers[index] })))
}

// `found`: candidates in the order of PATH, each with what it answered, or undefined if it cannot answer.
function newestOf(found, chosen = process.env.PYTHON) {
  const usable = found.filter(({ answer }) => answer && isUsable(answer))
  const ranked = usable
    .map(({ path, answer }) => ({ isChosen: path === chosen, minor: answer.version[1], python: describe(answer) }))
    .sort(
      (one, other) =>
        Boolean(other.python.pip) - Boolean(one.python.pip) || other.isChosen - one.isChosen || other.minor - one.minor,
    )
  return ranked[0]?.python
}

function describe({ executable, realPath, version, tag, hasPip, pipWheel }) {
  const withPip = hasPip ? [executable, '-m', 'pip'] : pipWheel && [executable, `${pipWheel}/pip`]
  return { path: realPath, version: version.join('.'), tag, pip: withPip || undefined }
}
