/** Whether a value is what a scenario expects. */

const KINDS: Readonly<Record<string, (value: unknown) => boolean>> = {
  '<string>': (value) => typeof value === 'string' && value !== '',
  '<number>': (value) => typeof value === 'number',
  '<array>': Array.isArray,
  '<any>': () => true,
  '<absent>': (value) => value === undefined || value === null,
}

/** The differences, as sentences; empty when there are none. Objects may hold more than is expected, arrays may not. */
export function differences(actual: unknown, expected: unknown, at = 'it'): string[] {
  if (typeof expected === 'string') return fits(actual, expected) ? [] : [`${at} is ${shown(actual)}, not ${expected}`]
  if (typeof expected !== 'object' || expected === null) {
    return Object.is(actual, expected) ? [] : [`${at} is ${shown(actual)}, not ${shown(expected)}`]
  }
  if (Array.isArray(expected) && (!Array.isArray(actual) || actual.length !== expected.length)) {
    return [`${at} is ${shown(actual)}, not ${expected.length} items`]
  }
  if (typeof actual !== 'object' || actual === null) return [`${at} is ${shown(actual)}, no object`]
  return Object.entries(expected).flatMap(([key, value]) =>
    differences((actual as Record<string, unknown>)[key], value, `${at}.${key}`),
  )
}

function fits(actual: unknown, expected: string): boolean {
  const kind = KINDS[expected]
  if (kind) return kind(actual)
  const pattern = /^\/(.+)\/$/s.exec(expected)?.[1]
  if (pattern === undefined) return actual === expected
  return typeof actual === 'string' && new RegExp(pattern, 's').test(actual)
}

const shown = (value: unknown): string => (JSON.stringify(value) ?? 'undefined').slice(0, 600)
