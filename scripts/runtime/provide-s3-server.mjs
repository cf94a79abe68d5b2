/** Provides an S3-compatible server, for the tests alone: built by Go from its pinned source, which Go checks by its checksum. */
import { findProgram } from './find-program.mjs'
import { finishedFolder, writeJsonWhole } from './finished-folder.mjs'
import { runtimeFolder } from './paths.mjs'
import { mustRun } from './run-command.mjs'
import { say, UserFacingError } from './say.mjs'

const VERSION = '1.8.0'
const SOURCE = `github.com/versity/versitygw/cmd/versitygw@v${VERSION}`

/** Building takes a minute or two on two cores. */
const BUILD_WITHIN_MS = 15 * 60_000

/** Where Go's own installer puts it, which is often not on the PATH. */
const USUAL_FOLDER = '/usr/local/go/bin'

/** Makes `versitygw` and writes down where it is. Throws an `UserFacingError` that says what to do where it cannot be had. */
export async function provideS3Server() {
  const folder = `${runtimeFolder}/versitygw-${VERSION}`
  await finishedFolder(folder, ['versitygw'], build)
  writeJsonWhole(`${runtimeFolder}/s3-server.json`, { program: `${folder}/versitygw` })
}

async function build(folder) {
  const go = findProgram('go', [USUAL_FOLDER])
  if (!go) {
    throw new UserFacingError(
      'The tests of the S3 library need an S3 server, which Go 1.25 or later builds. Install Go first.',
    )
  }
  say('Building an S3-compatible server for the tests (versitygw) …')
  await mustRun('The S3 server could not be built', go, ['install', '-trimpath', '-ldflags=-s -w', SOURCE], {
    env: { ...process.env, GOBIN: folder, GOFLAGS: '' },
    timeout: BUILD_WITHIN_MS,
    killSignal: 'SIGKILL',
  })
  await mustRun('The S3 server that was built does not run', `${folder}/versitygw`, ['--version'])
}
