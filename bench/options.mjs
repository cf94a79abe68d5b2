/** What the command line of the bench may say. */
import { parseArgs } from 'node:util'
import { UserFacingError } from '../scripts/runtime/say.mjs'

/**
 * `--only a,b` chooses measures by name (default: all), `--rounds N` overrides how often each is repeated.
 * Throws an `UserFacingError` when a word is none of ours.
 */
export function readOptions(words, names) {
  const { values } = parseArgs({ args: words, options: { only: { type: 'string' }, rounds: { type: 'string' } } })
  const only = values.only?.split(',') ?? names
  const unknown = only.filter((name) => !names.includes(name))
  if (unknown.length > 0) throw new UserFacingError(`--only ${unknown}: the measures are ${names.join(', ')}.`)
  const rounds = values.rounds === undefined ? undefined : Number(values.rounds)
  if (rounds !== undefined && !(Number.isInteger(rounds) && rounds > 0))
    throw new UserFacingError('--rounds takes a whole number above 0.')
  return { only, rounds }
}
