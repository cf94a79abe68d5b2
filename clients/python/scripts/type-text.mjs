/** Python text for JSON Schema as the OpenAPI document of the service writes it. */

export const nameOf = ({ $ref }) => $ref.split('/').at(-1)

const literal = (value) => (typeof value === 'boolean' ? (value ? 'True' : 'False') : JSON.stringify(value))

/** A vocabulary stays open: the service may say a word that this client has never heard. */
const openWords = (words) => `Union[Literal[${words.map(literal).join(', ')}], str]`

const SCALARS = { string: 'str', number: 'float', integer: 'int', boolean: 'bool', null: 'None' }

/**
 * The type of `schema`. `hoisted(name, schema)` takes an object that has no name of its own, and gives the name of its class.
 * `place` is where the schema stands, for that name.
 */
export function typeText(schema, place, hoisted) {
  if (schema.$ref) return nameOf(schema)
  const parts = schema.oneOf ?? schema.anyOf
  if (parts) return union(parts.map((part) => typeText(part, place, hoisted)))
  if (schema.enum) return openWords(schema.enum)
  if (schema.const !== undefined) return `Literal[${literal(schema.const)}]`
  const types = [schema.type ?? 'unknown'].flat()
  return union(types.map((type) => SCALARS[type] ?? structure(type, schema, place, hoisted)))
}

const union = (texts) => (texts.length === 1 ? texts[0] : `Union[${[...new Set(texts)].join(', ')}]`)

function structure(type, schema, place, hoisted) {
  if (type === 'array') return `Sequence[${typeText(schema.items ?? {}, place, hoisted)}]`
  if (type !== 'object') return 'Any'
  if (schema.properties) return hoisted(place, schema)
  const values = schema.additionalProperties
  return `Mapping[str, ${values && typeof values === 'object' ? typeText(values, place, hoisted) : 'Any'}]`
}

/** A text for people, as the documentation of what stands before it or encloses it. */
export function documentation(text, indent) {
  if (!text) return ''
  const plain = text.replaceAll('\\', '\\\\').replaceAll('"""', "'''").replaceAll(/\s+/g, ' ').trim()
  return `${indent}"""${plain.endsWith('"') ? `${plain} ` : plain}"""\n`
}

export const optional = (text) => (/\bNone\b/.test(text) ? text : `Optional[${text}]`)

export const pascal = (name) => name.replaceAll(/(?:^|_)(\w)/g, (_, letter) => letter.toUpperCase())

/** `camelCase` as `snake_case`. */
export const snake = (name) => name.replaceAll(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
