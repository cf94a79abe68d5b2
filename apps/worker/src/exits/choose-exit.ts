/** Which exit an attempt uses. A pure choice: the same job, attempt and table lead to the same exit while none is avoided. */
import { hash } from 'node:crypto'
import { JOB_ATTEMPTS, type RunningJob } from '@video-scraper/queue'
import type { ExitState } from '@video-scraper/store'
import type { Exit } from './exit-table.ts'

export type Asker = Pick<RunningJob, 'attempt' | 'envelope'>

/**
 * In the order in which they are tried. Everybody who asks for an address begins with the same exit, so that what was found out
 * about it can be used again: media addresses are often bound to the address that asked. A cookie set has one exit, whatever is
 * asked for with it: many sites end a session that two addresses use. An exit that is added or taken away moves few others.
 */
export function inOrderFor({ envelope: { owner, url, options } }: Asker, exits: readonly Exit[]): readonly Exit[] {
  const subject = options.cookies === undefined ? [url] : [owner, options.cookies]
  const weigh = ({ digest }: Exit) => hash('sha256', JSON.stringify([...subject, digest]))
  const weights = new Map(exits.map((exit) => [exit, weigh(exit)]))
  return exits.toSorted((a, b) => ((weights.get(a) ?? '') < (weights.get(b) ?? '') ? -1 : 1))
}

/** Whether a later attempt would use another exit than the earlier ones. */
export const hasNextExit = ({ attempt, envelope: { options } }: Asker, exits: readonly Exit[]): boolean =>
  options.cookies === undefined && attempt < Math.min(exits.length, JOB_ATTEMPTS)

/**
 * The exit, or null where none can be reached. Each attempt begins with the next one. One that met bot checks comes after all
 * others, since it may still be better than nothing. `ordered`: by `inOrderFor`; `states`: of each of them.
 */
export function chooseExit(
  { attempt, envelope: { options } }: Asker,
  ordered: readonly Exit[],
  states: readonly ExitState[],
): Exit | null {
  const isReachable = (at: number) => states[at]?.unreachable !== true
  if (options.cookies !== undefined) return isReachable(0) ? (ordered[0] ?? null) : null
  const turns = ordered.map((_, at) => (at + attempt - 1) % ordered.length).filter(isReachable)
  const at = turns.find((each) => states[each]?.botChecked !== true) ?? turns[0]
  return at === undefined ? null : (ordered[at] ?? null)
}
