/** System packages are never installed unasked: the command fails with the line that installs them. */
import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import { expect, test } from '@jest/globals'

const MODULE = new URL('../../scripts/runtime/system-packages.mjs', import.meta.url).href

test.each(['', '0', 'yes'])(
  'with INSTALL_SYSTEM_PACKAGES=%p nothing is installed, and the error names the line',
  async (allowed) => {
    const ask = `
    import { installFromSystem } from '${MODULE}'
    await installFromSystem('A program', ['no-such-package']).catch((error) => console.log(error.message))`
    const env = { PATH: process.env.PATH ?? '', INSTALL_SYSTEM_PACKAGES: allowed }
    const { stdout } = await promisify(execFile)(process.execPath, ['--input-type=module', '--eval', ask], { env })
    expect(stdout).toContain(
      'A program must be installed first:\n  sudo apt-get install -y --no-install-recommends no-such-package',
    )
  },
)
