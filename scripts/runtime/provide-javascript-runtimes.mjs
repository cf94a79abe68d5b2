/** Provides the JavaScript runtimes beside this Node in which test:full tries the JavaScript client. Deno comes with yt-dlp. */
import { writeJsonWhole } from './finished-folder.mjs'
import { lockedPackages } from './locked-packages.mjs'
import { runtimeFolder } from './paths.mjs'
import { mustRun } from './run-command.mjs'

/** Writes `.runtime/javascript-runtimes.json`, which the tests read: a path for each name. Each was seen to run. */
export async function provideJavaScriptRuntimes() {
  const folder = `${await lockedPackages('javascript-runtimes', 'Node.js 22 and 24 and Bun')}/node_modules`
  const paths = {
    node22: `${folder}/node-22-${process.arch}/bin/node`,
    node24: `${folder}/node-24-${process.arch}/bin/node`,
    bun: `${folder}/@oven/bun-linux-${process.arch === 'arm64' ? 'aarch64' : 'x64'}/bin/bun`,
  }
  for (const path of Object.values(paths)) await mustRun(`${path} does not run`, path, ['--version'])
  writeJsonWhole(`${runtimeFolder}/javascript-runtimes.json`, paths)
}
