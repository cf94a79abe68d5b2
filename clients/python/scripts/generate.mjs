/**
 * `node clients/python/scripts/generate.mjs`: writes what is made of other files: the schemas and the operations from `openapi.json`, and the
 * client that blocks (`_sync`) from the one that does not (`_async`). `--check` only compares.
 */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { bodiesText, operationsText, schemasText } from './generated-text.mjs'
import { syncText } from './sync-text.mjs'

const source = fileURLToPath(new URL('../src/video_scraper', import.meta.url))
const document = JSON.parse(readFileSync(new URL('../../../openapi.json', import.meta.url), 'utf8'))

/** Written by hand for both: what one of them can do and the other cannot. */
const APART = new Set(['primitives.py'])

/** The modules of one half, by their paths in its folder. */
const modulesOf = (half) =>
  readdirSync(`${source}/${half}`, { recursive: true }).filter((name) => name.endsWith('.py') && !APART.has(name))

const modules = modulesOf('_async')
const texts = {
  'schemas.py': schemasText(document),
  'bodies.py': bodiesText(document),
  'operations.py': operationsText(document),
  ...Object.fromEntries(
    modules.map((name) => [`_sync/${name}`, syncText(name, readFileSync(`${source}/_async/${name}`, 'utf8'))]),
  ),
}

const read = (path) => (existsSync(path) ? readFileSync(path, 'utf8') : null)
let differs = modulesOf('_sync').some((name) => !modules.includes(name))
for (const [name, text] of Object.entries(texts)) {
  const file = `${source}/${name}`
  if (!process.argv.includes('--check')) {
    mkdirSync(dirname(file), { recursive: true })
    writeFileSync(file, text)
  } else if (read(file) !== text) differs = true
}
if (differs) {
  console.error(
    'The Python client is not that of openapi.json, or its two halves differ. Run npm run openapi, and look at the difference.',
  )
  process.exitCode = 1
}
