/** What the generated files need to know of the OpenAPI document. */
import { nameOf } from './type-text.mjs'

const METHODS = ['get', 'post', 'put', 'patch', 'delete']

/** Every operation: `{ id, method, path, parameters, body, answers, isKeyed, summary }`. */
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
        body: operation.requestBody?.content['application/json'].schema,
        answers: answersOf(operation.responses),
        isKeyed: parameters.some(({ name }) => name === 'Idempotency-Key'),
        summary: operation.summary,
      }
    }),
  )
}

/** The schemas of all good answers; null where nothing is said, undefined for what is no JSON. */
function answersOf(responses) {
  const good = Object.entries(responses).filter(([status]) => /^20[0-4]$/.test(status))
  return good.map(([, { content }]) => (content ? content['application/json']?.schema : null))
}

/** The names of all schemas that `roots` lead to. */
export function reached({ components }, roots) {
  const names = new Set()
  const visit = (value) => {
    if (typeof value !== 'object' || value === null) return
    if (typeof value.$ref === 'string' && value.$ref.startsWith('#/components/schemas/')) {
      const name = nameOf(value)
      if (names.has(name)) return
      names.add(name)
      visit(components.schemas[name])
      return
    }
    for (const each of Object.values(value)) visit(each)
  }
  for (const root of roots) visit(root)
  return names
}

/** The schema of each event that is posted to a receiver, by its type. */
export const eventsOf = ({ webhooks = {} }) =>
  Object.entries(webhooks).map(([type, { post }]) => ({
    type,
    schema: Object.values(post.requestBody.content)[0].schema,
  }))

/** For each schema that is one state of a union, or one event: `{ property: word }` that tells it apart. */
export function literalsOf(document) {
  const literals = {}
  for (const { discriminator } of Object.values(document.components.schemas)) {
    for (const [word, $ref] of Object.entries(discriminator?.mapping ?? {})) {
      literals[nameOf({ $ref })] = { [discriminator.propertyName]: word }
    }
  }
  for (const { type, schema } of eventsOf(document)) literals[nameOf(schema)] = { type }
  return literals
}

export const isObject = (schema) => schema.type === 'object' && Boolean(schema.properties)

/** A vocabulary, or another value without a class: the same where it is sent and where it is answered. */
export const isPlain = (schema) => !isObject(schema) && !JSON.stringify(schema).includes('"$ref"')
