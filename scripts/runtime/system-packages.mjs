/** The last resort for tools: the system's packages, by ourselves only as root on Debian, and never silently. */
import { findProgram } from './find-program.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'

/** Installs Debian packages, or throws an `UserFacingError` with the line that installs them. `what` names the tools in a sentence. */
export async function installFromSystem(what, packages) {
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  if (process.getuid?.() !== 0 || !findProgram('apt-get')) {
    throw new UserFacingError(`${what} must be installed by hand on this kind of machine:\n  sudo ${line}`)
  }
  say(`No pinned package of ${what} fits this machine. Installing system packages as root: ${line}`)
  // Runlevel 1 keeps Debian from starting the services it installs.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  await mustRun('The list of system packages could not be fetched', 'apt-get', ['update'], { env })
  await mustRun('The system packages could not be installed', 'apt-get', line.split(' ').slice(1), { env })
}
