/** Classes of what the service says: read from JSON, tolerant of what is missing and of what is new. */

import { camel, comment, described, fieldType, file, withNull } from './php-text.mjs'
import { nameOf } from './reference.mjs'

const MODEL = 'VideoScraper\\Model'
const READING = 'VideoScraper\\Reading'

/** How a field is read out of `$raw`; null where it is not there, or is something else. */
export function reading(name, { read, isList, ...of }) {
  const each = {
    word: () => `${of.name}::class`,
    object: () => (of.name ? `${of.name}::from(...)` : ''),
    state: () => `${of.name}::ofState(...)`,
    choice: () =>
      `static fn (array $each) => Reading::choice($each, ${of.names.map((one) => `${one}::class`).join(', ')})`,
  }[read]?.()
  const method = { state: 'object', choice: 'object' }[read] ?? read
  return `Reading::${method}${isList ? 's' : ''}($raw, '${name}'${each ? `, ${each}` : ''})`
}

function fieldsOf({ properties = {}, required = [] }, schemas) {
  return Object.entries(properties).map(([name, schema]) => {
    const type = fieldType(schema, schemas)
    return {
      name,
      description: described(schema, schemas),
      ...type,
      isSure: required.includes(name) && !type.isNullable,
    }
  })
}

/** The fields that all states have, with the same type. */
function sharedFields(state, schemas) {
  const [first, ...others] = schemas[state].schema.oneOf.map((part) => fieldsOf(schemas[nameOf(part)].schema, schemas))
  const same = (one, other) => one.name === other.name && one.doc === other.doc && one.isSure === other.isSure
  return first.filter((field) => others.every((fields) => fields.some((other) => same(field, other))))
}

const declaration = ({ name, type, doc, isSure, description }) => {
  const documented = isSure ? doc : `${doc}|null`
  const tag = type === 'array' ? `@var ${documented}` : ''
  return `${comment(description, tag)}    public ${isSure ? type : withNull(type)} $${camel(name)};`
}

/** What is always said is left unset when it was not: only who asks for it hears of it. */
function assignment({ name, of, isSure }) {
  const property = camel(name)
  if (!isSure) return `        $this->${property} = ${reading(name, of)};`
  return `        if (($${property} = ${reading(name, of)}) !== null) {\n            $this->${property} = $${property};\n        }`
}

function classText(head, description, fields, before = '', after = '') {
  const declarations = fields.map(declaration)
  return `${comment(description, '', '')}${head}
{
${before}${declarations.join('\n')}

    /** @param array<string, mixed> $raw */
    public function __construct(array $raw)
    {
        parent::__construct($raw);
${fields.map(assignment).join('\n')}
    }
${after}}`
}

/** A class of one kind of answer. `state`: the name of the union that it is one of. */
export function answerText(name, schemas, state) {
  const { schema } = schemas[name]
  const shared = state ? sharedFields(state, schemas).map((field) => field.name) : []
  const fields = fieldsOf(schema, schemas).filter((field) => !shared.includes(field.name))
  const required = (schema.required ?? []).map((each) => `'${each}'`).join(', ')
  const before = `    /** What every answer of this kind has, in the words of the API. */\n    public const REQUIRED = [${required}];\n\n`
  const head = `final readonly class ${name} extends ${state ?? 'Model'}`
  return file(state ? [READING] : [MODEL, READING], classText(head, schema.description, fields, before))
}

/** The object of a state, where several kinds have one of their own: that of the first kind for a kind that is not known. */
function stateOf([first, ...others], schemas) {
  const made = ($ref) => `new ${nameOf({ $ref })}($raw)`
  if (others.length === 0) return made(first)
  const rows = others.map(
    ($ref) => `                '${schemas[nameOf({ $ref })].schema['x-kind']}' => ${made($ref)},\n`,
  )
  return `match ($raw['kind'] ?? null) {\n${rows.join('')}                default => ${made(first)},\n            }`
}

/** The class that all states of a job share. */
export function stateText(name, schemas) {
  const { schema } = schemas[name]
  const { propertyName, mapping, byWord = {} } = schema.discriminator
  const [first] = Object.values(mapping)
  const rows = Object.entries(mapping).map(
    ([word, $ref]) => `            '${word}' => ${stateOf(byWord[word] ?? [$ref], schemas)},`,
  )
  const after = `
    /**
     * The class of its state. A state that this version does not know is one that has not ended.
     *
     * @param array<string, mixed> $raw
     */
    public static function ofState(array $raw): self
    {
        return match ($raw['${propertyName}'] ?? null) {
${rows.join('\n')}
            default => new ${nameOf({ $ref: first })}($raw),
        };
    }
`
  const head = `abstract readonly class ${name} extends Model`
  return file([MODEL, READING], classText(head, schema.description, sharedFields(name, schemas), '', after))
}
