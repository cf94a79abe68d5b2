/** How long yt-dlp stays away after its zygote has ended. */
import { expect, test } from '@jest/globals'
import { createRestartPauses } from '../src/warm/restart-pauses.ts'

test('pauses double up to a minute', () => {
  const pauses = createRestartPauses(500)
  const waits = Array.from({ length: 9 }, () => pauses.next(0))
  expect(waits).toEqual([500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000])
})

test('a zygote that served for more than a minute is started again at once, however often others failed before it', () => {
  const pauses = createRestartPauses(500)
  for (let failure = 0; failure < 5; failure += 1) pauses.next(0)
  expect(pauses.next(60_000)).toBe(16_000)
  expect(pauses.next(60_001)).toBe(500)
  expect(pauses.next(0)).toBe(1000)
})
