/** `npm run library:rebuild`: makes the index in Redis anew from the files and their sidecars. May run beside everything else. */
import { spawn } from 'node:child_process'
import { projectRoot } from './runtime/paths.mjs'
import { tell, UserFacingError } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'
import { readAddress } from './stack/embedded-redis.mjs'
import { readStackSettings } from './stack/settings.mjs'

const program = `${projectRoot}/apps/worker/dist/rebuild-library.js`

await tell(async () => {
  loadSettings()
  const { dataDir, redisUrl } = readStackSettings(process.env)
  const url = redisUrl ?? readAddress(dataDir)
  if (!url) {
    throw new UserFacingError(
      'Redis is not running. Start it with npm start, or name it in REDIS_URL; then run this beside it.',
    )
  }
  await setUp()
  const env = { ...process.env, REDIS_URL: url, DATA_DIR: dataDir }
  process.exitCode = await new Promise((resolve) => {
    spawn(process.execPath, [program], { env, stdio: 'inherit' }).once('exit', (code) => resolve(code ?? 1))
  })
})
