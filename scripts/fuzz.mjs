/** `npm run fuzz`: a minute of property-based tests of the API. `--seconds 600` for longer, `--seed N` to repeat a run. */
import { parseArgs } from 'node:util'
import { runFuzz } from './fuzz/run-fuzz.mjs'
import { tell, UserFacingError } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  const { values } = parseArgs({ options: { seconds: { type: 'string', default: '60' }, seed: { type: 'string' } } })
  const seconds = numberIn('--seconds', values.seconds)
  const seed = values.seed === undefined ? undefined : numberIn('--seed', values.seed)
  // The fuzz starts a Redis of its own, whatever is configured for the product.
  delete process.env.REDIS_URL
  await setUp()
  await runFuzz({ seconds, seed })
})

function numberIn(name, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new UserFacingError(`${name} takes a whole number, and "${text}" is none.`)
  return Number(text)
}
