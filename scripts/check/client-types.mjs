/** The types of our own clients, which are made from `openapi.json`, and whether they are still those of it. */
import { projectRoot } from '../runtime/paths.mjs'
import { mustRun } from '../runtime/run-command.mjs'

const program = `${projectRoot}/clients/js/scripts/generate.mjs`

export const writeClientTypes = () =>
  mustRun('The types of the JavaScript client could not be made', process.execPath, [program])

/** Throws an `Obstacle` when the document has changed and the types have not. */
export const checkClientTypes = () => mustRun('The clients are out of date', process.execPath, [program, '--check'])
