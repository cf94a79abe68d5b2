/** The watch over an attempt, with a Redis that answers late or not at all. */

import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { stopReasonOf } from '@video-scraper/core'
import { watchAttempt } from '../src/execution/attempt-watch.ts'
import type { HeldJob } from '../src/execution/held-job.ts'

type Renewal = Awaited<ReturnType<HeldJob['renew']>>

/** Resolves to how long the attempt went on and why it was stopped. */
async function stopped(lockMs: number, renew: () => Promise<Renewal>, timeoutMs = 0) {
  const startedAt = Date.now()
  const never = new AbortController().signal
  const watch = watchAttempt({ held: { renew } as never, lockMs, timeoutMs, stopped: never })
  await new Promise((resolve) => watch.signal.addEventListener('abort', resolve, { once: true }))
  watch.close()
  return { afterMs: Date.now() - startedAt, reason: stopReasonOf(watch.signal) }
}

const held: Renewal = { verdict: null, held: true }

test('an answer that took long leaves so much less until the attempt is stopped', async () => {
  // The lock is renewed when Redis has the command, which may be at once. The answer comes after 1800 ms, and no other does.
  let asked = 0
  const renew = async (): Promise<Renewal> => {
    asked += 1
    if (asked > 1) return new Promise<Renewal>(() => undefined)
    await sleep(1800)
    return held
  }
  const { afterMs, reason } = await stopped(3000, renew)
  expect(reason).toBe('lock_lost')
  // Asked after 300 ms. The lock holds 3000 ms from then, less the margin of 300 ms; counted from the answer it were 4800.
  expect(afterMs).toBeLessThan(4400)
})

test.each([
  ['the verdict that its message brought to nobody', { verdict: 'cancelled', held: true }, 'cancelled'],
  ['the lock that another worker has', { verdict: null, held: false }, 'lock_lost'],
] as const)('a look finds %s', async (_, renewal, expected) => {
  expect((await stopped(500, async () => renewal)).reason).toBe(expected)
})

test('a Redis that never answers stops the attempt before the lock ends', async () => {
  const { afterMs, reason } = await stopped(500, () => Promise.reject(new Error('away')))
  expect(reason).toBe('lock_lost')
  expect(afterMs).toBeGreaterThanOrEqual(449)
})

test('the clock of the attempt goes on while the lock is renewed', async () => {
  expect((await stopped(100, async () => held, 400)).reason).toBe('timeout')
})

test('the clock of the attempt stands still while work runs that has a bound of its own, and then goes on', async () => {
  const never = new AbortController().signal
  const watch = watchAttempt({
    held: { renew: async () => held } as never,
    lockMs: 5000,
    timeoutMs: 300,
    stopped: never,
  })
  try {
    await Promise.all([watch.withoutClock(() => sleep(500)), watch.withoutClock(() => sleep(700))])
    expect(watch.signal.aborted).toBe(false)
    const before = Date.now()
    await new Promise((resolve) => watch.signal.addEventListener('abort', resolve, { once: true }))
    expect(stopReasonOf(watch.signal)).toBe('timeout')
    expect(Date.now() - before).toBeGreaterThan(150)
  } finally {
    watch.close()
  }
})
