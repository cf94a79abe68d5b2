/** Checks what nobody can install for the person (the system, Node, npm, Python with pip); what is missing is named at once. */
import { existsSync } from 'node:fs'
import { findProgram } from './find-program.mjs'
import { findPython, neededPython } from './find-python.mjs'
import { UserFacingError } from './say.mjs'

const neededNode = [20, 19]

/** Whether this Node can run the project. */
export function nodeIsNewEnough(version = process.versions.node) {
  const [major, minor] = version.split('.').map(Number)
  return major > neededNode[0] || (major === neededNode[0] && minor >= neededNode[1])
}

/** What the system is: Node's name of it, and the version of glibc; `null` where Node runs on another C library. */
export function thisSystem() {
  // Looking up the names of all connections would take seconds.
  process.report.excludeNetwork = true
  return { platform: process.platform, glibc: process.report.getReport().header.glibcVersionRuntime ?? null }
}

/**
 * Throws one sentence where the project cannot run: jobs are held by Linux alone (Landlock, /proc), and the
 * programs that the setup installs are built for glibc.
 */
export function checkSystem({ platform, glibc } = thisSystem()) {
  const here = platform !== 'linux' ? platform : glibc === null ? 'Linux without glibc, such as Alpine' : null
  if (here === null) return
  throw new UserFacingError(
    `The Video Scraper runs on Linux with glibc (Debian, Ubuntu, Fedora and others), and this is ${here}: use Docker (docker compose up), or a virtual machine with such a Linux.`,
  )
}

/** Resolves to the Python to use, or throws one `UserFacingError` that lists all that is missing and how to install it. */
export async function checkPrerequisites() {
  const python = await findPython()
  const missing = []
  if (!nodeIsNewEnough()) missing.push({ what: `Node 20.19 or newer (this is ${process.versions.node})`, npx: 'n 20' })
  if (!findProgram('npm') || !findProgram('npx')) missing.push({ what: 'npm, with npx', debian: ['npm'] })
  if (!python) missing.push({ what: `${neededPython} in PATH`, debian: debianPython() })
  else if (!python.pip)
    missing.push({ what: `pip for Python ${python.version} (${python.path})`, debian: ['python3-pip'] })
  if (missing.length > 0) throw new UserFacingError(complaint(missing))
  return python
}

// A system whose own Python is too old (Ubuntu 22.04 has 3.10) may have a newer one beside it; its pip comes with `venv`.
const debianPython = () =>
  existsSync('/usr/bin/python3') ? ['python3.11', 'python3.11-venv'] : ['python3', 'python3-pip']

function complaint(missing) {
  const lines = missing.map(({ what }) => `  - ${what}`)
  return `Something is missing on this machine:\n${lines.join('\n')}\n${remedy(missing)}`
}

function remedy(missing) {
  const sudo = process.getuid?.() === 0 ? '' : 'sudo '
  const packages = missing.flatMap(({ debian = [] }) => debian)
  const commands = [
    ...(packages.length > 0 ? [`${sudo}apt-get install -y ${packages.join(' ')}`] : []),
    ...missing.flatMap(({ npx }) => (npx ? [`${sudo}npx -y ${npx}`] : [])),
  ]
  const where = existsSync('/etc/debian_version') ? '' : ' (on Debian or Ubuntu; elsewhere by your own means)'
  return `Install it with${where}:\n  ${commands.join(' && ')}`
}
