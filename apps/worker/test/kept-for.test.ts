/** How long files are kept: never longer than the operator keeps them. */
import { expect, test } from '@jest/globals'
import { keptFor } from '../src/kept-for.ts'

const DAY_MS = 86_400_000

test.each<[string, number | undefined, number, number]>([
  ['nothing is asked for', undefined, DAY_MS, DAY_MS],
  ['less is asked for', 60, DAY_MS, 60_000],
  ['more is asked for than the operator keeps', 100_000, DAY_MS, DAY_MS],
  ['the operator keeps for ever, and nothing is asked for', undefined, 0, 0],
  ['the operator keeps for ever, and something is asked for', 60, 0, 60_000],
])('%s', (_what, retention_seconds, operator, kept) => {
  const options = retention_seconds === undefined ? {} : { retention_seconds }
  expect(keptFor({ options }, operator)).toBe(kept)
})
