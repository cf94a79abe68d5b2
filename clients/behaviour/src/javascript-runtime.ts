/** The JavaScript client in another runtime than this Node. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { repositoryRoot } from '@video-scraper/testkit'
import { behaves } from './behaves.ts'

const file = (path: string) => fileURLToPath(new URL(`../../js/${path}`, import.meta.url))
const run = promisify(execFile)

export interface JavaScriptRuntime {
  readonly name: string
  /** What `--version` answers. */
  readonly version: RegExp
  /** The program and its options, in front of the script. */
  readonly command: readonly string[]
}

/** Programs that `npm run test:full` has installed. */
export const installedRuntimes = (): Record<'node22' | 'node24' | 'bun', string> =>
  JSON.parse(readFileSync(join(repositoryRoot(file('test')), '.runtime', 'javascript-runtimes.json'), 'utf8'))

/** Declares the tests of one runtime. */
export function behavesIn({ name, version, command: [program = '', ...options] }: JavaScriptRuntime): void {
  describe(name, () => {
    beforeAll(() => run(process.execPath, [file('scripts/build.mjs')]))
    test('it is what it is called', async () => {
      expect((await run(program, ['--version'])).stdout).toMatch(version)
    })
    behaves({
      driver: [program, ...options, file('test/driver.mjs')],
      files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
    })
  })
}
