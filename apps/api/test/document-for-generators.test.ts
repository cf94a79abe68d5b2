/** The OpenAPI document as generators of clients need it: each rule is what broke one of them, or made its client a bad one. */
import { beforeAll, expect, test } from '@jest/globals'
import { webhookEventWords } from '@video-scraper/contracts'
import { Value } from 'typebox/value'
import { useApi } from './api-rig.ts'
import type { OpenApi, Schema } from './documented-replies.ts'

const rig = useApi()
let withKeys: OpenApi
let withoutKeys: OpenApi
let withoutWebhooks: OpenApi

beforeAll(async () => {
  const keyed = await rig.gateway({ auth: 'api-key' })
  withKeys = (await keyed.app.inject('/openapi.json')).json()
  withoutWebhooks = (await keyed.app.inject('/openapi.json?webhooks=false')).json()
  withoutKeys = (await (await rig.gateway()).app.inject('/openapi.json')).json()
})

const documents = () => [withKeys, withoutKeys, withoutWebhooks]

/** Every object of a document with the path that leads to it. Examples are no part of its shape. */
function objectsIn(part: unknown, path = ''): { path: string; object: Schema }[] {
  if (typeof part !== 'object' || part === null) return []
  const inside = Object.entries(part)
    .filter(([key]) => key !== 'examples' && key !== 'example')
    .flatMap(([key, value]) => objectsIn(value, `${path}/${key}`))
  return Array.isArray(part) ? inside : [{ path, object: part as Schema }, ...inside]
}

const pathsWhere = (document: OpenApi, holds: (object: Schema, path: string) => boolean) =>
  objectsIn(document)
    .filter(({ object, path }) => holds(object, path))
    .map(({ path }) => path)

const isUnder = (kind: 'properties', path: string) => path.split('/').at(-2) === kind

test('a union is a named oneOf of named schemas; there is no anyOf', () => {
  for (const document of documents()) {
    expect(pathsWhere(document, (object) => 'anyOf' in object)).toEqual([])
    const unions = objectsIn(document).filter(({ object }) => 'oneOf' in object)
    expect(unions.length).toBeGreaterThan(5)
    for (const { path, object } of unions) {
      expect(path).toMatch(/^\/components\/schemas\/\w+$/)
      for (const alternative of object.oneOf as Schema[]) expect(Object.keys(alternative)).toEqual(['$ref'])
    }
  }
})

test('no request body is called like an operation with Body at its end, where generators name their own', () => {
  const operations = Object.values(withKeys.paths).flatMap((methods) => Object.values(methods))
  for (const { operationId, requestBody } of operations) {
    const { $ref, items }: Schema = requestBody?.content['application/json']?.schema ?? {}
    // A list has no name, and what it holds has one.
    if (requestBody !== undefined)
      expect([operationId, String($ref ?? (items as Schema | undefined)?.$ref)]).toEqual([
        operationId,
        expect.stringMatching(/^#/),
      ])
  }
  for (const name of ['InfoRequest', 'DownloadRequest', 'SingleInfoRequest', 'BatchDownloadRequest']) {
    expect(Object.keys(withKeys.components.schemas)).toContain(name)
  }
})

test.each([
  ['InfoJob', 'InfoJobStatus'],
  ['Download', 'DownloadStatus'],
])('%s is distinguished by status, a word of %s', (union, words) => {
  const { schemas } = withKeys.components
  const { oneOf, discriminator } = schemas[union] as {
    oneOf: { $ref: string }[]
    discriminator: { propertyName: string; mapping: Record<string, string> }
  }
  expect(discriminator.propertyName).toBe('status')
  expect(Object.keys(discriminator.mapping)).toEqual(schemas[words]?.enum)
  expect(Object.values(discriminator.mapping)).toEqual(oneOf.map(({ $ref }) => $ref))
  for (const { $ref } of oneOf) {
    const { properties } = schemas[$ref.split('/').at(-1) ?? ''] as { properties: Record<string, Schema> }
    // One shared enumeration: a word of its own in each alternative breaks openapi-generator for PHP.
    expect(properties.status).toEqual({ $ref: `#/components/schemas/${words}` })
  }
})

test.each([
  ['Job', ['cancelled', 'completed', 'failed', 'processing']],
  ['Download', ['cancelled', 'completed', 'failed', 'in_progress']],
])('each example of %s fits exactly one alternative, and they show every state', (union, states) => {
  const { oneOf } = withKeys.components.schemas[union] as { oneOf: { $ref: string }[] }
  const seen = new Set<string>()
  for (const value of examplesOf(`#/components/schemas/${union}`)) {
    const fitting = oneOf.filter(($ref) => fits($ref, value))
    expect([value, fitting.map(({ $ref }) => kindOf($ref))]).toEqual([
      value,
      [union === 'Job' && value.status === 'completed' ? value.kind : undefined],
    ])
    seen.add(value.status)
  }
  expect([...seen].sort()).toEqual(states)
})

/** Of the shape of a completed job; undefined for what all kinds have in common. */
const kindOf = ($ref: string) => withKeys.components.schemas[$ref.split('/').at(-1) ?? '']?.['x-kind']

/** The values that the document shows for a schema, wherever it is answered. */
const examplesOf = ($ref: string) =>
  Object.values(withKeys.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.values(responses))
    .map(({ content }) => content?.['application/json'])
    .filter((content) => content?.schema.$ref === $ref)
    .flatMap((content) => Object.values(content?.examples ?? {}))
    .map(({ value }) => value as { status: string; kind: string })

const fits = (schema: Schema, value: unknown) => Value.Check(inPlace(schema) as never, value)

function inPlace(part: unknown): unknown {
  if (Array.isArray(part)) return part.map(inPlace)
  if (typeof part !== 'object' || part === null) return part
  if ('$ref' in part) return inPlace(withKeys.components.schemas[String(part.$ref).split('/').at(-1) ?? ''])
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, inPlace(value)]))
}

test('an enumeration has a type, and in the alternatives of a union more than one word', () => {
  for (const document of documents()) {
    expect(pathsWhere(document, (object) => Array.isArray(object.enum) && object.type === undefined)).toEqual([])
    const alternatives = objectsIn(document.components.schemas).flatMap(
      ({ object }) => (object.oneOf ?? []) as Schema[],
    )
    for (const { $ref } of alternatives) {
      const schema = document.components.schemas[String($ref).split('/').at(-1) ?? '']
      expect([$ref, objectsIn(schema).filter(({ object }) => isOneWord(object))]).toEqual([$ref, []])
    }
  }
})

const isOneWord = ({ const: word, enum: words }: Schema) =>
  word !== undefined || (Array.isArray(words) && words.length < 2)

test('an enumeration with a name is written out once', () => {
  const named = Object.entries(withKeys.components.schemas).filter(([, { enum: words }]) => Array.isArray(words))
  expect(named.map(([name]) => name)).toEqual(
    expect.arrayContaining(['JobFailureCode', 'JobWarningCode', 'InfoJobStatus']),
  )
  for (const [name, { enum: words }] of named) {
    const copies = pathsWhere(withKeys, (object) => JSON.stringify(object.enum) === JSON.stringify(words))
    expect([name, copies]).toEqual([name, [`/components/schemas/${name}`]])
  }
})

test('an instant of an answer is a date-time; only created has the form of the specification', () => {
  const instants = objectsIn(withKeys.components.schemas).filter(
    ({ path }) => isUnder('properties', path) && /\/(\w+_at|\w+_since|\w+_until|timestamp|at|created)$/.test(path),
  )
  expect(instants.length).toBeGreaterThan(30)
  const others = instants.filter(({ object }) => object.format !== 'date-time').map(({ path }) => path)
  // What a client sends as the end of a key is checked by the key ring, which says more exactly what is wrong.
  expect(others.sort()).toEqual([
    '/CreateKeyBody/properties/expires_at',
    '/DownloadEntry/properties/created',
    '/UpdateKeyBody/properties/expires_at',
  ])
})

test('what has a default is not required, and no request body has one', () => {
  for (const document of documents()) {
    const parameters = objectsIn(document).filter(({ object }) => 'in' in object && 'schema' in object)
    expect(parameters.length).toBeGreaterThan(20)
    const forced = parameters.filter(({ object }) => object.required === true && 'default' in (object.schema as object))
    expect(forced.map(({ path }) => path)).toEqual([])
    expect(
      pathsWhere({ ...document, paths: {} }, (object, path) => 'default' in object && path.includes('/schemas/')),
    ).toEqual([])
  }
})

test('every answer with a body names one type: JSON, events, or bytes', () => {
  const types = Object.values(withKeys.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap(({ responses }) => Object.values(responses).flatMap(({ content = {} }) => Object.keys(content)))
  expect([...new Set(types)].sort()).toEqual(['application/json', 'application/octet-stream', 'text/event-stream'])
})

test('what receivers get has a tag of its own, names that no route has, and named bodies', () => {
  const routes = Object.values(withKeys.paths).flatMap((methods) => Object.values(methods))
  const received = Object.values(withKeys.webhooks ?? {}).flatMap((methods) => Object.values(methods))
  expect(received).toHaveLength(webhookEventWords.length)
  for (const { tags, operationId, requestBody } of received) {
    expect(tags).toEqual(['webhook-events'])
    expect(operationId).toMatch(/^on[A-Z][A-Za-z]+$/)
    expect(requestBody?.content['application/json']?.schema.$ref).toMatch(/^#\/components\/schemas\/\w+Event$/)
  }
  expect(routes.flatMap(({ tags = [] }) => tags)).not.toContain('webhook-events')
})

test('?webhooks=false leaves out the webhooks, their tag and their schemas, and nothing else', async () => {
  const { webhooks: _, tags, components, ...others } = withKeys
  const onlyOfEvents = Object.keys(components.schemas).filter((name) => !(name in withoutWebhooks.components.schemas))
  expect(onlyOfEvents.sort()).toEqual(
    webhookEventWords
      .map((word) => `${word.replaceAll(/(?:^|_)(.)/g, (_all, letter: string) => letter.toUpperCase())}Event`)
      .sort(),
  )
  expect(withoutWebhooks).not.toHaveProperty('webhooks')
  expect(withoutWebhooks.tags).toEqual(tags.filter(({ name }) => name !== 'webhook-events'))
  expect(withoutWebhooks.paths).toEqual(others.paths)
  const { app } = await rig.standing()
  const under = await app.inject('/api/video-scraper/openapi.json?webhooks=false')
  expect(under.json()).not.toHaveProperty('webhooks')
  expect((await app.inject('/openapi.json?webhooks=true')).json()).toHaveProperty('webhooks')
  expect((await app.inject('/openapi.json?webhooks=perhaps')).statusCode).toBe(400)
})

test('no example does harm when it is sent as it stands', () => {
  for (const document of documents()) {
    const headers = objectsIn(document).filter(({ object }) => object.in === 'header')
    for (const { path, object } of headers)
      expect([path, JSON.stringify(object)]).toEqual([path, expect.not.stringContaining('example')])
  }
  const bodies = Object.values(withKeys.paths)
    .flatMap((methods) => Object.values(methods))
    .filter(({ requestBody }) => requestBody !== undefined)
  expect(bodies.length).toBeGreaterThan(7)
  for (const { operationId, requestBody } of bodies) {
    const { schema = {}, examples = {} } = requestBody?.content['application/json'] ?? {}
    expect([operationId, Object.keys(examples).length > 0]).toEqual([operationId, true])
    for (const { value } of Object.values(examples)) {
      expect([operationId, value, fits(schema, value)]).toEqual([operationId, value, true])
      const { callback_url: callback, ...others } = value as Record<string, unknown>
      // RFC 2606: a name under .example is nobody's.
      if (callback !== undefined) expect(new URL(String(callback)).hostname).toMatch(/\.example$/)
      // Neither a date that will be past, nor addresses that a key is bound to.
      expect(Object.keys(others)).not.toEqual(expect.arrayContaining(['expires_at']))
      expect(Object.keys(others)).not.toEqual(expect.arrayContaining(['allowed_addresses']))
    }
  }
})

test('a refusal that several operations can answer stands in components once', () => {
  const { responses } = withKeys.components
  expect(Object.keys(responses)).toEqual(expect.arrayContaining(['InvalidRequest', 'NotFound', 'InternalError']))
  const texts = Object.values(responses).map((response) => JSON.stringify(response))
  expect(new Set(texts).size).toBe(texts.length)
  const inline = Object.values(withKeys.paths)
    .flatMap((methods) => Object.values(methods))
    .flatMap((operation) => Object.entries(operation.responses))
    .filter(([status, response]) => Number(status) >= 400 && response.$ref === undefined)
    .map(([, response]) => JSON.stringify(response))
  expect(new Set(inline).size).toBe(inline.length)
})
