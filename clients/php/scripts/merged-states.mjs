/**
 * Unions that share states become one. A class of PHP extends one class, and the states of jobs that are no downloads belong to
 * several unions: one for each kind of job, and one for all of them.
 */
import { nameOf } from './reference.mjs'

/** A copy of the document in which the widest union stands for those that it holds; it is distinguished as they are. */
export function withMergedStates(document) {
  const copy = structuredClone(document)
  const { schemas } = copy.components
  for (const [name, schema] of Object.entries(schemas)) {
    if (!schema.oneOf || schema.discriminator) continue
    const parts = schema.oneOf.map(nameOf)
    const held = Object.keys(schemas).filter((other) => isHeldBy(parts, schemas[other]))
    if (held.length === 0) continue
    schema.discriminator = mergedDiscriminator(held.map((other) => schemas[other].discriminator))
    for (const other of held) delete schemas[other]
    lead(copy, new Set(held), name)
  }
  return copy
}

const isHeldBy = (parts, { oneOf, discriminator }) =>
  Boolean(discriminator) && oneOf.every((part) => parts.includes(nameOf(part)))

/** `byWord` has all shapes of each word, the first one first. */
function mergedDiscriminator(discriminators) {
  const [{ propertyName, mapping }] = discriminators
  const byWord = Object.fromEntries(
    Object.keys(mapping).map((word) => [word, [...new Set(discriminators.map((each) => each.mapping[word]))]]),
  )
  return { propertyName, mapping, byWord }
}

/** Leads every reference to one of `names` to `target` instead. */
function lead(part, names, target) {
  if (typeof part !== 'object' || part === null) return
  if (typeof part.$ref === 'string' && names.has(nameOf(part))) part.$ref = `#/components/schemas/${target}`
  else for (const each of Object.values(part)) lead(each, names, target)
}
