/** What a test has to end: each thing where it is begun. */
import { afterEach } from '@jest/globals'

const endings: (() => unknown)[] = []

/** Runs after the test, also when it failed; last in, first out. */
export const whenDone = (ending: () => unknown): void => {
  endings.push(ending)
}

afterEach(async () => {
  for (const ending of endings.splice(0).reverse()) await ending()
})
