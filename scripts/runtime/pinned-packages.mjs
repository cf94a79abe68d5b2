/** Fetches the pinned Python packages: pip refuses whatever does not have one of the checksums in our lists. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { requirementsFile } from './paths.mjs'
import { mustRun } from './run-command.mjs'

const pinned = ['--require-hashes', '--only-binary', ':all:', '--no-deps', '--no-input', '--disable-pip-version-check']

/** Settings that a person may have made for other purposes and that would redirect or refuse our installation. */
const pipEnvironment = () => ({
  ...process.env,
  PIP_USER: '0',
  PIP_REQUIRE_VIRTUALENV: '0',
  PIP_ROOT_USER_ACTION: 'ignore',
  PYTHONNOUSERSITE: '1',
})

/** Runs pip on one of the lists in `scripts/requirements-*.txt`; `argv` begins with pip's command. */
export function pip(python, list, argv) {
  const [executable, ...start] = python.pip
  const complaint = `pip could not fetch the packages of scripts/requirements-${list}.txt`
  const all = [...start, ...argv, ...pinned, '--requirement', requirementsFile(list)]
  return mustRun(complaint, executable, all, { env: pipEnvironment() })
}

/** The version that a list pins a package to, for example `2026.10.26`. */
export function pinnedVersion(list, name) {
  const line = readFileSync(requirementsFile(list), 'utf8')
    .split('\n')
    .find((text) => text.startsWith(`${name}==`))
  return line.slice(name.length + 2).split(/[ ;\\]/)[0]
}

/** Eight hex digits that change with a list's content and with anything else that decides what is installed. */
export function shortHash(list, ...others) {
  const hash = createHash('sha256').update(readFileSync(requirementsFile(list)))
  for (const other of others) hash.update(`\0${other}`)
  return hash.digest('hex').slice(0, 8)
}

/** Whether the lists hold packages for this machine: Linux with glibc on one of two kinds of processor. */
export function packagesFitThisMachine() {
  const isGlibc = Boolean(process.report?.getReport().header.glibcVersionRuntime)
  return process.platform === 'linux' && isGlibc && ['x64', 'arm64'].includes(process.arch)
}
