/** The API document of the last release, and whether the document in the tree still has all that its clients depend on. */
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'
import { minimised } from './compatibility/minimised.mjs'
import { breaksBetween } from './compatibility/operations.mjs'

const folder = `${projectRoot}/packages/contracts/released`
const NAME = /^openapi-(\d+)\.\d+\.\d+\.json$/

const currentDocument = () => JSON.parse(readFileSync(`${projectRoot}/openapi.json`, 'utf8'))

/** Keeps the document in the tree as that of the last release, in place of the one before. Resolves to the name of its file. */
export function recordRelease() {
  const document = currentDocument()
  for (const name of readdirSync(folder)) rmSync(`${folder}/${name}`)
  const name = `openapi-${document.info.version}.json`
  writeFileSync(`${folder}/${name}`, `${JSON.stringify(minimised(document))}\n`)
  return name
}

/** Throws an `UserFacingError` that names everything that clients of the last release would miss. Another major version may break. */
export async function checkReleasedDocument() {
  const [name, ...others] = readdirSync(folder)
  const major = NAME.exec(name ?? '')?.[1]
  if (major === undefined || others.length > 0)
    throw new UserFacingError(
      `${folder} has to hold one file, openapi-VERSION.json. npm run openapi -- --release writes it.`,
    )
  const current = currentDocument()
  if (current.info.version.split('.')[0] !== major) return
  const breaks = breaksBetween(JSON.parse(readFileSync(`${folder}/${name}`, 'utf8')), current)
  if (breaks.length === 0) return
  throw new UserFacingError(
    `This breaks clients of the last release (${name}):\n  ${breaks.join('\n  ')}\nAdd beside it what is new, or raise the major version (CONTRIBUTING.md).`,
  )
}
