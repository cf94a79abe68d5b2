/** What may be decided about versions: each a pure step from one state to the next; null where there is nothing to decide. */
import type { VersionRefusal } from '@video-scraper/contracts'
import type { UpdateState } from './update-state.ts'

type Decision = (state: UpdateState) => UpdateState | null

/** A version that was refused is not taken again, unless somebody names it by hand. */
export const beginTrial =
  (version: string, now: number): Decision =>
  (state) =>
    state.serving === version || state.trial?.version === version
      ? null
      : { ...state, trial: { version, since: now }, refused: without(state, version) }

/** For all jobs, without a trial or after it. */
export const serve =
  (version: string): Decision =>
  (state) =>
    state.serving === version
      ? null
      : { ...state, serving: version, before: state.serving, trial: null, refused: without(state, version) }

/** Ends the trial of this version, or goes back from it to what served before. */
export const refuse =
  (version: string, reason: VersionRefusal, now: number): Decision =>
  (state) => {
    const refused = [...without(state, version), { version, reason, at: now }]
    if (state.trial?.version === version) return { ...state, trial: null, refused }
    // What served before may have been refused itself meanwhile.
    if (state.serving === version) return { ...state, serving: usable(state, state.before), before: null, refused }
    return isRefused(state, version) ? null : { ...state, refused }
  }

/** By hand: the trial ends; where there is none, what served before serves again. Null where there is nowhere to go back to. */
export const rollBack =
  (now: number): Decision =>
  (state) => {
    const version = state.trial?.version ?? state.serving
    return version === null ? null : refuse(version, 'by_hand', now)(state)
  }

export const looked =
  (at: number, problem: string | null): Decision =>
  (state) => ({ ...state, looked: { at, problem } })

export const isRefused = ({ refused }: UpdateState, version: string): boolean =>
  refused.some((each) => each.version === version)

const without = ({ refused }: UpdateState, version: string) => refused.filter((each) => each.version !== version)

const usable = (state: UpdateState, version: string | null): string | null =>
  version !== null && isRefused(state, version) ? null : version
