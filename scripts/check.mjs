/** `npm run check`: sets up, then types, lint, import directions and unused code. */
import { runCheck } from './check/run-check.mjs'
import { tell, UserFacingError } from './runtime/say.mjs'
import { setUp } from './runtime/set-up.mjs'

await tell(async () => {
  await setUp({ build: false })
  if (!(await runCheck())) throw new UserFacingError('The check failed.')
})
