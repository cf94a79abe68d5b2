import { expect, test } from '@jest/globals'
import { destinationSeal, recordLifetimeMs } from '@video-scraper/core'

test('the record of a job outlives its file by a day, and is kept for ever where the file is', () => {
  expect(recordLifetimeMs(24)).toBe(48 * 3_600_000)
  expect(recordLifetimeMs(1)).toBe(25 * 3_600_000)
  expect(recordLifetimeMs(0)).toBe(0)
})

test('a sealed address is bound to its owner and its origin', () => {
  expect(destinationSeal({ owner: 'me', origin: 'https://a.example' })).toEqual({
    use: 'destinations of files',
    boundTo: ['me', 'https://a.example'],
  })
})
