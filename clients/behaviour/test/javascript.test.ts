/** The JavaScript client does what is expected of every client. It runs as it is built. */
import { fileURLToPath } from 'node:url'
import { behaves } from '../src/behaves.ts'

const program = (path: string) => [process.execPath, fileURLToPath(new URL(`../../js/${path}`, import.meta.url))]

behaves({
  driver: program('test/driver.mjs'),
  commandLine: program('dist/esm/command-line/main.js'),
  files: ['webhooks', 'errors', 'retries', 'waits', 'files'],
})
