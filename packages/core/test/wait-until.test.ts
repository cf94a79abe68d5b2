/** For how long a job waits until a site may be asked. */
import { expect, test } from '@jest/globals'
import type { WaitReason } from '@video-scraper/contracts'
import { failureOfWait, hasWaitedTooLong, WaitUntil, waitMsUntil } from '@video-scraper/core'

const HOUR_MS = 3_600_000

test('a time that has passed, or is none, is in a second; the longest wait is 30 days; only what asks the site is spread', () => {
  const ms = (reason: WaitReason, at: number, random = 0) => waitMsUntil({ reason, at }, 10, random)
  expect([ms('site_rate', 5), ms('site_rate', Number.NaN), ms('site_rest', 5)]).toEqual([1000, 1000, 1000])
  expect(ms('site_rate', Number.MAX_VALUE)).toBe(30 * 24 * HOUR_MS)
  expect([ms('site_rest', 5010, 0.5), ms('site_rate', 5010, 0.5)]).toEqual([10_000, 5000])
})

test('a day is the longest that a job waits for a rate, and a rest ends by itself, as slots become free', () => {
  expect(hasWaitedTooLong('site_rate', 0, 24 * HOUR_MS)).toBe(false)
  expect(hasWaitedTooLong('site_rate', 0, 24 * HOUR_MS + 1)).toBe(true)
  expect(hasWaitedTooLong('site_rate', 10 * HOUR_MS, 30 * HOUR_MS)).toBe(false)
  expect(hasWaitedTooLong('site_rest', 0, 1000 * HOUR_MS)).toBe(false)
  expect(hasWaitedTooLong('transcode_turn', 0, 1000 * HOUR_MS)).toBe(false)
})

test('who may not wait for a site has met its limit, and who may not wait for a slot that of encoding', () => {
  const reasons = ['site_rest', 'site_rate', 'transcode_turn'] as const
  expect(reasons.map(failureOfWait)).toEqual(['rate_limited', 'rate_limited', 'transcode_limit'])
})

test('it says why the job waits, and until when', () => {
  expect(new WaitUntil('site_rest', 5)).toMatchObject({
    at: 5,
    reason: 'site_rest',
    message: 'The job waits: site_rest.',
  })
})
