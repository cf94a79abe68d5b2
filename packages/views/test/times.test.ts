/** Instants are written by hand: they must be what JavaScript writes. */
import { expect, test } from '@jest/globals'
import { instant } from '../src/times.ts'

const MIDNIGHT = Date.UTC(2026, 10, 24)

test.each([
  ['the last millisecond of a day', MIDNIGHT - 1],
  ['midnight', MIDNIGHT],
  ['a second later', MIDNIGHT + 1000],
  ['the day before again', MIDNIGHT - 43_210_987],
  ['a leap day', Date.UTC(2028, 1, 29, 23, 59, 59, 999)],
  ['the beginning', 0],
  ['before the beginning', -1],
  ['a year of five digits', Date.UTC(12_345, 0, 1)],
])('%s', (_, epochMs) => {
  expect(instant(epochMs)).toBe(new Date(epochMs).toISOString())
})

test('any millisecond of two weeks', () => {
  for (let step = 0; step < 20_000; step += 1) {
    const epochMs = MIDNIGHT + step * 60_481
    expect(instant(epochMs)).toBe(new Date(epochMs).toISOString())
  }
})

test('what is no instant is refused, as by JavaScript', () => {
  expect(() => instant(Number.NaN)).toThrow(RangeError)
})
