/**
 * What each keyword of a schema means to clients of the last release. `sent` holds for what they send: whatever was taken has to be
 * taken still. `read` holds for what they read: whatever they count on has to come still, as it came. More of it is free.
 */
import { narrows } from './bounds.mjs'

const nothing = () => []

/** A rule gets the two schemas, `compare` for schemas inside of them, and `at`, where they stand. It returns sentences. */
const structure = {
  type: {
    sent: ({ before, after, at }) => {
      const taken = typesOf(after)
      const lost = typesOf(before).filter(
        (type) => !taken.includes(type) && !(type === 'integer' && taken.includes('number')),
      )
      return lost.length > 0 ? [`${at}: ${lost.join(', ')} was taken, and is not any more`] : []
    },
    read: ({ before, after, at }) => {
      const known = typesOf(before)
      const foreign = typesOf(after).filter(
        (type) => !known.includes(type) && !(type === 'integer' && known.includes('number')),
      )
      return foreign.length > 0 ? [`${at}: it may be ${foreign.join(', ')} now`] : []
    },
  },
  enum: {
    sent: ({ before, after, at }) => {
      if (!after.enum) return []
      if (!before.enum) return [`${at}: it takes some words only now`]
      return lostWords(before.enum, after.enum, at)
    },
    // New words are free: a client passes on what it does not know.
    read: ({ before, after, at }) => (before.enum && after.enum ? lostWords(before.enum, after.enum, at) : []),
  },
  properties: {
    sent: fieldBreaks,
    read: fieldBreaks,
  },
  required: {
    sent: ({ before, after, at }) =>
      listOf(after.required)
        .filter((name) => !listOf(before.required).includes(name))
        .map((name) => `${at}.${name}: it is required now`),
    read: ({ before, after, at }) =>
      listOf(before.required)
        .filter((name) => !listOf(after.required).includes(name) && after.properties?.[name])
        .map((name) => `${at}.${name}: it may be missing now`),
  },
  items: {
    sent: ({ before, after, compare, at }) => insideBreaks(before.items, after.items, compare, `${at}[]`),
    read: ({ before, after, compare, at }) => insideBreaks(before.items, after.items, compare, `${at}[]`),
  },
  additionalProperties: {
    sent: ({ before, after, compare, at }) => {
      if (after.additionalProperties === false)
        return before.additionalProperties === false ? [] : [`${at}: it takes no other fields now`]
      return isSchema(before.additionalProperties) || isSchema(after.additionalProperties)
        ? insideBreaks(openOf(before), openOf(after), compare, `${at}.*`)
        : []
    },
    read: ({ before, after, compare, at }) =>
      isSchema(before.additionalProperties) && after.additionalProperties !== false
        ? insideBreaks(before.additionalProperties, openOf(after), compare, `${at}.*`)
        : [],
  },
  propertyNames: {
    sent: ({ before, after, compare, at }) =>
      after.propertyNames
        ? insideBreaks(before.propertyNames ?? {}, after.propertyNames, compare, `names of ${at}`)
        : [],
    read: nothing,
  },
  discriminator: {
    sent: nothing,
    read: ({ before, after, at }) =>
      before.discriminator && before.discriminator.propertyName !== after.discriminator?.propertyName
        ? [`${at}: its kinds are no longer distinguished by ${before.discriminator.propertyName}`]
        : [],
  },
}

const bounds = Object.fromEntries(
  Object.entries(narrows).map(([keyword, isNarrower]) => [
    keyword,
    {
      sent: ({ before, after, at }) =>
        isNarrower(before[keyword], after[keyword])
          ? [`${at}: ${keyword} takes less (${before[keyword] ?? 'none'} → ${after[keyword]})`]
          : [],
      read:
        keyword === 'format'
          ? ({ before, after, at }) =>
              before.format !== undefined && before.format !== after.format
                ? [`${at}: its format was ${before.format}, and is ${after.format ?? 'none'}`]
                : []
          : nothing,
    },
  ]),
)

/** They say something to people, or to generators of code. `oneOf` is compared before all others (`comparison.mjs`). */
const silent = ['oneOf', 'description', 'title', 'examples', 'example', 'default', 'deprecated', 'x-kind']

export const keywords = {
  ...structure,
  ...bounds,
  ...Object.fromEntries(silent.map((keyword) => [keyword, { sent: nothing, read: nothing }])),
}

const TYPES = ['null', 'boolean', 'integer', 'number', 'string', 'array', 'object']
const typesOf = ({ type }) => (type === undefined ? TYPES : [type].flat())
const listOf = (list) => list ?? []
const isSchema = (value) => typeof value === 'object' && value !== null
const openOf = ({ additionalProperties }) => (isSchema(additionalProperties) ? additionalProperties : {})

const lostWords = (before, after, at) =>
  before.filter((word) => !after.includes(word)).map((word) => `${at}: the word ${JSON.stringify(word)} has vanished`)

function fieldBreaks({ before, after, compare, at }) {
  return Object.entries(before.properties ?? {}).flatMap(([name, field]) => {
    const now = after.properties?.[name]
    return now === undefined ? [`${at}.${name}: the field has vanished`] : compare(field, now, `${at}.${name}`)
  })
}

/** No schema lets everything pass. */
const insideBreaks = (before, after, compare, at) =>
  before === undefined && after === undefined ? [] : compare(before ?? {}, after ?? {}, at)
