/** Provides Chromium, in which the full tests open the pages of the gateway: the machine's own, else the system's package. */
import { findProgram } from './find-program.mjs'
import { mustRun } from './run-command.mjs'
import { installFromSystem } from './system-packages.mjs'

/** Sets `CHROMIUM`, the absolute path of a browser that was seen to run. */
export async function provideBrowser() {
  if (!findProgram('chromium')) await installFromSystem('Chromium', ['chromium'])
  const path = findProgram('chromium') ?? 'chromium'
  await mustRun('Chromium does not run', path, ['--version', '--no-sandbox'])
  process.env.CHROMIUM = path
}
