/** The two generated files of the client: the schemas of the OpenAPI document as types, and its operations as a table. */
import { comment, isObject, typeText } from './type-text.mjs'

const HEAD = '// Generated from openapi.json by scripts/generate.mjs. Do not change it by hand.\n'
const METHODS = ['get', 'post', 'put', 'patch', 'delete']
const nameOf = ({ $ref }) => $ref.split('/').at(-1)

/** For each schema that is one state of a union, of one kind, or one event: the words that tell it apart. */
function literalsOf({ components, webhooks }) {
  const literals = {}
  for (const { discriminator } of Object.values(components.schemas)) {
    for (const [word, $ref] of Object.entries(discriminator?.mapping ?? {})) {
      literals[nameOf({ $ref })] = { [discriminator.propertyName]: word }
    }
  }
  for (const [name, { 'x-kind': kind }] of Object.entries(components.schemas)) {
    if (kind) literals[name] = { ...literals[name], kind }
  }
  for (const [type, { post }] of Object.entries(webhooks ?? {})) {
    const [media] = Object.values(post.requestBody.content)
    literals[nameOf(media.schema)] = { type }
  }
  return literals
}

/** `schemas.ts`. */
export function schemasText(document) {
  const literals = literalsOf(document)
  const types = Object.entries(document.components.schemas).map(([name, schema]) => {
    const text = typeText(schema, literals[name])
    const declaration = isObject(schema) ? `export interface ${name} ${text}` : `export type ${name} = ${text}`
    return `${comment(schema.description)}${declaration}\n`
  })
  const events = Object.values(document.webhooks ?? {}).map(({ post }) =>
    typeText(Object.values(post.requestBody.content)[0].schema),
  )
  return `${HEAD}\n${types.join('\n')}\n/** What is posted to a receiver. */\nexport type KnownWebhookEvent = ${events.join(' | ')}\n`
}

/** Every operation: `{ id, method, path, parameters, body, answer, isKeyed, summary }`. */
export function operationsOf({ paths, components }) {
  const resolved = (parameter) => (parameter.$ref ? components.parameters[nameOf(parameter)] : parameter)
  return Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => {
      const operation = item[method]
      const parameters = (operation.parameters ?? []).map(resolved)
      return {
        id: operation.operationId,
        method: method.toUpperCase(),
        path,
        parameters,
        body: operation.requestBody,
        answer: answerText(operation.responses),
        isKeyed: parameters.some(({ name }) => name === 'Idempotency-Key'),
        summary: operation.summary,
      }
    }),
  )
}

/** The types of all good answers. What is no JSON is given as it comes. */
function answerText(responses) {
  const good = Object.entries(responses).filter(([status]) => /^20[0-4]$/.test(status))
  const texts = good.map(([, { content }]) => {
    if (!content) return 'undefined'
    return content['application/json'] ? typeText(content['application/json'].schema) : 'Response'
  })
  return [...new Set(texts)].join(' | ')
}

/** `operations.ts`. */
export function operationsText(document) {
  const operations = operationsOf(document)
  const typeNames = Object.keys(document.components.schemas)
  const declarations = operations.map(
    (each) =>
      `${comment(each.summary)}${each.id}: { path: ${parameterType(each, 'path')}; query: ${parameterType(each, 'query')}; body: ${bodyText(each)}; answer: ${each.answer} }`,
  )
  const rows = operations.map(
    ({ id, method, path, isKeyed }) => `${id}: ['${method}', '${path}'${isKeyed ? ", 'keyed'" : ''}],`,
  )
  const text = declarations.join('\n')
  const used = typeNames.filter((name) => new RegExp(`\\b${name}\\b`).test(text)).sort()
  return [
    HEAD,
    `import type { ${used.join(', ')} } from './schemas.ts'\n`,
    '/** What each operation takes and answers. */',
    `export interface Operations {\n${text}\n}\n`,
    'export type OperationId = keyof Operations\n',
    '/** Method, path, and whether it takes an Idempotency-Key, which makes it safe to repeat. */',
    `export const operations: { readonly [Id in OperationId]: readonly [method: string, path: string, keyed?: 'keyed'] } = {\n${rows.join('\n')}\n}\n`,
  ].join('\n')
}

function parameterType({ parameters }, place) {
  const own = parameters.filter((parameter) => parameter.in === place)
  if (own.length === 0) return '{ readonly [name: string]: never }'
  const members = own.map(
    ({ name, required, schema, description }) =>
      `${comment(description)}${name}${required || place === 'path' ? '' : '?'}: ${typeText(schema)}`,
  )
  return `{\n${members.join('\n')}\n}`
}

function bodyText({ body }) {
  if (!body) return 'undefined'
  const { 'application/json': json, 'text/plain': text } = body.content
  return [typeText(json.schema), ...(text ? ['string'] : []), ...(body.required ? [] : ['undefined'])].join(' | ')
}
