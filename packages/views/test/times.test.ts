/** The two forms of an instant. */
import { expect, test } from '@jest/globals'
import { documentedInstant, instant } from '../src/times.ts'

test('an instant is RFC 3339 in UTC with milliseconds, and without them in the form of the specification', () => {
  const epochMs = Date.UTC(2028, 1, 29, 23, 59, 59, 7)
  expect(instant(epochMs)).toBe('2028-02-29T23:59:59.007Z')
  expect(documentedInstant(epochMs)).toBe('2028-02-29T23:59:59')
})
