/** The schemas of the document, those without a name named, each with what becomes of it in PHP. */
import { withMergedStates } from './merged-states.mjs'
import { nameOf } from './reference.mjs'

const capitals = (text) => text.replaceAll(/(?:^|_)([a-z0-9])/g, (_, letter) => letter.toUpperCase())

/**
 * `{ [name]: { name, kind, schema, isSent, isReceived, state } }`. `kind` is `words`, `states`, `choice`, `object` or `plain`. `state` is
 * the union that an object is one of. A request for one address gives `…Fields`, which leaves the address out.
 */
export function namedSchemas(document) {
  const { webhooks, paths, components } = withMergedStates(document)
  const { schemas } = components
  for (const name of Object.keys(schemas)) nameParts(name, schemas[name], schemas)
  withoutAddresses(schemas)
  const sent = reached(requestsOf({ paths }), schemas)
  const received = reached(answersOf({ paths, webhooks }), schemas)
  const states = Object.entries(schemas).filter(([, { discriminator }]) => discriminator)
  const named = Object.entries(schemas).map(([name, schema]) => {
    const state = states.find(([, { oneOf }]) => oneOf.some((part) => nameOf(part) === name))?.[0]
    const isSent = sent.has(name) || /Fields$/.test(name)
    return [name, { name, kind: kindOf(schema), schema, isSent, isReceived: received.has(name), state }]
  })
  return Object.fromEntries(named.sort(([one], [other]) => (one < other ? -1 : 1)))
}

function kindOf(schema) {
  const { enum: words, discriminator, oneOf } = schema
  if (words) return 'words'
  if (discriminator) return 'states'
  if (oneOf) return 'choice'
  return schema.properties ? 'object' : 'plain'
}

/** Words and objects inside of a schema become schemas of their own: `SubtitleOptionsFormat`. */
function nameParts(owner, { properties = {} }, schemas) {
  for (const [name, schema] of Object.entries(properties)) {
    const part = schema.type === 'array' ? schema.items : schema
    if (!part.enum && !part.properties) continue
    const partName = owner + capitals(name)
    schemas[partName] = { ...part }
    nameParts(partName, part, schemas)
    for (const key of Object.keys(part)) if (key !== 'description') delete part[key]
    part.$ref = `#/components/schemas/${partName}`
  }
}

function withoutAddresses(schemas) {
  for (const name of Object.keys(schemas)) {
    const [, job] = /^Single(\w+)Request$/.exec(name) ?? []
    if (!job) continue
    const { url: _, ...properties } = schemas[name].properties
    const description = `What is asked for, besides the address.`
    schemas[`${job}Fields`] = { type: 'object', description, properties }
    delete schemas[name]
    delete schemas[`Batch${job}Request`]
    delete schemas[`${job}Request`]
  }
}

const operations = ({ paths, webhooks = {} }) =>
  [...Object.values(paths), ...Object.values(webhooks)].flatMap((item) =>
    Object.values(item).filter((each) => each.responses),
  )

const contentOf = ({ content = {} }) => Object.values(content).map(({ schema }) => schema)

const requestsOf = (document) =>
  operations({ paths: document.paths }).flatMap(({ requestBody }) => (requestBody ? contentOf(requestBody) : []))

function answersOf(document) {
  const responses = operations(document).flatMap((each) => Object.values(each.responses).flatMap(contentOf))
  const events = operations({ paths: {}, webhooks: document.webhooks }).flatMap(({ requestBody }) =>
    contentOf(requestBody),
  )
  return [...responses, ...events]
}

/** The names that the given schemas lead to. */
function reached(roots, schemas) {
  const names = new Set()
  const look = (value) => {
    if (typeof value !== 'object' || value === null) return
    if (typeof value.$ref === 'string') {
      const name = nameOf(value)
      if (names.has(name)) return
      names.add(name)
      // What was taken away is looked at by what came in its place.
      look(schemas[name] ?? schemas[name.replace(/^(?:Single|Batch)?(\w+)Request$/, '$1Fields')])
    } else for (const each of Object.values(value)) look(each)
  }
  look(roots)
  return names
}
