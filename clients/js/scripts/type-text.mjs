/** TypeScript text for JSON Schema as the OpenAPI document of the service writes it. */

const nameOf = ({ $ref }) => $ref.split('/').at(-1)
const literal = (value) => (typeof value === 'string' ? `'${value.replaceAll("'", "\\'")}'` : JSON.stringify(value))

/** A vocabulary stays open: the service may say a word that this client has never heard. */
const openWords = (words) => [...words.map(literal), '(string & {})'].join(' | ')

const scalar = { string: 'string', number: 'number', integer: 'number', boolean: 'boolean', null: 'null' }

/** The type of `schema`. `literals` gives properties whose only value is known, by name. */
export function typeText(schema, literals = {}) {
  if (schema.$ref) return nameOf(schema)
  if (schema.oneOf ?? schema.anyOf) return (schema.oneOf ?? schema.anyOf).map((part) => typeText(part)).join(' | ')
  if (schema.enum) return openWords(schema.enum)
  if (schema.const !== undefined) return literal(schema.const)
  const types = [schema.type ?? 'unknown'].flat()
  return types.map((type) => (scalar[type] ? scalar[type] : structure(type, schema, literals))).join(' | ')
}

function structure(type, schema, literals) {
  if (type === 'array') return `ReadonlyArray<${typeText(schema.items ?? {})}>`
  if (type !== 'object') return 'unknown'
  if (!schema.properties) return `Record<string, ${mapped(schema.additionalProperties)}>`
  return `{\n${members(schema, literals)}\n}`
}

const mapped = (values) => (values && typeof values === 'object' ? typeText(values) : 'unknown')

function members({ properties, required = [] }, literals) {
  return Object.entries(properties)
    .map(([name, schema]) => {
      const type = literals[name] ? literal(literals[name]) : typeText(schema)
      return `${comment(schema.description)}${quoted(name)}${required.includes(name) ? '' : '?'}: ${type}`
    })
    .join('\n')
}

const quoted = (name) => (/^[A-Za-z_]\w*$/.test(name) ? name : `'${name}'`)

export const comment = (text) => (text ? `/** ${text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ')} */\n` : '')

/** Whether the type may be written as an interface, which reads better in messages of the compiler. */
export const isObject = (schema) => schema.type === 'object' && Boolean(schema.properties)
