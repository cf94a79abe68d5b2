/** `npm test`: the check, then the tests. `--full` runs only the tests that take long; other words go to Jest. */
import { runCheck } from './check/run-check.mjs'
import { provideNginx } from './runtime/provide-nginx.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { runJest } from './test/run-jest.mjs'

await tell(async () => {
  const words = process.argv.slice(2)
  const full = words.includes('--full')
  // The tests start their own Redis, whatever is configured for the product.
  delete process.env.REDIS_URL
  await setUp({ build: full })
  if (full) process.env.NGINX = await provideNginx()
  const held = full || (await runCheck())
  const { passed, failed } = await runJest(
    words.filter((word) => word !== '--full'),
    { full },
  )
  if (!held) say('The check failed; see above.')
  const allFailed = failed + (held ? 0 : 1)
  say(`${passed} passed, ${allFailed} failed`)
  if (allFailed > 0) process.exitCode = 1
})
