/** What takes longer: gateways that are killed, and slow files. */
import { fileURLToPath } from 'node:url'
import { behaves } from '../src/behaves.ts'

const program = (path: string) => [process.execPath, fileURLToPath(new URL(`../../js/${path}`, import.meta.url))]

behaves({
  driver: program('test/driver.mjs'),
  files: ['slow'],
})
