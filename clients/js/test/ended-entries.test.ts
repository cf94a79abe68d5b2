/** Entries of a playlist are given once each, also where they come in pages, and no page is read for nothing. */
import { expect, test } from '@jest/globals'
import { EndedEntries } from '../src/ended-entries.ts'
import { ServiceError } from '../src/errors.ts'
import type { Job, PlaylistEntry } from '../src/generated/schemas.ts'

/** Six entries in pages of two, of which the states can be changed. */
function scene(signal = new AbortController().signal) {
  const states = ['queued', 'queued', 'queued', 'queued', 'queued', 'queued']
  const [given, read]: [number[], string[]] = [[], []]
  const failing: Error[] = []
  const entries = new EndedEntries({
    async page(cursor = '0') {
      read.push(cursor)
      const error = failing.shift()
      if (error) throw error
      const at = Number(cursor)
      const items = [at, at + 1].map((index) => ({ position: index + 1, state: states[index] }) as PlaylistEntry)
      return { items, nextCursor: at < 4 ? String(at + 2) : null }
    },
    onEntry: ({ position }) => given.push(position),
    signal,
  })
  /** What the playlist says when so many entries have ended. */
  const see = (ended: number, status = 'processing') =>
    entries.see({ status, summary: { total: 6, queued: 6 - ended, running: 0 } } as unknown as Job)
  const end = (...positions: number[]) => {
    for (const position of positions) states[position - 1] = 'completed'
  }
  return { states, given, read, failing, see, end, entries }
}

test('each is given once, in the order of the ends, and pages that are done with are not read again', async () => {
  const { given, read, see, end } = scene()
  await see(0)
  end(2)
  await see(1)
  expect([given, read.splice(0)]).toEqual([[2], ['0', '2']])
  end(1, 4)
  await see(3)
  expect([given, read.splice(0)]).toEqual([
    [2, 1, 4],
    ['0', '2', '4'],
  ])
  // Nothing has ended since.
  await see(3)
  end(3, 5, 6)
  await see(6, 'completed')
  expect([given, read]).toEqual([
    [2, 1, 4, 3, 5, 6],
    ['2', '4'],
  ])
})

test('what goes on is given at no time, and an unknown word once the playlist has ended', async () => {
  const { states, given, see } = scene()
  states.splice(0, 3, 'levitating', 'running', 'skipped')
  await see(1)
  expect(given).toEqual([])
  await see(1, 'cancelled')
  expect(given).toEqual([1, 3])
})

test('a list that was not read has no entries', async () => {
  const { read, entries } = scene()
  await entries.see({ status: 'failed' } as unknown as Job)
  expect(read).toEqual([])
})

test('a page that cannot be had for a moment is read at the next state, but at the end that is an error', async () => {
  const { given, failing, see, end } = scene()
  const away = () => new ServiceError('away', { code: 'service_unavailable', status: 503 })
  end(1)
  failing.push(away())
  await see(1)
  expect(given).toEqual([])
  await see(1)
  expect(given).toEqual([1])
  failing.push(away())
  await expect(see(1, 'completed')).rejects.toThrow('away')
})

test('whoever stops waiting is given nothing any more', async () => {
  const controller = new AbortController()
  const { given, see, end } = scene(controller.signal)
  end(1, 2)
  controller.abort(new Error('enough'))
  await expect(see(2)).rejects.toThrow('enough')
  expect(given).toEqual([1])
})
