/** What is made of `openapi.json` in our own clients, and whether it is still that of it. */
import { projectRoot } from '../runtime/paths.mjs'
import { mustRun } from '../runtime/run-command.mjs'

const programs = ['js', 'php', 'python'].map((client) => `${projectRoot}/clients/${client}/scripts/generate.mjs`)

export async function writeClientTypes() {
  for (const program of programs) await mustRun('The types of a client could not be made', process.execPath, [program])
}

/** Throws an `UserFacingError` when the document has changed and the types have not. */
export async function checkClientTypes() {
  for (const program of programs) await mustRun('The clients are out of date', process.execPath, [program, '--check'])
}
