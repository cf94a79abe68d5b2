/** When a stream that has not started is looked at again, and when no more. */
import { expect, test } from '@jest/globals'
import { lookAgainAt } from '@video-scraper/core'

const SECOND = 1000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR
const limits = { longestMs: 7 * DAY, marginMs: 0, spreadMs: 0 }
const NOW = Date.UTC(2026, 0, 1)
const wait = { startsAt: NOW + HOUR, createdAt: NOW, now: NOW, waits: 0, random: 0 }

test('at the start, a little later, and not all jobs in the same second', () => {
  expect(lookAgainAt(wait, limits)).toBe(NOW + HOUR)
  const byDefault = [0, 1].map((random) => lookAgainAt({ ...wait, random }, { longestMs: 7 * DAY }))
  expect(byDefault).toEqual([NOW + HOUR + 5 * SECOND, NOW + HOUR + 15 * SECOND])
})

test.each([
  ['just now', 0, MINUTE],
  ['a minute ago', MINUTE, MINUTE],
  ['an hour ago', HOUR, HOUR / 2],
  ['a day ago', DAY, HOUR],
])('a stream that should have begun %s is looked at later and later, within an hour', (_, late, waitMs) => {
  expect(lookAgainAt({ ...wait, startsAt: NOW - late }, limits)).toBe(NOW + waitMs)
})

test('not beyond so many days after the request, however often the start is put off', () => {
  const last = { ...wait, startsAt: NOW + 7 * DAY }
  expect(lookAgainAt(last, limits)).toBe(NOW + 7 * DAY)
  expect(lookAgainAt({ ...last, startsAt: NOW + 7 * DAY + 1 }, limits)).toBeNull()
  const later = { ...wait, now: NOW + 6 * DAY }
  expect(lookAgainAt({ ...later, startsAt: NOW + 6 * DAY + HOUR }, limits)).toBe(NOW + 6 * DAY + HOUR)
  expect(lookAgainAt({ ...later, startsAt: NOW + 8 * DAY }, limits)).toBeNull()
  expect(lookAgainAt(wait, { ...limits, longestMs: 0 })).toBeNull()
})

test('not more than a hundred times, and not where nobody knows when', () => {
  expect(lookAgainAt({ ...wait, waits: 99 }, limits)).toBe(NOW + HOUR)
  expect(lookAgainAt({ ...wait, waits: 100 }, limits)).toBeNull()
  expect(lookAgainAt({ ...wait, startsAt: null }, limits)).toBeNull()
})

test('a stream that never begins is given up after a hundred looks, which takes days', () => {
  let now = NOW
  let waits = 0
  for (let at: number | null = now; at !== null; waits += 1) {
    now = at
    at = lookAgainAt({ ...wait, startsAt: NOW, now, waits }, limits)
  }
  expect(waits).toBe(101)
  expect(now - NOW).toBeGreaterThan(3 * DAY)
})
