/** The interpreter for the tests of the Python client: what `npm test` provides before it runs them. */
import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { repositoryRoot } from './runtime.ts'

export interface PythonClient {
  /** Imports the client from the tree, httpx, and the tools that build and check it. */
  readonly python: string
  /** What it was made of: has none of these. */
  readonly base: string
  /** Runs the pip of `base`. */
  readonly pip: readonly string[]
}

/** Throws a sentence that says what to do where it was not provided. */
export function pythonClient(): PythonClient {
  const root = repositoryRoot(dirname(fileURLToPath(import.meta.url)))
  try {
    return JSON.parse(readFileSync(join(root, '.runtime', 'python-client.json'), 'utf8'))
  } catch {
    throw new Error('There is no Python for the client here. npm test provides it: npm test clients/python')
  }
}
