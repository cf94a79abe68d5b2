/**
 * The payload version of each option (`since`), held against the last release: its workers must put off what they do not know, and
 * take all that they do know.
 */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { optionsOfKind } from '@video-scraper/contracts'
import { entryOptionTables } from '../src/options/playlist-table.ts'

const folder = new URL('../released/', import.meta.url)
const [record = ''] = readdirSync(folder)
const { schemas } = JSON.parse(readFileSync(new URL(record, folder), 'utf8')).components as {
  schemas: Record<string, { properties?: object }>
}

/** Every field that a body of the last release can have. */
const releasedFields = new Set(
  Object.entries(schemas)
    .filter(([name]) => /^Single\w+Request$|^EntryOptions$/.test(name))
    .flatMap(([, { properties = {} }]) => Object.keys(properties)),
)
const options = Object.entries(
  Object.assign({}, ...Object.values(entryOptionTables), ...Object.values(optionsOfKind)) as Record<
    string,
    { since: number }
  >,
)
const sinceOf = (isReleased: boolean) =>
  options.filter(([name]) => releasedFields.has(name) === isReleased).map(([name, { since }]) => [name, since] as const)
const released = sinceOf(true)
const newest = Math.max(...released.map(([, since]) => since))

test('the record of the last release names its options', () => {
  expect(releasedFields.size).toBeGreaterThan(20)
  expect(released.map(([name]) => name)).toEqual(expect.arrayContaining(['format_id', 'quality', 'cookies', 'items']))
})

test('an option that the last release does not have raises the version by one, and all of them alike', () => {
  for (const [name, since] of sinceOf(false)) expect([name, since]).toEqual([name, newest + 1])
})
