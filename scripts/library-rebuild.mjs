/** `npm run library:rebuild`: makes the index in Redis anew from the files and their sidecars. May run beside everything else. */
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { projectRoot } from './runtime/paths.mjs'
import { Obstacle, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'
import { readStackSettings } from './stack/settings.mjs'

const program = `${projectRoot}/apps/worker/dist/rebuild-library.js`

await tell(async () => {
  loadSettings()
  const { dataDir, redisUrl = socketIn(dataDir) } = readStackSettings(process.env)
  await setUp()
  const env = { ...process.env, REDIS_URL: redisUrl, DATA_DIR: dataDir }
  process.exitCode = await new Promise((resolve) => {
    spawn(process.execPath, [program], { env, stdio: 'inherit' }).once('exit', (code) => resolve(code ?? 1))
  })
})

/** Where the Redis that `npm start` runs listens. */
function socketIn(dataDir) {
  const socket = `${dataDir}/redis/redis.sock`
  if (existsSync(socket)) return socket
  throw new Obstacle('Redis is not running. Start it with npm start, or name it in REDIS_URL; then run this beside it.')
}
