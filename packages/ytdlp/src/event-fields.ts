/** The values in a line of the runner, read one by one: nothing about them is taken for granted. */

/** A line that our own runner cannot have meant: a bug of ours, never the client's fault. */
export class MalformedEvent extends Error {
  override readonly name = 'MalformedEvent'
}

export type Fields = Readonly<Record<string, unknown>>

export function parseJson(line: string): unknown {
  try {
    return JSON.parse(line)
  } catch (cause) {
    throw new MalformedEvent('An event is not JSON.', { cause })
  }
}

export function fieldsOf(value: unknown): Fields {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new MalformedEvent('Not an object.')
  return value as Fields
}

export function requiredText(fields: Fields, key: string): string {
  const value = textOf(fields, key)
  if (value === null) throw new MalformedEvent(`An event lacks its ${key}.`)
  return value
}

export function listOf(fields: Fields, key: string): readonly unknown[] {
  const value = fields[key]
  if (!Array.isArray(value)) throw new MalformedEvent(`An event lacks its ${key}.`)
  return value
}

/** Null where the field is missing or not text. */
export function textOf(fields: Fields, key: string): string | null {
  const value = fields[key]
  return typeof value === 'string' ? value : null
}

/** Null where the field is missing or not a number. */
export function numberOf(fields: Fields, key: string): number | null {
  const value = fields[key]
  return typeof value === 'number' && Number.isFinite(value) ? value : null
}
