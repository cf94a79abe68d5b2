/** `node clients/js/scripts/generate.mjs`: writes `src/generated` from `openapi.json`. `--check` only compares. */
import { readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { operationsText, schemasText } from './generated-text.mjs'

const fileOf = (path) => fileURLToPath(new URL(path, import.meta.url))
const document = JSON.parse(readFileSync(fileOf('../../../openapi.json'), 'utf8'))
const texts = { 'schemas.ts': schemasText(document), 'operations.ts': operationsText(document) }

let differs = false
for (const [name, text] of Object.entries(texts)) {
  const file = fileOf(`../src/generated/${name}`)
  if (!process.argv.includes('--check')) writeFileSync(file, text)
  else if (readFileSync(file, 'utf8') !== text) differs = true
}
if (differs) {
  console.error(
    'The types of the JavaScript client are not those of openapi.json. Run npm run openapi, and look at the difference.',
  )
  process.exitCode = 1
}
