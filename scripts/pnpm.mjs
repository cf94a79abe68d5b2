/** `node scripts/pnpm.mjs <arguments>`: the package manager, as pinned in `package.json`. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { providePnpm } from './runtime/provide-pnpm.mjs'
import { tell } from './runtime/say.mjs'

await tell(async () => {
  const program = await providePnpm()
  const [code] = await once(spawn(process.execPath, [program, ...process.argv.slice(2)], { stdio: 'inherit' }), 'exit')
  process.exitCode = code ?? 1
})
