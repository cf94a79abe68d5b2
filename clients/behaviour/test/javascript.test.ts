/** The JavaScript client does what is expected of every client. It runs as it is built. */
import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { beforeAll } from '@jest/globals'
import { behaves } from '../src/behaves.ts'

const program = (path: string) => [process.execPath, fileURLToPath(new URL(`../../js/${path}`, import.meta.url))]

const run = promisify(execFile)
beforeAll(() => run(process.execPath, program('scripts/build.mjs').slice(1)))

behaves({
  driver: program('test/driver.mjs'),
  commandLine: program('dist/esm/command-line/main.js'),
  examples: [
    {
      title: 'the example that saves a video',
      program: program('examples/save-a-video.mjs'),
      words: ['{site}/video.mp4', '{folder}/'],
      exit: 0,
      out: '/\\.mp4$/',
    },
    {
      title: 'the example that lists formats, which is CommonJS',
      program: program('examples/list-formats.cjs'),
      words: ['{site}/jsonld'],
      exit: 0,
      out: '/^A described video\n.+/',
    },
  ],
  files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
})
