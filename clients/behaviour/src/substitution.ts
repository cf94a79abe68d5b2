/** Puts what is known into the texts of a scenario. */

/** `{name.field}` becomes that value; a text that is nothing else becomes the value itself, whatever it is. */
export function substituted(value: unknown, known: Readonly<Record<string, unknown>>): unknown {
  if (typeof value === 'string') return inText(value, known)
  if (Array.isArray(value)) return value.map((each) => substituted(each, known))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, substituted(each, known)]))
}

const REFERENCE = /\{([a-z_]+(?:\.\w+)*)\}/g

function inText(text: string, known: Readonly<Record<string, unknown>>): unknown {
  const whole = /^\{([a-z_]+(?:\.\w+)*)\}$/.exec(text)?.[1]
  if (whole !== undefined) return found(whole, known)
  return text.replaceAll(REFERENCE, (_, path: string) => String(found(path, known)))
}

function found(path: string, known: Readonly<Record<string, unknown>>): unknown {
  return path.split('.').reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], known)
}
