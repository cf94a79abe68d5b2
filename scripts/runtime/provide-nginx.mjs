/** Provides nginx, which only the full tests and the bench need: the machine's own, else the system's package. */
import { findProgram } from './find-program.mjs'
import { mustRun } from './run-command.mjs'
import { installFromSystem } from './system-packages.mjs'

/** Where Debian puts it, which is not in everybody's PATH. */
const otherFolders = ['/usr/sbin', '/usr/local/sbin']

/** Resolves to the absolute path of an nginx that was seen to run. It is not started here. */
export async function provideNginx() {
  const found = findProgram('nginx', otherFolders)
  if (!found) await installFromSystem('nginx', ['nginx'])
  const path = found ?? findProgram('nginx', otherFolders)
  await mustRun('nginx does not run', path ?? 'nginx', ['-v'])
  return path
}
