/** Compares schemas of two OpenAPI documents, as far as clients of the earlier one can notice. */
import { keywords } from './keywords.mjs'

/**
 * Returns `compare(direction, before, after, at)`, which returns a sentence for each break. `direction` is `sent` for what clients send, or
 * `read` for what they read; `at` says where the schemas stand. Throws for a keyword that has no rule.
 */
export function comparisonOf(released, current) {
  /** What was found of two named schemas. They may hold themselves. */
  const known = new Map()

  function compare(direction, before, after, at) {
    const [one, other] = [resolved(released, before), resolved(current, after)]
    const place = one.name ?? at
    if (!(one.name && other.name)) return breaksOf(direction, one.value, other.value, place)
    const key = `${direction} ${one.name} ${other.name}`
    if (!known.has(key)) {
      known.set(key, [])
      known.set(key, breaksOf(direction, one.value, other.value, place))
    }
    return known.get(key)
  }

  function breaksOf(direction, before, after, at) {
    if (before.oneOf || after.oneOf) {
      const kinds = alternativeBreaks(direction, before, after, at)
      return [...kinds, ...keywords.discriminator[direction]({ before, after, at })]
    }
    const typed = keywords.type[direction]({ before, after, at })
    // Whatever else is said of another type says the same once more.
    if (typed.length > 0) return typed
    const inside = (one, other, place) => compare(direction, one, other, place)
    const names = new Set([...Object.keys(before), ...Object.keys(after)])
    return [...names].flatMap((name) => {
      const rule = keywords[name]
      if (!rule)
        throw new Error(`${at}: nobody has said what ${name} means to clients. It needs a row in keywords.mjs.`)
      return rule[direction]({ before, after, compare: inside, at })
    })
  }

  /** Of schemas that have several kinds. New kinds are free, but where there was one kind only that clients read. */
  function alternativeBreaks(direction, before, after, at) {
    const [were, are] = [before.oneOf ?? [before], after.oneOf ?? [after]]
    if (direction === 'read' && !before.oneOf) return are.flatMap((now) => compare(direction, before, now, at))
    return were.flatMap((was) => {
      const name = nameOf(was)
      const same = are.find((now) => name !== undefined && nameOf(now) === name)
      if (same) return compare(direction, was, same, at)
      const tried = are.map((now) => compare(direction, was, now, at))
      if (tried.some((found) => found.length === 0)) return []
      if (tried.length === 1 && name === undefined) return tried[0]
      return [`${at}: ${name ?? `one of its kinds (${JSON.stringify(was).slice(0, 60)})`} has vanished`]
    })
  }

  return compare
}

const nameOf = ({ $ref }) => $ref?.split('/').at(-1)

/** What `$ref` leads to, with its name. What stands beside a `$ref` holds too. */
export function resolved(document, { $ref, ...beside }) {
  if ($ref === undefined) return { value: beside }
  const [kind, name] = $ref.split('/').slice(-2)
  const value = document.components[kind]?.[name]
  if (value === undefined) throw new Error(`${$ref} leads nowhere.`)
  return { name, value: { ...value, ...beside } }
}
