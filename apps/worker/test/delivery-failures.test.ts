/** What a store's answer to a delivery becomes. */
import { expect, test } from '@jest/globals'
import { failureOfAnswer } from '../src/destination/delivery-failures.ts'

test.each([
  [200, null],
  [204, null],
  [301, 'delivery_refused'],
  [400, 'delivery_refused'],
  [403, 'delivery_refused'],
  [404, 'delivery_refused'],
  [411, 'delivery_refused'],
  [408, 'delivery_failed'],
  [425, 'delivery_failed'],
  [429, 'delivery_failed'],
  [500, 'delivery_failed'],
  [503, 'delivery_failed'],
  [599, 'delivery_failed'],
])('the answer %i is %s', (status, code) => {
  const failed = failureOfAnswer({ status, headers: { 'retry-after': '7' } }, Date.now())
  expect(failed?.code ?? null).toBe(code)
  expect(failed?.retryAfterMs).toBe(code === 'delivery_failed' ? 7000 : undefined)
})
