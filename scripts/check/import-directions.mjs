/** Checks that the sources import only in the allowed directions, and that none of them escaped the look. */
import { existsSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import { projectRoot } from '../runtime/paths.mjs'
import { UserFacingError } from '../runtime/say.mjs'
import { cruise, watchedFolders } from './cruise.mjs'

/** The programs of `e2e/clients` import what generators make in a folder of a test. */
const skippedFolders = new Set(['node_modules', 'dist', 'coverage', 'clients'])

function sourceFiles(folder) {
  if (!existsSync(`${projectRoot}/${folder}`)) return []
  return readdirSync(`${projectRoot}/${folder}`, { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : sourceFiles(path)
    return entry.name.endsWith('.ts') ? [path] : []
  })
}

/** Rules whose files have moved away hold nobody to anything. Returns their names. */
function rulesThatWatchNothing(modules) {
  const { forbidden } = createRequire(import.meta.url)(`${projectRoot}/.dependency-cruiser.cjs`)
  return forbidden
    .filter(({ from: { path = '' } }) => !modules.some((module) => new RegExp(path).test(module)))
    .map(({ name }) => name)
}

/** Throws an `UserFacingError` that names every wrong import, every file that was not looked at, or every rule that watches no file. */
export async function checkImportDirections() {
  const { modules, violations } = await cruise(projectRoot)
  const seen = new Set(modules)
  const unseen = watchedFolders.flatMap(sourceFiles).filter((path) => !seen.has(path))
  if (unseen.length > 0) throw new UserFacingError(`dependency-cruiser has not looked at:\n  ${unseen.join('\n  ')}`)
  const idle = rulesThatWatchNothing(modules)
  if (idle.length > 0) throw new UserFacingError(`Rules of imports that watch no file:\n  ${idle.join('\n  ')}`)
  if (violations.length === 0) return
  const lines = violations.map(({ rule, from, to }) => `  ${rule}: ${from} imports ${to}`)
  throw new UserFacingError(`Imports that the project does not allow:\n${lines.join('\n')}`)
}
