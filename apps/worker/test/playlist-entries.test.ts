/** What a playlist writes down of its list, and what it asks of each entry. */
import { expect, test } from '@jest/globals'
import type { RunningJob } from '@video-scraper/queue'
import { childRequest } from '../src/playlist/child-request.ts'
import { rowsOf } from '../src/playlist/read-list.ts'

const LIST = 'https://example.com/list'
const MIB = 1024 * 1024
const entry = (position: number, url: string, title: string | null = null) => ({ position, url, title })

const listed = (entries: ReturnType<typeof entry>[]) => rowsOf(LIST, { entries } as Parameters<typeof rowsOf>[1])

test('an address that is there twice is written down once', () => {
  const rows = listed([entry(1, 'https://example.com/1'), entry(2, 'https://example.com/1', 'Again')])
  expect(rows).toEqual([
    { listed: { position: 1, url: 'https://example.com/1', title: null }, outcome: null },
    { listed: { position: 2, url: null, title: 'Again' }, outcome: { state: 'skipped', skipCode: 'duplicate' } },
  ])
})

// A control character takes six bytes as JSON.
test.each([
  ['letters', 'x'],
  ['control characters', '\u0001'],
  ['characters of three bytes', '\u20ac'],
])('the longest titles, of %s, take a MiB together, and what comes after them is skipped', (_, character) => {
  const path = 'p'.repeat(1900)
  const rows = listed(
    Array.from({ length: 5000 }, (_entry, at) =>
      entry(at + 1, `https://example.com/${at}/${path}`, character.repeat(300)),
    ),
  )
  const taken = rows.map((row) => Buffer.byteLength(JSON.stringify([row.listed.url, row.listed.title])))
  const texts = rows.filter((row) => row.outcome === null)
  expect(taken.reduce((sum, bytes) => sum + bytes, 0)).toBeLessThan(MIB + 5000 * '[null,null]'.length)
  expect(texts.length).toBeGreaterThan(200)
  expect(rows).toHaveLength(5000)
  expect(rows.slice(texts.length)).toEqual(
    Array.from({ length: 5000 - texts.length }, (_entry, at) => ({
      listed: { position: texts.length + at + 1, url: null, title: null },
      outcome: { state: 'skipped', skipCode: 'list_too_large' },
    })),
  )
})

test('five thousand entries with usual addresses and titles all have space', () => {
  const rows = listed(
    Array.from({ length: 5000 }, (_, at) =>
      entry(
        at + 1,
        `https://www.example.com/watch?v=abcdefghij${at}`,
        `The title of a video, number ${at}, of ${'x'.repeat(60)}`,
      ),
    ),
  )
  expect(rows.filter(({ outcome }) => outcome !== null)).toEqual([])
})

test('the job of an entry asks from the country of its playlist', () => {
  const envelope = {
    url: LIST,
    owner: 'me',
    limitSubject: 'me',
    requestId: '1',
    options: { country: 'DE', of: 'info' },
  }
  const job = { id: 'playlist_1', envelope } as unknown as RunningJob
  expect(childRequest(job, { position: 1, url: 'https://example.com/1', title: null }, 0).options).toEqual({
    country: 'DE',
  })
})
