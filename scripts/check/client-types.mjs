/** The types of our own clients, which are made from `openapi.json`, and whether they are still those of it. */
import { projectRoot } from '../runtime/paths.mjs'
import { mustRun } from '../runtime/run-command.mjs'

const programs = ['js', 'php'].map((client) => `${projectRoot}/clients/${client}/scripts/generate.mjs`)

export async function writeClientTypes() {
  for (const program of programs) await mustRun('The types of a client could not be made', process.execPath, [program])
}

/** Throws an `Obstacle` when the document has changed and the types have not. */
export async function checkClientTypes() {
  for (const program of programs) await mustRun('The clients are out of date', process.execPath, [program, '--check'])
}
