/**
 * What a schema lets through: the fields that it names, at every depth. A value in which every field is named comes back as it is,
 * so the order of its keys stays, and nothing is copied. Of JSON Schema this knows what the schemas of answers use; it throws
 * for anything else, since a schema that it cannot read would let everything through.
 */
import type { NamedSchema } from './named-schemas.ts'

/** Returns the value without the fields that no schema names. */
type Filter = (value: unknown) => unknown

type JsonObject = Readonly<Record<string, unknown>>

/** `named`: the schemas to which others refer, as `Name#`. */
export function createKnownFields(named: readonly NamedSchema[]): (schema: object) => Filter {
  const schemas = new Map(named.map((schema) => [`${schema.$id}#`, schema]))
  const filters = new Map<string, Filter>()

  function filterOf(schema: JsonObject): Filter {
    if (OPENING.some((keyword) => keyword in schema) || isOpenBesideFields(schema)) throw unreadable(schema)
    if (typeof schema.$ref === 'string') return referred(schema.$ref)
    const alternatives = (schema.oneOf ?? schema.anyOf) as JsonObject[] | undefined
    if (alternatives !== undefined) return oneOf(alternatives, schema.discriminator as Discriminator | undefined)
    const type = typeOf(schema)
    if (type === 'object') return fields(schema)
    if (type === 'array') return items(filterOf(schema.items as JsonObject))
    return scalarOnly
  }

  function referred(name: string): Filter {
    const made = filters.get(name)
    if (made !== undefined) return made
    const schema = schemas.get(name)
    if (schema === undefined) throw new Error(`An answer refers to ${name}, which is not there.`)
    const filter = filterOf(schema as unknown as JsonObject)
    filters.set(name, filter)
    return filter
  }

  function fields({ properties = {}, additionalProperties }: JsonObject): Filter {
    const known = new Map(
      Object.entries(properties as JsonObject).map(([key, part]) => [key, filterOf(part as JsonObject)]),
    )
    const others = isObject(additionalProperties) ? filterOf(additionalProperties) : unnamed
    return (value) => (isObject(value) ? filtered(value, known, others) : scalarOnly(value))
  }

  function oneOf(alternatives: readonly JsonObject[], discriminator: Discriminator | undefined): Filter {
    const shapes = alternatives.map((schema) => ({ filter: filterOf(schema), keys: keysOf(schema) }))
    const byWord = new Map(
      Object.entries(discriminator?.mapping ?? {}).map(([word, place]) => [
        word,
        filterOf({ $ref: referenceAt(place) }),
      ]),
    )
    const list = filterOfList(alternatives)
    const property = discriminator?.propertyName ?? ''
    return (value) => {
      if (Array.isArray(value)) return list(value)
      if (!isObject(value)) return value
      const filter = byWord.get(value[property] as string) ?? nearest(shapes, value)
      return filter(value)
    }
  }

  /** Of the first alternative that is a list. Without one, no list passes. */
  function filterOfList(alternatives: readonly JsonObject[]): Filter {
    const lists = alternatives.find((schema) => isList(schema))
    return lists === undefined ? unnamed : filterOf(lists)
  }

  function isList(schema: JsonObject): boolean {
    const meant = meantBy(schema)
    return [meant.type].flat().includes('array') || alternativesOf(meant).some(isList)
  }

  /** The keys that a schema names at its top, those of its alternatives included. */
  function keysOf(schema: JsonObject): ReadonlySet<string> {
    const meant = meantBy(schema)
    const inside = alternativesOf(meant).flatMap((part) => [...keysOf(part)])
    return new Set([...Object.keys((meant.properties ?? {}) as JsonObject), ...inside])
  }

  const meantBy = (schema: JsonObject): JsonObject =>
    typeof schema.$ref === 'string' ? (schemas.get(schema.$ref) as unknown as JsonObject) : schema

  return (schema) => filterOf(schema as JsonObject)
}

interface Discriminator {
  readonly propertyName: string
  /** `#/components/schemas/Name` for each word. */
  readonly mapping?: Readonly<Record<string, string>>
}

const referenceAt = (place: string) => `${place.slice(place.lastIndexOf('/') + 1)}#`

const isObject = (value: unknown): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const unnamed: Filter = () => undefined

/** In a place of another shape no field is named, so an object or a list does not pass there. A text, a number and null hold none. */
const scalarOnly: Filter = (value) => (typeof value === 'object' && value !== null ? undefined : value)

/** The alternative that names most of the fields, the first one among equals: that which the value was made for. */
function nearest(shapes: readonly { filter: Filter; keys: ReadonlySet<string> }[], value: JsonObject): Filter {
  const given = Object.keys(value)
  let best: Filter = unnamed
  let most = -1
  for (const { filter, keys } of shapes) {
    const count = given.filter((key) => keys.has(key)).length
    if (count > most) {
      best = filter
      most = count
    }
  }
  return best
}

/** A field without a value is left out by `JSON.stringify`, so it is no reason to copy the others. */
function filtered(value: JsonObject, known: ReadonlyMap<string, Filter>, others: Filter): JsonObject {
  let copy: Record<string, unknown> | null = null
  for (const key of Object.keys(value)) {
    const before = value[key]
    if (before === undefined) continue
    const after = (known.get(key) ?? others)(before)
    if (after === before) continue
    copy ??= { ...value }
    if (after === undefined) delete copy[key]
    else copy[key] = after
  }
  return copy ?? value
}

const items =
  (filter: Filter): Filter =>
  (value) => {
    if (!Array.isArray(value)) return scalarOnly(value)
    let copy: unknown[] | null = null
    for (const [position, before] of value.entries()) {
      const after = filter(before)
      if (after !== before) copy ??= value.slice(0, position)
      // JSON would write null for an element without a value.
      if (after !== undefined) copy?.push(after)
    }
    return copy ?? value
  }

/** Of these the filter knows nothing, and each lets fields through that it would not name, or names others. */
const OPENING = ['allOf', 'patternProperties', 'unevaluatedProperties', 'if'] as const

const isOpenBesideFields = ({ properties, additionalProperties }: JsonObject): boolean =>
  properties !== undefined && additionalProperties === true

const alternativesOf = ({ oneOf, anyOf }: JsonObject) => (oneOf ?? anyOf ?? []) as readonly JsonObject[]

const scalars = new Set(['string', 'number', 'integer', 'boolean', 'null'])

function typeOf(schema: JsonObject): string {
  const types = [schema.type].flat().filter((type) => type !== 'null') as string[]
  const type = types.length === 1 ? types[0] : undefined
  if (type === 'object' && !('properties' in schema || isObject(schema.additionalProperties))) throw unreadable(schema)
  if (type === 'object' || type === 'array') return type
  if (types.every((each) => scalars.has(each))) return 'scalar'
  throw unreadable(schema)
}

const unreadable = (schema: JsonObject) =>
  new Error(`The schema of an answer does not say which fields it has: ${JSON.stringify(schema)}`)
