/**
 * `npm test`: the check, then the tests. `--full` runs only what takes minutes, the fuzz among it, `--long` only what CI has no
 * time for, the chaos and the oldest Redis among it; other words go to Jest.
 */

import { runChaosHere } from './chaos/run-chaos.mjs'
import { runCheck } from './check/run-check.mjs'
import { step } from './check/step.mjs'
import { runFuzz } from './fuzz/run-fuzz.mjs'
import { provideBrowser } from './runtime/provide-browser.mjs'
import { provideGenerators } from './runtime/provide-generators.mjs'
import { provideJavaScriptRuntimes } from './runtime/provide-javascript-runtimes.mjs'
import { provideNginx } from './runtime/provide-nginx.mjs'
import { provideOldestRedis } from './runtime/provide-oldest-redis.mjs'
import { providePhp } from './runtime/provide-php.mjs'
import { providePythonClient } from './runtime/provide-python-client.mjs'
import { provideReceivers } from './runtime/provide-receivers.mjs'
import { provideS3Server } from './runtime/provide-s3-server.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { runJest } from './test/run-jest.mjs'

const FUZZ_SECONDS = 60
const CHAOS_MINUTES = 5

/** The suites that speak to Redis themselves. Where it cannot be had, that is said, and nothing counts as passed. */
async function testOnOldestRedis() {
  const server = await provideOldestRedis().catch(({ message }) => say(message))
  if (!server) return { passed: 0, failed: 0 }
  say('Testing queue and store on the oldest Redis that is promised …')
  return await runJest(['packages/queue', 'packages/store'], { variables: { TEST_REDIS_SERVER: server } })
}

/** What is not there makes the tests that need it fail, each with a sentence; all others still tell what they have to. */
async function provideForDeepTests() {
  process.env.NGINX = await provideNginx()
  for (const provide of [
    provideS3Server,
    provideReceivers,
    provideGenerators,
    provideJavaScriptRuntimes,
    provideBrowser,
    providePhp,
  ])
    await provide().catch(({ message }) => say(message))
}

await tell(async () => {
  const words = process.argv.slice(2)
  const depth = words.includes('--long') ? 'long' : words.includes('--full') ? 'full' : 'usual'
  const ours = ['--full', '--long']
  // The tests start their own Redis, whatever is configured for the product.
  delete process.env.REDIS_URL
  const isDeep = depth !== 'usual'
  await setUp({ build: isDeep })
  // What is not there makes the tests of the Python client fail, each with a sentence.
  await providePythonClient().catch(({ message }) => say(message))
  if (isDeep) await provideForDeepTests()
  const held = isDeep || (await runCheck())
  const others = words.filter((word) => !ours.includes(word))
  const { passed, failed } = await runJest(others, { depth })
  if (!held) say('The check failed; see above.')
  // Not when somebody asked for certain tests.
  const whole = others.length === 0 ? depth : null
  const old = whole === 'long' ? await testOnOldestRedis() : { passed: 0, failed: 0 }
  const survived = whole !== 'long' || (await step('chaos', () => runChaosHere({ minutes: CHAOS_MINUTES })))
  const fuzzed = whole !== 'full' || (await step('fuzz', () => runFuzz({ seconds: FUZZ_SECONDS })))
  const allFailed = failed + old.failed + [held, survived, fuzzed].filter((good) => !good).length
  // Each of the two counts as one test where it was run.
  const steps = (whole === 'full' && fuzzed) || (whole === 'long' && survived) ? 1 : 0
  say(`${passed + old.passed + steps} passed, ${allFailed} failed`)
  if (allFailed > 0) process.exitCode = 1
})
