/** What must hold between the rows of the table of kinds, which no type can say. */
import { expect, test } from '@jest/globals'
import { jobKinds, kinds, WebhookEvent } from '@video-scraper/contracts'

const rows = jobKinds.map((kind) => kinds[kind])
const unique = (words: readonly string[]) => new Set(words).size === words.length

test('no two kinds share a name, an operation, a path or an event', () => {
  expect(unique(rows.map(({ name }) => name))).toBe(true)
  expect(unique(rows.map(({ operation }) => operation.id))).toBe(true)
  expect(unique(rows.map(({ path }) => path))).toBe(true)
  expect(unique(WebhookEvent.enum)).toBe(true)
  expect(WebhookEvent.enum).toHaveLength(3 * rows.length)
})

test('the kind can be read off an id: one kind has UUIDs, and no beginning is that of another', () => {
  const beginnings = rows.map(({ ids }): string => ids)
  expect(unique(beginnings)).toBe(true)
  expect(beginnings.filter((each) => each !== 'uuid').every((each) => /^[a-z]+_$/.test(each))).toBe(true)
})

test('options of two kinds that have one name are one option, for a payload has one schema for it', () => {
  const named = rows.flatMap(({ options }) => Object.entries<object>(options))
  for (const [name, option] of named) {
    expect(named.filter(([other]) => other === name).every(([, each]) => each === option)).toBe(true)
  }
})
