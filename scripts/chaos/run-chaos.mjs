/** Runs the chaos of `e2e/chaos` and fails when an invariant was broken. */
import { randomInt } from 'node:crypto'
import { say, UserFacingError } from '../runtime/say.mjs'
import { stopOnSignals } from '../stack/stop-on-signals.mjs'

/** Throws an `UserFacingError` when anything was lost, failed without a reason, or stayed. */
export async function runChaosHere({ minutes, seed = randomInt(2 ** 32) }) {
  if (!(minutes > 0)) throw new UserFacingError('--minutes takes a number above 0.')
  const { stop: signal } = stopOnSignals()
  // Only now: what it imports is compiled by the setup.
  const { runChaos } = await import('../../e2e/chaos/run-chaos.mjs')
  const broken = await runChaos({ minutes, seed, say, signal })
  if (broken > 0)
    throw new UserFacingError(`${broken} invariants were broken; npm run chaos -- --minutes ${minutes} --seed ${seed}`)
}
