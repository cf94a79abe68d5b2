/** When a delivery that failed is tried again. */
import { expect, test } from '@jest/globals'
import { retryWaitMs } from '@video-scraper/webhooks'

const HOUR_MS = 3_600_000
const now = Date.parse('2026-11-06T08:49:37Z')
const failed = { waitsMs: [1000, 60_000], failedAttempts: 1, retryAfter: undefined, now, random: 0 }

test('each failed attempt has its own wait, and the last has none', () => {
  expect(retryWaitMs(failed)).toBe(1000)
  expect(retryWaitMs({ ...failed, failedAttempts: 2 })).toBe(60_000)
  expect(retryWaitMs({ ...failed, failedAttempts: 3 })).toBeNull()
})

test('chance adds up to a fifth of the wait', () => {
  expect(retryWaitMs({ ...failed, random: 0.5 })).toBe(1100)
  expect(retryWaitMs({ ...failed, random: 1 })).toBe(1200)
})

test.each([
  ['seconds', '30', 30_000],
  ['seconds that are less than the wait', '0', 1000],
  ['more than six hours', '999999', 6 * HOUR_MS],
  ['a number of ten digits, which is no number of seconds', '1000000000', 1000],
  ['a date', 'Fri, 06 Nov 2026 08:51:37 GMT', 120_000],
  ['a date in the past', 'Fri, 06 Nov 2026 08:00:00 GMT', 1000],
  ['a date in a year', 'Sat, 06 Nov 2027 08:00:00 GMT', 6 * HOUR_MS],
  ['words', 'soon', 1000],
])('Retry-After with %s', (_, retryAfter, wait) => {
  expect(retryWaitMs({ ...failed, retryAfter })).toBe(wait)
})
