/** Checks that the sources import only in the allowed directions, and that none of them escaped the look. */
import { existsSync, readdirSync } from 'node:fs'
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

/** Throws an `UserFacingError` that names every wrong import, or every file that was not looked at. */
export async function checkImportDirections() {
  const { modules, violations } = await cruise(projectRoot)
  const seen = new Set(modules)
  const unseen = watchedFolders.flatMap(sourceFiles).filter((path) => !seen.has(path))
  if (unseen.length > 0) throw new UserFacingError(`dependency-cruiser has not looked at:\n  ${unseen.join('\n  ')}`)
  if (violations.length === 0) return
  const lines = violations.map(({ rule, from, to }) => `  ${rule}: ${from} imports ${to}`)
  throw new UserFacingError(`Imports that the project does not allow:\n${lines.join('\n')}`)
}
