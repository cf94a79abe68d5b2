/** `node scripts/smoke.mjs`: builds the images, starts the composed stack beside a video site, uses it, removes it. */
import { say, tell } from './runtime/say.mjs'
import { createComposition } from './smoke/composition.mjs'
import { countStories } from './smoke/count-stories.mjs'
import { stories } from './smoke/stories.mjs'

await tell(async () => {
  const composition = await createComposition()
  // Asked again, it still waits for the removal: what was started must not stay.
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
    process.on(signal, () => void composition.remove().finally(() => process.exit(1)))
  }
  let outcome = { passed: 0, failed: 1 }
  try {
    await composition.start()
    outcome = await countStories(stories, composition)
  } finally {
    if (outcome.failed > 0) say(await composition.logs())
    await composition.remove()
    say(`${outcome.passed} passed, ${outcome.failed} failed`)
    if (outcome.failed > 0) process.exitCode = 1
  }
})
