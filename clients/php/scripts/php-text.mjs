/** PHP text: files, enums, comments and the types of fields. */
import { nameOf } from './reference.mjs'

const HEAD =
  '<?php\n\n// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.\n\ndeclare(strict_types=1);\n'

/** A whole file. `imports` are class names with their namespaces. */
export function file(imports, body) {
  const uses = [...new Set(imports)].sort().map((name) => `use ${name};\n`)
  return `${HEAD}\nnamespace VideoScraper\\Api;\n\n${uses.join('')}${uses.length > 0 ? '\n' : ''}${body}\n`
}

export const camel = (name) => name.replaceAll(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/** What is said of a field: of its own, or of what it is written out from. */
export function described(schema, schemas) {
  const named = schema.$ref ? schemas[nameOf(schema)] : undefined
  return schema.description ?? (named?.kind === 'plain' ? named.schema.description : undefined)
}

export const prose = (text = '') => text.replaceAll('*/', '* /').replaceAll(/\s+/g, ' ').trim()

/** A comment with its tag, or nothing where there is nothing to say. */
export function comment(text, tag = '', indent = '    ') {
  const words = [tag, prose(text)].filter(Boolean).join(' ')
  return words ? `${indent}/** ${words} */\n` : ''
}

/** A word as the name of a case. */
function caseName(word) {
  const name = word.replaceAll(/(?:^|[^A-Za-z0-9])([A-Za-z0-9])/g, (_, letter) => letter.toUpperCase())
  return /^\d/.test(name) ? `P${name.replace(/p$/, '')}` : name
}

export function enumText(name, { enum: words, description }) {
  const cases = words.map((word) => `    case ${caseName(word)} = '${word}';`)
  return file([], `${comment(description, '', '')}enum ${name}: string\n{\n${cases.join('\n')}\n}`)
}

const SCALARS = {
  string: { type: 'string', read: 'text' },
  integer: { type: 'int', read: 'integer' },
  number: { type: 'float', read: 'number' },
  boolean: { type: 'bool', read: 'flag' },
}

/** What has no type of its own is given as it comes. */
const ANYTHING = { type: 'mixed', doc: 'mixed', of: { read: 'any' }, isNullable: true }

/**
 * What a field is in PHP: `type` without null, `doc` for analysers, `of` for how it is read, `isNullable` whether the service
 * may say null.
 */
export function fieldType(schema, schemas) {
  if (schema.$ref) return referenceType(nameOf(schema), schemas)
  if (!schema.type) return ANYTHING
  const types = [schema.type].flat()
  const isNullable = types.includes('null')
  const [type] = types.filter((each) => each !== 'null')
  if (type === 'array') {
    const items = fieldType(schema.items ?? {}, schemas)
    return { type: 'array', doc: `list<${items.doc}>`, of: { ...items.of, isList: true }, isNullable }
  }
  const scalar = SCALARS[type]
  if (scalar) return { type: scalar.type, doc: scalar.type, of: { read: scalar.read }, isNullable }
  const values = fieldType(schema.additionalProperties ?? {}, schemas)
  return { type: 'array', doc: `array<string, ${values.doc}>`, of: { read: 'map' }, isNullable }
}

function referenceType(name, schemas) {
  const { kind, schema } = schemas[name]
  const isNullable = false
  if (kind === 'words') return { type: `${name}|string`, doc: `${name}|string`, of: { read: 'word', name }, isNullable }
  if (kind === 'states') return { type: name, doc: name, of: { read: 'state', name }, isNullable }
  if (kind === 'object') return { type: name, doc: name, of: { read: 'object', name }, isNullable }
  if (kind === 'plain') return fieldType(schema, schemas)
  const names = schema.oneOf.map(nameOf)
  return { type: names.join('|'), doc: names.join('|'), of: { read: 'choice', names }, isNullable }
}

export function withNull(type) {
  if (type === 'mixed') return type
  return type.includes('|') ? `${type}|null` : `?${type}`
}
