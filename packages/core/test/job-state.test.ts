/** Holds the tables of `docs/states.md` to their word: every combination of facts, every edge. */
import { expect, test } from '@jest/globals'
import { endsEarly, isFinal, type JobFacts, nextStates, stateOf, type Verdict } from '@video-scraper/core'

const endings = [null, 'completed', 'failed'] as const
const verdicts: (Verdict | null)[] = [null, 'committed', 'cancelled', 'expired']
const everyFact: JobFacts[] = endings.flatMap((ending) =>
  [false, true].flatMap((locked) => verdicts.map((verdict) => ({ ending, locked, verdict }))),
)

test.each(everyFact)('%j has the state that docs/states.md gives it', (facts) => {
  const byVerdict = facts.verdict === 'cancelled' ? 'cancelled' : facts.verdict === 'expired' ? 'failed' : null
  const byThePage = byVerdict ?? facts.ending ?? (facts.locked ? 'running' : 'queued')
  expect(stateOf(facts)).toBe(byThePage)
})

test('all 24 combinations are looked at', () => expect(everyFact).toHaveLength(24))

/** What may happen to the facts in one step, whoever does it; what Redis's scripts forbid is left out. */
function steps({ ending, locked, verdict }: JobFacts): JobFacts[] {
  const after: JobFacts[] = []
  if (ending === null) {
    after.push({ ending, locked: !locked, verdict })
    if (verdict === null) after.push({ ending, locked, verdict: 'cancelled' }, { ending, locked, verdict: 'expired' })
    if (verdict === null && locked) after.push({ ending, locked, verdict: 'committed' })
    if (locked) after.push({ ending: 'failed', locked: false, verdict })
    if (locked && verdict === 'committed') after.push({ ending: 'completed', locked: false, verdict })
  }
  return after
}

const stepsBetweenStates = everyFact.flatMap((facts) =>
  steps(facts).map((after) => ({ from: stateOf(facts), to: stateOf(after) })),
)

test.each(stepsBetweenStates)('a step from $from to $to is an edge, or stays', ({ from, to }) => {
  expect([from, ...nextStates[from]]).toContain(to)
})

test('every edge is taken by some step', () => {
  const taken = new Set(stepsBetweenStates.map(({ from, to }) => `${from}-${to}`))
  const edges = Object.entries(nextStates).flatMap(([from, ends]) => ends.map((to) => `${from}-${to}`))
  expect(edges.filter((edge) => !taken.has(edge))).toEqual([])
})

test('exactly completed, failed and cancelled are final, and every state is reached', () => {
  const states = Object.keys(nextStates) as (keyof typeof nextStates)[]
  expect(states.filter(isFinal)).toEqual(['completed', 'failed', 'cancelled'])
  expect(new Set(everyFact.map(stateOf))).toEqual(new Set(states))
})

test('nothing leads out of a final state, whatever happens to the facts', () => {
  for (const { from, to } of stepsBetweenStates) if (isFinal(from)) expect(to).toBe(from)
})

test('cancelled and expired end a job early, whatever its worker does; committed does not', () => {
  expect(verdicts.filter(endsEarly)).toEqual(['cancelled', 'expired'])
})

test('a verdict that only a newer version knows decides nothing', () => {
  const verdict = 'of a newer version' as Verdict
  expect(endsEarly(verdict)).toBe(false)
  expect(stateOf({ ending: null, locked: true, verdict })).toBe('running')
})
