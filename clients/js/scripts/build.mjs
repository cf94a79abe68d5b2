/** `npm run build` of the package: ESM and CommonJS, each with its types. Needs the libraries of the workspace. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('..', import.meta.url))
const compiler = fileURLToPath(new URL('../../../node_modules/typescript/bin/tsc', import.meta.url))

for (const project of ['tsconfig.json', 'tsconfig.cjs.json']) {
  execFileSync(process.execPath, [compiler, '-b', project], { cwd: folder, stdio: 'inherit' })
}
writeFileSync(`${folder}/dist/cjs/package.json`, '{ "type": "commonjs" }\n')
