/** Options as one value: one form, one text for digests, one version; and what it takes to add one. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import {
  canonicalOptions,
  type DownloadOptions,
  defineOption,
  optionsOfKind,
  optionsText,
  payloadVersionOf,
} from '@video-scraper/contracts'
import { Type } from 'typebox'
import { Value } from 'typebox/value'
import { optionFields } from '../src/options/option.ts'

const planted = {
  ...optionsOfKind.download,
  planted: defineOption({
    schema: Type.Object({ b: Type.Integer(), a: Type.Optional(Type.Array(Type.String())) }),
    affects: 'file',
    since: 9,
    absent: { b: 0 },
  }),
  quiet: defineOption({ schema: Type.Boolean(), affects: 'nothing', since: 9, absent: false }),
}
const canonical = (fields: object) => canonicalOptions('download', { ...fields }, planted)
const text = (fields: object, affected: Parameters<typeof optionsText>[2]) =>
  optionsText('download', canonical(fields), affected, planted)

test('what means the same has one form, whatever its order and whatever else the request says', () => {
  const one = canonical({ url: 'x', planted: { b: 1, a: ['c'] }, format_id: '22', fresh: true })
  const other = canonical({ format_id: '22', planted: { a: ['c'], b: 1 } })
  expect(JSON.stringify(one)).toBe('{"format_id":"22","planted":{"a":["c"],"b":1}}')
  expect(JSON.stringify(other)).toBe(JSON.stringify(one))
})

test('what is absent, null, or meant anyway is no option', () => {
  expect(canonical({})).toEqual({})
  expect(canonical({ format_id: null, planted: undefined, quiet: false })).toEqual({})
  expect(canonical({ planted: { b: 0 } })).toEqual({})
  expect(canonicalOptions('info', { format_id: '22' })).toEqual({})
})

test('a digest is made of the options that affect it, and of no others', () => {
  const fields = { format_id: '22', planted: { b: 1 }, quiet: true }
  expect(text(fields, ['file'])).toBe('[["planted",{"b":1}]]')
  expect(text(fields, ['selection', 'file'])).toBe('[["format_id","22"],["planted",{"b":1}]]')
  expect(text(fields, ['extraction'])).toBe('')
  expect(text({}, ['selection', 'file'])).toBe('')
})

/** An option whose value holds options of its own. */
const nested = defineOption({
  schema: Type.Object({}),
  affects: 'file',
  since: 6,
  sinceOf: (value) => ('planted' in value ? 9 : 6),
  absent: null,
})

test('a payload has the lowest version that says all of it', () => {
  expect(payloadVersionOf('download', canonical({}), planted)).toBe(2)
  expect(payloadVersionOf('download', canonical({ format_id: '22' }), planted)).toBe(2)
  expect(payloadVersionOf('download', canonical({ planted: { b: 0 } }), planted)).toBe(2)
  expect(payloadVersionOf('download', canonical({ planted: { b: 1 } }), planted)).toBe(9)
})

test('a worker of the release before leaves what is to be encoded again to others', () => {
  expect(payloadVersionOf('download', { compatibility: 'universal' })).toBe(5)
  expect(payloadVersionOf('download', { compatibility: 'universal', transcode: true })).toBe(8)
})

test('options of entries count for the version of a playlist', () => {
  expect(payloadVersionOf('playlist', { of: 'info' })).toBe(6)
  expect(payloadVersionOf('playlist', { options: { planted: true } as object }, { options: nested })).toBe(9)
  expect(payloadVersionOf('playlist', { options: {} }, { options: nested })).toBe(6)
})

test('a planted option is a field of the request and of the payload without further words', () => {
  const Body = Type.Object({ url: Type.String(), ...optionFields(planted) }, { additionalProperties: false })
  expect(Value.Check(Body, { url: 'x', planted: { b: 1 } })).toBe(true)
  expect(Value.Check(Body, { url: 'x', planted: { b: '1' } })).toBe(false)
  expect(Value.Check(Body, { url: 'x', unplanted: true })).toBe(false)
})

test.each(Object.entries(optionsOfKind.download))('%s says what it is, with an example that is valid', (_, option) => {
  const { description, examples } = option.schema as { description?: string; examples?: unknown[] }
  expect(description).toMatch(/\.$/)
  expect(examples?.length).toBeGreaterThan(0)
  for (const example of examples ?? []) expect(Value.Check(option.schema, example)).toBe(true)
})

test('the type of the options is that of the table', () => {
  const options: DownloadOptions = { format_id: '22' }
  // @ts-expect-error: a null is not asked for, so it is in no payload.
  const wrong: DownloadOptions = { format_id: null }
  // @ts-expect-error: there is no such option.
  const unknown: DownloadOptions = { planted: true }
  expect([options, wrong, unknown]).toHaveLength(3)
})

test('every option stands in docs/options.md', () => {
  const page = readFileSync(new URL('../../../docs/options.md', import.meta.url), 'utf8')
  const names = Object.values(optionsOfKind).flatMap((options) => Object.keys(options))
  expect(names.filter((name) => !page.includes(`\`${name}\``) && !page.includes(`"${name}"`))).toEqual([])
})
