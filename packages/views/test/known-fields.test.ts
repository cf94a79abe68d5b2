/** The filter of fields by a schema: what passes, what does not, and which schemas it refuses. */
import { expect, test } from '@jest/globals'
import { createKnownFields } from '../src/known-fields.ts'

const object = (properties: object) => ({ type: 'object', properties })
const array = (items: object) => ({ type: 'array', items })
const text = { type: 'string' }
const Cat = { $id: 'Cat', type: 'object', properties: { word: { type: 'string' }, claws: { type: 'integer' } } }
const Dog = { $id: 'Dog', type: 'object', properties: { word: { type: 'string' }, barks: { type: 'boolean' } } }
const oneOf = [{ $ref: 'Cat#' }, { $ref: 'Dog#' }]
const mapping = { cat: '#/components/schemas/Cat', dog: '#/components/schemas/Dog' }
const filterOf = createKnownFields([Cat, Dog])

test.each([
  ['an object', object({ a: { type: 'integer' } }), { a: 1, b: 2 }, { a: 1 }],
  ['an array', array(object({ a: { type: 'integer' } })), [{ a: 1, b: 2 }, { a: 3 }], [{ a: 1 }, { a: 3 }]],
  ['a place for a text', object({ a: { type: 'string' } }), { a: { b: 1 } }, {}],
  ['what may be null', object({ a: { type: ['string', 'null'] } }), { a: null, b: null }, { a: null }],
  ['a map of texts', { type: 'object', additionalProperties: { type: 'string' } }, { a: 'b', c: {} }, { a: 'b' }],
  ['a reference', { $ref: 'Cat#' }, { word: 'cat', tail: 1 }, { word: 'cat' }],
  [
    'alternatives distinguished by a word',
    { oneOf, discriminator: { propertyName: 'word', mapping } },
    { word: 'dog', claws: 4 },
    { word: 'dog' },
  ],
  [
    'alternatives distinguished by their fields',
    { oneOf },
    { barks: true, claws: 4, word: 'dog', c: 1 },
    { claws: 4, word: 'dog' },
  ],
  [
    'a place for an object',
    object({ a: object({}), b: object({}), c: object({}) }),
    { a: [{ d: 1 }], b: 'b', c: null },
    { b: 'b', c: null },
  ],
  [
    'a place for an array',
    object({ a: array(text), b: array(text), c: array(text) }),
    { a: { d: 1 }, b: 1, c: null },
    { b: 1, c: null },
  ],
  ['an array of texts', array(text), ['a', { b: 1 }, ['c'], null, 'd'], ['a', null, 'd']],
  ['alternatives without an array', object({ a: { oneOf } }), { a: [{ word: 'cat', tail: 1 }] }, {}],
  [
    'alternatives with an array',
    { anyOf: [text, array({ $ref: 'Cat#' })] },
    [{ word: 'cat', tail: 1 }],
    [{ word: 'cat' }],
  ],
  ['alternatives within alternatives', { anyOf: [text, { oneOf: [array(text)] }] }, ['a', { b: 1 }], ['a']],
])('in %s', (_place, schema, given, sent) => {
  const before = structuredClone(given)
  expect(filterOf(schema)(given)).toEqual(sent)
  expect(given).toEqual(before)
})

test('where every field is named, the value itself is sent, in its own order and with its own length', () => {
  const value = [{ claws: 4, word: 'cat', origin: undefined }, { word: 'dog' }]
  expect(filterOf({ type: 'array', items: { oneOf } })(value)).toBe(value)
})

test.each([
  ['that is open', { type: 'object' }],
  ['that says nothing', {}],
  ['of a keyword that is not known here', { allOf: [{ $ref: 'Cat#' }] }],
  ['that has allOf beside fields', { ...object({}), allOf: [{ $ref: 'Cat#' }] }],
  ['that names fields by a pattern', { ...object({}), patternProperties: { '^x': text } }],
  ['that is open beside fields', { ...object({ a: text }), additionalProperties: true }],
  ['that is open in a list of a field', object({ a: array({ ...object({}), additionalProperties: true }) })],
  ['that refers to nothing', { $ref: 'Bird#' }],
])('a schema %s is refused when the gateway is built', (_kind, schema) => {
  expect(() => filterOf(schema)).toThrow()
})
