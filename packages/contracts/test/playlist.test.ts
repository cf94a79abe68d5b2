/** Which entries of a list can be asked for, and counts that add up. */
import { expect, test } from '@jest/globals'
import { canonicalOptions, type EntryCounts, problemsOfOptions, summaryOf } from '@video-scraper/contracts'

const problemsOf = (items: string) => problemsOfOptions('playlist', canonicalOptions('playlist', { items }))

test.each(['1', '-1', '1-20,-1', '5-', '-5:', ':3', '1:10:2', '10:1:-1', '1:inf', ':', '+3'])(
  '%s is taken',
  (items) => {
    expect(problemsOf(items)).toEqual([])
  },
)

test.each(['0', '1,,2', ',', '1,', '1-2-3', '1:10:0', '1::2:', 'inf', '123456', Array(51).fill('1').join(',')])(
  '%s is refused, and the message says why',
  (items) => {
    expect(problemsOf(items)).toEqual([{ option: 'items', message: expect.stringMatching(/^must /) }])
  },
)

test('the counts add up in each state, and entries without a job are where the playlist has left them', () => {
  const counts: EntryCounts = { waiting: 5, queued: 1, running: 2, completed: 3, failed: 4, cancelled: 6, skipped: 7 }
  const of = (state: Parameters<typeof summaryOf>[1]) => summaryOf(counts, state)
  for (const state of ['queued', 'running', 'completed', 'failed', 'cancelled'] as const) {
    const { total, ...parts } = of(state)
    expect([state, total]).toEqual([state, 28])
    expect(Object.values(parts).reduce((sum, part) => sum + part, 0)).toBe(28)
  }
  expect([of('running').queued, of('failed').skipped, of('cancelled').cancelled]).toEqual([6, 12, 11])
})
