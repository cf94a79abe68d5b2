/** How PHP is started with the packages that `scripts/runtime/provide-php.mjs` has fetched. */
import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

export interface Php {
  /** The program and its first arguments. */
  readonly php: readonly string[]
  /** The paths of two programs that PHP runs. */
  readonly phpunit: string
  readonly composer: string
}

/** Throws when the packages are not there. */
export function preparedPhp(): Php {
  const note = fileURLToPath(new URL('../../../.runtime/php.json', import.meta.url))
  try {
    return JSON.parse(readFileSync(note, 'utf8')) as Php
  } catch {
    throw new Error('PHP and its packages are not there. Run npm run test:full: it fetches them, or says what to do.')
  }
}
