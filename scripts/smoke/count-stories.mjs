/** Runs stories one after the other, each to its end, and counts how they ended. */
import { say } from '../runtime/say.mjs'

/** `stories` maps a promise in words to a function that throws where it is not kept. Resolves to `{ passed, failed }`. */
export async function countStories(stories, composition) {
  const outcome = { passed: 0, failed: 0 }
  for (const [promise, keep] of Object.entries(stories)) {
    const startedAt = performance.now()
    const failure = await keep(composition).then(
      () => undefined,
      (cause) => cause,
    )
    const seconds = Math.round((performance.now() - startedAt) / 1000)
    outcome[failure === undefined ? 'passed' : 'failed'] += 1
    say(`${failure === undefined ? 'ok    ' : 'FAILED'} ${promise} (${seconds} s)`)
    if (failure !== undefined) say(failure.stack ?? String(failure))
  }
  return outcome
}
