/** A download that is stopped because its space is gone fails for that reason, however its own stop is reported. */
import { expect, test } from '@jest/globals'
import { JobFailure, Stop } from '@video-scraper/core'
import type { StorageBudget } from '../src/storage-budget.ts'
import { withReservation } from '../src/tasks/with-reservation.ts'

const subject = { jobId: 'download_0', owner: 'anonymous', folder: '/nonexistent' }

function placeThatEnds() {
  const end = new AbortController()
  const removed: string[] = []
  const reservation = { signal: end.signal, release: async () => undefined }
  const budget = { admit: async () => reservation, isDiskFull: async () => false } as unknown as StorageBudget
  const folders = { remove: async (id: string) => void removed.push(id) } as never
  return { end, removed, givers: { budget, folders } }
}

test.each(['disk_full', 'quota_exceeded'] as const)('a stop for %s is that failure, and no hand-back', async (code) => {
  const { end, removed, givers } = placeThatEnds()
  const running = withReservation(givers, subject, new AbortController().signal, async () => {
    end.abort(new JobFailure(code))
    // What the engine says when its signal was aborted, whatever the reason.
    throw new Stop('shutdown')
  })
  await expect(running).rejects.toMatchObject({ code })
  expect(removed).toEqual([subject.jobId])
})

test.each([
  ['live_not_started', [subject.jobId]],
  ['network_error', []],
] as const)('after %s what was fetched is kept only where a later attempt can use it', async (code, gone) => {
  const { removed, givers } = placeThatEnds()
  const running = withReservation(givers, subject, new AbortController().signal, async () => {
    throw new JobFailure(code)
  })
  await expect(running).rejects.toMatchObject({ code })
  expect(removed).toEqual(gone)
})

test('a stop of the attempt itself stays a stop', async () => {
  const { removed, givers } = placeThatEnds()
  const running = withReservation(givers, subject, new AbortController().signal, async () => {
    throw new Stop('lock_lost')
  })
  await expect(running).rejects.toMatchObject({ reason: 'lock_lost' })
  expect(removed).toEqual([])
})
