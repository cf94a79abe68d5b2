/** `npm run licences`: writes docs/licences.md from the packages that are installed. */
import { writeLicences } from './check/licences.mjs'
import { say, tell } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  await setUp({ build: false })
  await writeLicences()
  say('docs/licences.md is written. Commit it together with the change of the packages.')
})
