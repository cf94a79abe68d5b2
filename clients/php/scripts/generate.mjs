/** `node clients/php/scripts/generate.mjs`: writes `src/generated` from `openapi.json`. `--check` only compares. */
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { generatedFiles } from './generated-files.mjs'

const document = JSON.parse(readFileSync(fileURLToPath(new URL('../../../openapi.json', import.meta.url)), 'utf8'))
const folder = fileURLToPath(new URL('../src/generated', import.meta.url))
const files = generatedFiles(document)

mkdirSync(folder, { recursive: true })
const there = Object.fromEntries(readdirSync(folder).map((name) => [name, readFileSync(`${folder}/${name}`, 'utf8')]))
const surplus = Object.keys(there).filter((name) => files[name] === undefined)
const changed = Object.keys(files).filter((name) => there[name] !== files[name])

if (!process.argv.includes('--check')) {
  for (const name of surplus) rmSync(`${folder}/${name}`)
  for (const name of changed) writeFileSync(`${folder}/${name}`, files[name])
} else if (surplus.length + changed.length > 0) {
  console.error(
    'The classes of the PHP client are not those of openapi.json. Run npm run openapi, and look at the difference.',
  )
  process.exitCode = 1
}
