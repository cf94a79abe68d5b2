/** The JavaScript client does the same in the other runtimes that it promises as in this Node. */
import { readRuntime } from '@video-scraper/testkit'
import { behavesIn, installedRuntimes } from '../src/javascript-runtime.ts'

const { node24, bun } = installedRuntimes()

for (const runtime of [
  { name: 'Node.js 24', version: /^v24\./, command: [node24] },
  { name: 'Bun', version: /^1\./, command: [bun] },
  {
    name: 'Deno',
    version: /^deno 2\./,
    command: [readRuntime().deno ?? '', 'run', '-A', '--no-remote', '--no-prompt'],
  },
])
  behavesIn(runtime)
