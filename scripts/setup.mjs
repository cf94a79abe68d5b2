/** `npm run setup`: makes a fresh machine with Node, npm and Python ready to run and test the project. */
import { tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'
import { loadSettings } from './runtime/settings.mjs'

await tell(async () => {
  loadSettings()
  await setUp()
})
