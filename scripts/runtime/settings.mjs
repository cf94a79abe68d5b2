/** The person's settings: the environment, and what an optional `.env` file adds to it. */
import { existsSync } from 'node:fs'
import { projectRoot } from './paths.mjs'

/** Reads `.env` into the environment. What the environment says already stands. */
export function loadSettings() {
  const file = `${projectRoot}/.env`
  // Missing before Node 20.12; the setup that follows says that Node is too old.
  if (existsSync(file)) process.loadEnvFile?.(file)
}
