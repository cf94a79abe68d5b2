/** The OpenAPI document of a live gateway, with keys and without, as two linters see it: no error and no warning. */
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { type Stack, startStack, type TemporaryFolder, temporaryFolder } from '@video-scraper/testkit'
import { readTools } from './client-generators.ts'
import { run } from './run-program.ts'

const CONFIGURATIONS = fileURLToPath(new URL('../linters/', import.meta.url))
const WITHIN_MS = 120_000

let stack: Stack
let folder: TemporaryFolder

beforeAll(async () => {
  stack = await startStack()
  folder = await temporaryFolder()
}, WITHIN_MS)

afterAll(async () => {
  await stack?.stop()
  await folder?.remove()
})

const cases = [
  ['none', ''],
  ['api-key', ''],
  ['none', '?webhooks=false'],
  ['api-key', '?webhooks=false'],
] as const

test.each(cases)(
  'redocly and spectral find nothing in the document with AUTH=%s %s',
  async (auth, query) => {
    const gateway = await stack.startGateway({ AUTH: auth })
    const file = join(folder.path, 'openapi.json')
    await writeFile(file, await (await fetch(`${gateway.origin}/openapi.json${query}`)).text())
    await gateway.end('SIGTERM')
    const program = (path: string) => join(readTools().node, 'node_modules', path)
    const lint = (path: string, argv: string[]) =>
      run(process.execPath, [program(path), 'lint', file, ...argv], {
        folder: folder.path,
        env: { REDOCLY_TELEMETRY: 'off', REDOCLY_SUPPRESS_UPDATE_NOTICE: 'true' },
      })
    const redocly = ['--config', join(CONFIGURATIONS, 'redocly.yaml'), '--format', 'json']
    const said = await lint('@redocly/cli/bin/cli.js', redocly)
    expect(JSON.parse(said.slice(said.indexOf('{\n'), said.lastIndexOf('}') + 1)).problems).toEqual([])
    // Warnings are failures, too.
    const spectral = ['--ruleset', join(CONFIGURATIONS, 'spectral.yaml'), '--fail-severity', 'hint', '--format', 'text']
    expect(await lint('@stoplight/spectral-cli/dist/index.js', spectral)).toContain('No results')
  },
  WITHIN_MS,
)
