/** `npm run keys -- create --name … --scope read`: makes and manages API keys in the Redis that the gateway uses. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync } from 'node:fs'
import { projectRoot } from './runtime/paths.mjs'
import { tell, UserFacingError } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'
import { readAddress } from './stack/embedded-redis.mjs'
import { readStackSettings } from './stack/settings.mjs'

const PROGRAM = `${projectRoot}/apps/api/dist/keys.js`

await tell(async () => {
  loadSettings()
  const { redisUrl, dataDir } = readStackSettings(process.env)
  const asksForHelp = process.argv.length < 3 || process.argv.some((word) => ['help', '--help', '-h'].includes(word))
  const url = redisUrl ?? readAddress(dataDir)
  if (!url && !asksForHelp) {
    throw new UserFacingError(
      `No Redis to keep keys in: nothing runs on ${dataDir}. Start it with npm start and come back, or set REDIS_URL.`,
    )
  }
  if (!existsSync(PROGRAM)) await setUp()
  const env = { ...process.env, REDIS_URL: url ?? '' }
  const [code] = await once(
    spawn(process.execPath, [PROGRAM, ...process.argv.slice(2)], { env, stdio: 'inherit' }),
    'exit',
  )
  process.exitCode = code ?? 1
})
