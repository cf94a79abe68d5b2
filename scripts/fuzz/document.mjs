/** Prepares the gateway's own OpenAPI document for the fuzz: stricter about answers, and with values that lead somewhere. */

/**
 * `known`: `url`, a video on loopback, and for each name of a path parameter the values that exist. Nothing else of the
 * document changes: no operation, no status, no shape.
 */
export function prepareDocument(document, known) {
  // The examples name real sites, which a test must not visit. A backslash ends one too: it belongs to a quote in a text.
  const text = JSON.stringify(document).replaceAll(/https?:\/\/(www\.youtube|your-server)\.com\/[^"\\]*/g, known.url)
  const prepared = closed(JSON.parse(text))
  operationsOf(prepared).forEach(sayTypesExactly)
  allowRedirected(operationsOf(prepared))
  const parameters = operationsOf(prepared).flatMap((operation) => operation.parameters ?? [])
  for (const parameter of parameters.filter((one) => one.in === 'path' && known[one.name])) {
    parameter.schema = { anyOf: [{ enum: known[parameter.name] }, parameter.schema] }
  }
  // Where a request names a video, half of the generated ones name ours.
  for (const { properties = {} } of Object.values(prepared.components.schemas)) {
    const { url } = properties
    if (url?.examples?.includes(known.url)) properties.url = { anyOf: [{ enum: [known.url] }, url] }
  }
  return prepared
}

const operationsOf = ({ paths }) => Object.values(paths).flatMap((methods) => Object.values(methods))

/**
 * Two types are written for generators of clients, and schemathesis takes them at their word: bytes, which are sent as the type
 * of the video, and events, whose schema is to it the shape of one event, and to others that of the whole text.
 */
function sayTypesExactly({ responses }) {
  for (const { content = {} } of Object.values(responses)) {
    if (content['text/event-stream']) content['text/event-stream'].schema = {}
    if (content['application/octet-stream']) content['*/*'] = content['application/octet-stream']
    delete content['application/octet-stream']
  }
}

/**
 * Schemathesis follows redirects, and holds the last answer against the operation that it asked first. An id of a job of the other
 * kind leads to the operation of that kind, so either may answer as the other does.
 */
function allowRedirected(operations) {
  const answers = operations
    .filter(({ responses }) => responses[308])
    .map(({ responses }) => responses[200].content['application/json'])
  const either = { anyOf: answers.map(({ schema }) => schema) }
  for (const answer of answers) answer.schema = either
}

/** Allows no key that is not documented, in any object whose keys are documented at all. */
function closed(part) {
  if (Array.isArray(part)) return part.map(closed)
  if (typeof part !== 'object' || part === null) return part
  const inside = Object.fromEntries(Object.entries(part).map(([key, value]) => [key, closed(value)]))
  const isObjectSchema = part.type === 'object' && typeof part.properties === 'object'
  return isObjectSchema && part.additionalProperties === undefined ? { ...inside, additionalProperties: false } : inside
}
