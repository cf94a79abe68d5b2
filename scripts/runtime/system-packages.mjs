/** The last resort for tools: the system's packages. Installed only where whoever started the command has allowed it. */
import { findProgram } from './find-program.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'

/** Set to `1`, it allows commands of this project to install Debian packages. They must run as root then. */
const ALLOWED_BY = 'INSTALL_SYSTEM_PACKAGES'

/**
 * Installs Debian packages where the environment allows it. Throws an `UserFacingError` with the line that installs them
 * everywhere else. `what` names the tools in a sentence.
 */
export async function installFromSystem(what, packages, environment = process.env) {
  const line = `apt-get install -y --no-install-recommends ${packages.join(' ')}`
  const isPossible = process.getuid?.() === 0 && findProgram('apt-get')
  if (!isPossible || environment[ALLOWED_BY] !== '1') {
    const permission = isPossible ? `\nOr set ${ALLOWED_BY}=1 to have it done by this command.` : ''
    throw new UserFacingError(`${what} must be installed first:\n  sudo ${line}${permission}`)
  }
  say(`No pinned package of ${what} fits this machine. Installing system packages as root: ${line}`)
  // Runlevel 1 keeps Debian from starting the services it installs.
  const env = { ...environment, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' }
  await mustRun('The list of system packages could not be fetched', 'apt-get', ['update'], { env })
  await mustRun('The system packages could not be installed', 'apt-get', line.split(' ').slice(1), { env })
}
