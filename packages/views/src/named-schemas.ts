/** The named schemas of `contracts`, each written out once: inside of the others its name stands for it. */
import * as contracts from '@video-scraper/contracts'

export interface NamedSchema {
  $id: string
}

const isNamed = (value: unknown): value is NamedSchema =>
  typeof value === 'object' && value !== null && '$id' in value && typeof value.$id === 'string'

/** Bodies are validated by schemas that hold others whole; Fastify takes each name once. */
function referring(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(referring)
  if (typeof part !== 'object' || part === null) return part
  if (isNamed(part)) return { $ref: `${part.$id}#` }
  return Object.fromEntries(Object.entries(part).map(([key, inside]) => [key, referring(inside)]))
}

/** With those that only stand inside of others. Arrays and functions that `contracts` exports hold none. */
function namedIn(part: unknown): NamedSchema[] {
  if (typeof part !== 'object' || part === null) return []
  const inside = Object.values(part).flatMap(namedIn)
  return isNamed(part) ? [part, ...inside] : inside
}

/** By name, so that the document does not change where only the order of exports does. */
export function namedSchemas(): NamedSchema[] {
  const byName = new Map(namedIn({ ...contracts }).map((schema) => [schema.$id, schema]))
  const sorted = [...byName.values()].toSorted((one, other) => (one.$id < other.$id ? -1 : 1))
  return sorted.map(({ $id, ...schema }) => ({ $id, ...(referring(schema) as object) }))
}
