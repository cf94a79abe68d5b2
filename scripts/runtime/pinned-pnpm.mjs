/** Which file the package manager is: its version and its hash, as `package.json` names them. */
import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { projectRoot } from './paths.mjs'
import { UserFacingError } from './say.mjs'

/** `{ version, sha512 }` of the field `packageManager`, in the form that Corepack reads as well: `pnpm@version+sha512.hex`. */
export function pinnedPnpm(text = readFileSync(`${projectRoot}/package.json`, 'utf8')) {
  const { packageManager = '' } = JSON.parse(text)
  const [, version, sha512] = /^pnpm@(\d+\.\d+\.\d+)\+sha512\.([0-9a-f]{128})$/.exec(packageManager) ?? []
  if (!version)
    throw new UserFacingError(
      `packageManager in package.json must be pnpm@version+sha512.hex, not "${packageManager}".`,
    )
  return { version, sha512 }
}

/** Throws an `UserFacingError` where the file is another one than was pinned. */
export function mustBePinned(bytes, { version, sha512 }) {
  const found = createHash('sha512').update(bytes).digest('hex')
  if (found === sha512) return
  throw new UserFacingError(
    `pnpm ${version} was not installed: what the registry sent is not the file that package.json names ` +
      `(SHA-512 ${found}). Somebody may have tampered with it.`,
  )
}
