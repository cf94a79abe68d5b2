/** Classes of what is sent: made with named arguments. */
import { reading } from './answer-text.mjs'
import { camel, described, fieldType, file, prose, withNull } from './php-text.mjs'

/** `isReceived`: the service says it as well, so it can also be read. */
export function fieldsText(name, { description, properties, required = [] }, schemas, isReceived) {
  const fields = Object.entries(properties)
    .map(([field, schema]) => ({
      field,
      description: described(schema, schemas),
      isSure: required.includes(field),
      ...fieldType(schema, schemas),
    }))
    .sort((one, other) => Number(other.isSure) - Number(one.isSure))
  const imports = ['VideoScraper\\Fields']
  if (fields.some(({ isSure }) => !isSure)) imports.push('VideoScraper\\Absent')
  if (isReceived) imports.push('VideoScraper\\Reading')
  return file(
    imports,
    `/** ${prose(description) || 'The body of a request.'} A field that is not given is not sent. */
final readonly class ${name} extends Fields
{
    /**
${fields.map(parameterComment).join('\n')}
     * @param array<string, mixed> $more fields that this version does not know, in the words of the API
     */
    public function __construct(
${fields.map(parameter).join('\n')}
        public array $more = [],
    ) {
    }
${isReceived ? fromText(fields) : ''}
    public function toArray(): array
    {
        return self::given([
${fields.map(entry).join('\n')}
        ]) + $this->more;
    }
}`,
  )
}

/** Null says something: it is not the same as nothing. */
const isOpen = ({ isSure, isNullable }) => !isSure && isNullable

function parameterComment({ field, doc, description: text, ...rest }) {
  const type = rest.isSure ? doc : `${doc}|null${isOpen(rest) ? '|Absent' : ''}`
  return `     * @param ${type} $${camel(field)} ${prose(text)}`.trimEnd()
}

function parameter({ field, type, ...rest }) {
  const [text, preset] = rest.isSure
    ? [type, '']
    : isOpen(rest)
      ? [type === 'mixed' ? type : `${type}|Absent|null`, ' = Absent::Field']
      : [withNull(type), ' = null']
  return `        public ${text} $${camel(field)}${preset},`
}

function entry({ field, of, ...rest }) {
  const property = `$this->${camel(field)}`
  // A map without entries is an object too, and PHP cannot tell.
  if (of.read === 'map' && !of.isList) return `            '${field}' => self::map(${property}),`
  return `            '${field}' => ${property}${rest.isSure || isOpen(rest) ? '' : ' ?? Absent::Field'},`
}

function fromText(fields) {
  const rows = fields.map(
    ({ field, of, isSure }) => `            ${camel(field)}: ${reading(field, of)}${isSure ? ' ?? []' : ''},`,
  )
  const known = fields.map(({ field }) => `'${field}' => true`).join(', ')
  return `
    /** @param array<string, mixed> $raw */
    public static function from(array $raw): self
    {
        return new self(
${rows.join('\n')}
            more: array_diff_key($raw, [${known}]),
        );
    }
`
}
