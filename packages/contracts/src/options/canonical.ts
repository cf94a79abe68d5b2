/** One form for options that mean the same, from which digests, repeats and payloads are made. */
import { type JobKind, type JobOptions, optionsOfKind } from '../kinds/table.ts'
import type { Affects, OptionTable } from './option.ts'

/** The version of payloads that first had options as one value. */
const FIRST_VERSION = 2

/**
 * The options among the fields of a request, sorted by name. What is absent, null, or what is meant anyway is left out.
 * The fields were validated before.
 */
export function canonicalOptions(
  kind: JobKind,
  fields: Readonly<Record<string, unknown>>,
  table: OptionTable = optionsOfKind[kind],
): JobOptions {
  const asked = Object.keys(table)
    .toSorted()
    .filter((name) => Object.hasOwn(fields, name) && isAsked(fields[name], table[name]?.absent))
  return Object.fromEntries(asked.map((name) => [name, sorted(fields[name])])) as JobOptions
}

/** The options that change one of these, as text that is equal for equal options. Empty where there are none. */
export function optionsText(
  kind: JobKind,
  options: JobOptions,
  affected: readonly Affects[],
  table: OptionTable = optionsOfKind[kind],
): string {
  const entries = Object.entries(canonicalOptions(kind, options, table)).filter(([name]) =>
    affected.includes(table[name]?.affects ?? 'nothing'),
  )
  return entries.length === 0 ? '' : JSON.stringify(entries)
}

/** The lowest version that a worker must understand to do what these options ask for. */
export function payloadVersionOf(kind: JobKind, options: JobOptions, table: OptionTable = optionsOfKind[kind]): number {
  const versions = Object.entries(options).map(([name, value]) => {
    const option = table[name]
    return option?.sinceOf?.(value) ?? option?.since ?? FIRST_VERSION
  })
  return Math.max(FIRST_VERSION, ...versions)
}

/** The highest version that these tables can make. */
export const newestVersionOf = (tables: readonly OptionTable[]): number =>
  Math.max(FIRST_VERSION, ...tables.flatMap((table) => Object.values(table).map(({ since }) => since)))

const isAsked = (value: unknown, absent: unknown): boolean =>
  value !== undefined && value !== null && JSON.stringify(sorted(value)) !== JSON.stringify(sorted(absent))

/** The keys of objects in order, at every depth. Options are shallow: their schemas bound them. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).toSorted(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}
