/** Everything that a job must not be able to do is refused on this machine: `npm run sandbox -- --probe`, as a test. */

import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { systemCallNumbers } from '@video-scraper/sandbox'
import { reachedPython } from './reached-python.ts'
import { type Stage, startStage } from './stage.ts'

let stage: Stage
beforeAll(async () => {
  stage = await startStage({ warm: null, python: reachedPython() })
})
afterAll(() => stage?.stop())

test('every attempt is refused by the whole sandbox, and each layer refuses something that no other does', async () => {
  const { folder } = await stage.job()
  const { sandbox, attempts } = await stage.engine.probe({ folder, numbers: systemCallNumbers() })
  expect(sandbox).toMatchObject({ systemCalls: true, capabilities: true })
  expect(attempts.length).toBeGreaterThan(60)
  expect(attempts.filter(({ refused }) => !refused).map(({ what }) => what)).toEqual([])
  expect(sandbox.ownUser).toBe(stage.users !== null)
  const aloneBy = (layer: string) => attempts.filter(({ by }) => by.length === 1 && by[0] === layer).length
  expect(aloneBy('landlock')).toBeGreaterThan(3)
  expect(aloneBy('systemCalls')).toBeGreaterThan(20)
  // A user of its own is a second line, behind which nothing stands alone.
  const byUser = attempts.filter(({ by }) => by.includes('ownUser')).length
  expect(byUser > 20).toBe(stage.users !== null)
  // The attempts are real: without a sandbox most of them lead somewhere.
  expect(attempts.filter(({ refusedAnyway }) => !refusedAnyway).length).toBeGreaterThan(40)
}, 120_000)
