/** The three forms of a date of HTTP, and everything that only looks like one. */
import { expect, test } from '@jest/globals'
import { readHttpDate, writeHttpDate } from '../src/serve/http-date.ts'

const seconds = Date.UTC(1994, 10, 6, 8, 49, 37) / 1000

test.each(['Sun, 06 Nov 1994 08:49:37 GMT', 'Sunday, 06-Nov-94 08:49:37 GMT', 'Sun Nov  6 08:49:37 1994'])(
  '%s is read',
  (text) => {
    expect(readHttpDate(text)).toBe(seconds)
  },
)

test('what is written is read back', () => {
  expect(readHttpDate(writeHttpDate(seconds * 1000 + 999))).toBe(seconds)
})

test('a year of two digits is the nearer one', () => {
  expect(readHttpDate('Sunday, 06-Nov-33 08:49:37 GMT')).toBe(Date.UTC(2033, 10, 6, 8, 49, 37) / 1000)
  expect(readHttpDate('Friday, 06-Nov-70 08:49:37 GMT')).toBe(Date.UTC(1970, 10, 6, 8, 49, 37) / 1000)
})

test('a leap second counts as the one before', () => {
  expect(readHttpDate('Sat, 31 Dec 2016 23:59:60 GMT')).toBe(Date.UTC(2016, 11, 31, 23, 59, 59) / 1000)
})

test.each([
  '',
  '0',
  '1994-11-06T08:49:37Z',
  'Sun, 06 Nov 1994 08:49:37',
  'Sun, 06 Nov 1994 08:49:37 CET',
  'Sun, 6 Nov 1994 08:49:37 GMT',
  'Sun, 31 Feb 1994 08:49:37 GMT',
  'Sun, 00 Nov 1994 08:49:37 GMT',
  'Sun, 06 Foo 1994 08:49:37 GMT',
  'Sun, 06 Nov 1994 24:49:37 GMT',
  'Sun, 06 Nov 1994 08:60:37 GMT',
  'Sun, 06 Nov 1994 08:49:61 GMT',
  'Sun, 06 Nov 1994 08:49:37 GMT, Sun, 06 Nov 1994 08:49:37 GMT',
])('%j is no date', (text) => {
  expect(readHttpDate(text)).toBeNull()
})
