/** What takes longer: gateways that are killed, and slow files. */
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
  files: ['slow'],
})
