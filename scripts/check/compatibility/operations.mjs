/** Compares two OpenAPI documents: what has changed so that a client of the earlier one no longer works. */
import { comparisonOf, resolved } from './comparison.mjs'

const METHODS = ['get', 'put', 'post', 'patch', 'delete', 'head', 'options', 'trace']

/** A sentence for each break; none where the current document has all that the released one has. */
export function breaksBetween(released, current) {
  const compare = comparisonOf(released, current)
  const documents = { released, current }
  const operations = operationsOf(released).flatMap(({ path, method, operation }) => {
    const at = `${method.toUpperCase()} ${path}`
    const now = current.paths[path]?.[method]
    return now ? operationBreaks(operation, now, { documents, compare, at }) : [`${at}: the operation has vanished`]
  })
  const events = Object.entries(released.webhooks ?? {}).flatMap(([name, { post }]) => {
    const now = current.webhooks?.[name]?.post
    return now ? eventBreaks(post, now, { documents, compare, at: name }) : [`${name}: the event has vanished`]
  })
  return [...new Set([...operations, ...events])]
}

const operationsOf = ({ paths }) =>
  Object.entries(paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })),
  )

function operationBreaks(before, after, context) {
  const { at } = context
  const names = ['operationId', 'x-required-scope'].filter((name) => before[name] !== after[name])
  return [
    ...names.map((name) => `${at}: ${name} was ${before[name] ?? 'none'}, and is ${after[name] ?? 'none'}`),
    ...parameterBreaks('sent', before, after, context),
    ...bodyBreaks(before.requestBody, after.requestBody, context),
    ...answerBreaks(before.responses, after.responses, context),
  ]
}

/** A receiver reads what operations are sent. */
function eventBreaks(before, after, context) {
  return [
    ...parameterBreaks('read', before, after, context),
    ...contentBreaks('read', before.requestBody.content, after.requestBody.content, context),
  ]
}

function parameterBreaks(direction, before, after, { documents, compare, at }) {
  const [were, are] = [parametersOf(documents.released, before), parametersOf(documents.current, after)]
  const lost = [...were].flatMap(([key, was]) => {
    const now = are.get(key)
    return now
      ? compare(direction, was.schema, now.schema, `${at} ${key}`)
      : [`${at}: the parameter ${key} has vanished`]
  })
  const isNewDemand = ([key, now]) => direction === 'sent' && now.required && !were.get(key)?.required
  return [...lost, ...[...are].filter(isNewDemand).map(([key]) => `${at}: the parameter ${key} is required now`)]
}

/** By where it is sent and its name. */
const parametersOf = (document, { parameters = [] }) =>
  new Map(parameters.map((each) => resolved(document, each).value).map((each) => [`${each.in} ${each.name}`, each]))

function bodyBreaks(before, after, context) {
  if (!before) return after?.required ? [`${context.at}: a body is required now`] : []
  if (!after) return [`${context.at}: it takes no body any more`]
  const demand = after.required && !before.required ? [`${context.at}: the body is required now`] : []
  return [...demand, ...contentBreaks('sent', before.content, after.content, context)]
}

function answerBreaks(before, after, context) {
  const { documents, at } = context
  return Object.entries(before).flatMap(([status, answer]) => {
    if (!after[status]) return [`${at}: the answer ${status} has vanished`]
    const [was, now] = [resolved(documents.released, answer).value, resolved(documents.current, after[status]).value]
    const inside = { ...context, at: `${at} ${status}` }
    return [
      ...headerBreaks(was.headers ?? {}, now.headers ?? {}, inside),
      ...contentBreaks('read', was.content ?? {}, now.content ?? {}, inside),
    ]
  })
}

const headerBreaks = (before, after, { at }) =>
  Object.keys(before)
    .filter((name) => !after[name])
    .map((name) => `${at}: the header ${name} has vanished`)

function contentBreaks(direction, before, after, { compare, at }) {
  return Object.entries(before).flatMap(([media, { schema }]) => {
    if (!after[media]) return [`${at}: the media type ${media} has vanished`]
    return compare(direction, schema ?? {}, after[media].schema ?? {}, at)
  })
}
