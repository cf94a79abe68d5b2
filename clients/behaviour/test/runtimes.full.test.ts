/** The JavaScript client does the same in the other runtimes that it promises as in this Node. */
import { execFile } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll, describe, expect, test } from '@jest/globals'
import { readRuntime, repositoryRoot } from '@video-scraper/testkit'
import { behaves } from '../src/behaves.ts'

const file = (path: string) => fileURLToPath(new URL(`../../js/${path}`, import.meta.url))
const run = promisify(execFile)
beforeAll(() => run(process.execPath, [file('scripts/build.mjs')]))

/** What `npm run test:full` has installed. */
const paths = JSON.parse(
  readFileSync(join(repositoryRoot(file('test')), '.runtime', 'javascript-runtimes.json'), 'utf8'),
) as Record<'node22' | 'node24' | 'bun', string>

const runtimes = [
  { name: 'Node.js 22', version: /^v22\./, command: [paths.node22] },
  { name: 'Node.js 24', version: /^v24\./, command: [paths.node24] },
  { name: 'Bun', version: /^1\./, command: [paths.bun] },
  {
    name: 'Deno',
    version: /^deno 2\./,
    command: [readRuntime().deno ?? '', 'run', '-A', '--no-remote', '--no-prompt'],
  },
]

describe.each(runtimes)('$name', ({ command: [program = '', ...options], version }) => {
  test('it is what it is called', async () => {
    expect((await run(program, ['--version'])).stdout).toMatch(version)
  })
  behaves({
    driver: [program, ...options, file('test/driver.mjs')],
    files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
  })
})
