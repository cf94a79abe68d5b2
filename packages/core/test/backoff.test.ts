/** Waits grow, spread, and honour what the source asked for. */
import { expect, test } from '@jest/globals'
import { backoffMs } from '@video-scraper/core'

const QUARTER_HOUR_MS = 15 * 60_000

test.each([
  [1, 2000, 3000],
  [2, 8000, 12_000],
  [3, 32_000, 48_000],
])('after %i failed attempts the wait lies between %i and %i ms', (failedAttempts, least, most) => {
  expect(backoffMs({ failedAttempts, random: 0 })).toBe(least)
  expect(backoffMs({ failedAttempts, random: 1 })).toBe(most)
  expect(backoffMs({ failedAttempts, random: 0.5 })).toBe((least + most) / 2)
})

test('the longest wait after one attempt is shorter than the shortest after the next', () => {
  for (let failedAttempts = 1; failedAttempts < 5; failedAttempts += 1) {
    const longest = backoffMs({ failedAttempts, random: 1 })
    expect(longest).toBeLessThan(backoffMs({ failedAttempts: failedAttempts + 1, random: 0 }))
  }
})

test('Retry-After is honoured: never earlier, never shortened to our own wait, up to a quarter of an hour', () => {
  expect(backoffMs({ failedAttempts: 1, retryAfterMs: 60_000, random: 0.5 })).toBe(60_000)
  expect(backoffMs({ failedAttempts: 1, retryAfterMs: 1, random: 0 })).toBe(2000)
  expect(backoffMs({ failedAttempts: 1, retryAfterMs: 86_400_000, random: 0 })).toBe(QUARTER_HOUR_MS)
  expect(backoffMs({ failedAttempts: 1, retryAfterMs: Number.POSITIVE_INFINITY, random: 0 })).toBe(QUARTER_HOUR_MS)
})

test.each([50, 600, 5000])('%i failed attempts still give a wait that a timer can hold', (failedAttempts) => {
  expect(backoffMs({ failedAttempts, random: 0.3 })).toBe(QUARTER_HOUR_MS)
})
