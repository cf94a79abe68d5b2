/** The OpenAPI document in the tree (`openapi.json`), and whether it is the one that the gateway serves. Needs no Redis. */
import { readFileSync, writeFileSync } from 'node:fs'
import { projectRoot } from '../runtime/paths.mjs'
import { mustRun } from '../runtime/run-command.mjs'
import { UserFacingError } from '../runtime/say.mjs'

const file = `${projectRoot}/openapi.json`

/** Drawn from the compiled gateway, as text. */
const drawn = () =>
  mustRun('The API document could not be made', process.execPath, [
    `${projectRoot}/apps/api/dist/openapi/write-document.js`,
  ])

export async function writeApiDocument() {
  writeFileSync(file, await drawn())
}

/** Throws an `UserFacingError` when the schemas have changed and the file has not. */
export async function checkApiDocument() {
  if (readFileSync(file, 'utf8') === (await drawn())) return
  throw new UserFacingError(
    'openapi.json is not the document of this gateway. Run npm run openapi, and look at the difference.',
  )
}
