/** All generated files of the client, by name: a class or an enum for each schema, and the operations as an enum. */
import { answerText, stateText } from './answer-text.mjs'
import { namedSchemas } from './named-schemas.mjs'
import { enumText, file } from './php-text.mjs'
import { nameOf } from './reference.mjs'
import { fieldsText } from './request-text.mjs'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Every operation: `{ id, method, path, isKeyed, query, summary }`. */
export function operationsOf({ paths, components }) {
  const resolved = (parameter) => (parameter.$ref ? components.parameters[nameOf(parameter)] : parameter)
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const { operationId: id, summary, parameters: own = [] } = item[method]
      const parameters = own.map(resolved)
      const isKeyed = parameters.some(({ name }) => name === 'Idempotency-Key')
      const query = parameters.filter((each) => each.in === 'query').map(({ name }) => name)
      return { id, method: method.toUpperCase(), path, isKeyed, query, summary }
    }),
  )
}

/** `{ 'Download.php': text, … }` */
export function generatedFiles(document) {
  const schemas = namedSchemas(document)
  const texts = Object.values(schemas).flatMap((schema) => textsOf(schema, schemas))
  return Object.fromEntries([
    ...texts.map(([name, text]) => [`${name}.php`, text]),
    ['Operation.php', operationText(operationsOf(document))],
  ])
}

function textsOf({ name, kind, schema, isSent, isReceived, state }, schemas) {
  if (kind === 'words') return [[name, enumText(name, schema)]]
  if (kind === 'states') return [[name, stateText(name, schemas)]]
  // These are written out where they are used.
  if (kind === 'choice' || kind === 'plain') return []
  return [[name, isSent ? fieldsText(name, schema, schemas, isReceived) : answerText(name, schemas, state)]]
}

function operationText(operations) {
  const capital = (id) => id[0].toUpperCase() + id.slice(1)
  const cases = operations.map(({ id, summary }) => `    /** ${summary}. */\n    case ${capital(id)} = '${id}';`)
  const routes = operations.map(
    ({ id, method, path, isKeyed }) => `        '${id}' => ['${method}', '${path}', ${isKeyed}],`,
  )
  return file(
    [],
    `/** Every operation of the API, by its \`operationId\`. */
enum Operation: string
{
${cases.join('\n')}

    private const ROUTES = [
${routes.join('\n')}
    ];

    public function method(): string
    {
        return self::ROUTES[$this->value][0];
    }

    /** With \`{name}\` for each part that is given. */
    public function path(): string
    {
        return self::ROUTES[$this->value][1];
    }

    /** Whether it takes an Idempotency-Key, which makes it safe to repeat. */
    public function isKeyed(): bool
    {
        return self::ROUTES[$this->value][2];
    }
}`,
  )
}
