/** Who gets in with AUTH=api-key: nobody without a key, nobody with the wrong one, and each no further than its scopes. */
import { beforeAll, expect, test } from '@jest/globals'
import type { KeyScope } from '@video-scraper/contracts'
import { publicPaths } from '@video-scraper/views'
import Fastify from 'fastify'
import { authenticate } from '../src/auth/authenticate.ts'
import { limitFailedAuthentications } from '../src/auth/failed-authentication.ts'
import { documentOf, type OpenApi, type Operation } from './documented-replies.ts'
import { bearer, make, useKeyedApi } from './keyed-gateways.ts'

const { keyed, rig } = useKeyedApi()
const CHALLENGE = 'Bearer realm="video-scraper"'

/** The signature in the link is the proof; its own tests say what that is worth. */
const BY_LINK = ['streamByLink']
let document: OpenApi
const operations: { method: string; path: string; operation: Operation }[] = []

beforeAll(async () => {
  document = documentOf((await keyed()).app).document
  for (const [path, methods] of Object.entries(document.paths)) {
    for (const [method, operation] of Object.entries(methods)) {
      if (!BY_LINK.includes(operation.operationId)) operations.push({ method, path, operation })
    }
  }
})

/** An operation as a request: any id will do, as nobody gets that far. */
const requestFor = ({ method, path }: { method: string; path: string }) => ({
  method: method.toUpperCase() as 'GET',
  url: path.replaceAll(/\{[^}]+\}/g, 'x'),
})

const OPEN = ['getStatus', 'getLiveness', 'getReadiness']

test('every operation but status and health is refused without a key, and says how to send one', async () => {
  const { ask } = await keyed()
  // A stream has no HEAD: there is nothing to say about it without opening it.
  const heads = operations
    .filter(({ method, operation }) => method === 'get' && !operation.operationId.startsWith('stream'))
    .map((one) => ({ ...one, method: 'head' }))
  for (const { method, path, operation } of [...operations, ...heads]) {
    const reply = await ask(requestFor({ method, path }))
    const isOpen = OPEN.includes(operation.operationId)
    expect([operation.operationId, reply.statusCode]).toEqual([operation.operationId, isOpen ? 200 : 401])
    if (isOpen) continue
    expect(reply.headers['www-authenticate']).toBe(CHALLENGE)
    if (method === 'head') continue
    expect(reply.json()).toMatchObject({
      code: 'unauthorized',
      retryable: false,
      error: 'This needs an API key: send it as Authorization: Bearer KEY, or as X-API-Key: KEY.',
    })
  }
})

test('status, documentation and health are open, also to those whose key is wrong', async () => {
  const { get } = await keyed()
  const open = ['/api/status', '/api/video-scraper/status', '/docs', '/api/video-scraper/docs', '/openapi.json']
  const pages = ['/api/video-scraper/openapi.json', '/docs/json', '/docs/static/swagger-ui.css', '/health/live']
  for (const url of [...open, ...pages, '/health/ready']) {
    expect([url, (await get(url)).statusCode]).toEqual([url, 200])
    expect([url, (await get(url, bearer('wrong'))).statusCode]).toEqual([url, 200])
  }
})

test('an operation that states no access stops the start, with keys and without', async () => {
  const app = Fastify()
  const failures = limitFailedAuthentications(await rig.workerConnection(), 0)
  authenticate(app, publicPaths('', ''), { authenticator: null, failures, isOpenedBySignature: () => false })
  const register = (schema: object) => () => app.get('/new', { schema }, () => null)
  expect(register({ operationId: 'newThing' })).toThrow('GET /new has no row for "newThing" in auth/route-access.ts.')
  // Hidden is not open.
  for (const schema of [{}, { hide: true }, { operationId: 'toString' }]) expect(register(schema)).toThrow('has no row')
})

const scopesOf = ({ 'x-required-scope': scope }: Operation): string[] => (scope === undefined ? [] : [scope])

test('each operation takes the one scope that the document names, and refuses the others with 403', async () => {
  const gateway = await keyed()
  const keys = {} as Record<KeyScope, string>
  for (const scope of ['read', 'write', 'cookies', 'admin'] as const)
    keys[scope] = (await make(gateway, { scopes: [scope] })).key
  for (const { method, path, operation } of operations.filter(
    ({ operation: one }) => !OPEN.includes(one.operationId),
  )) {
    const [needed, ...more] = new Set(scopesOf(operation))
    expect([operation.operationId, more]).toEqual([operation.operationId, []])
    for (const [scope, key] of Object.entries(keys)) {
      const reply = await gateway.ask({ ...requestFor({ method, path }), headers: bearer(key) })
      const refused = reply.statusCode === 403
      expect([operation.operationId, scope, refused]).toEqual([operation.operationId, scope, scope !== needed])
      if (!refused) continue
      expect(reply.json().code).toBe('insufficient_scope')
      expect(reply.json().error).toBe(`This needs an API key with the scope ${needed}.`)
      expect(reply.headers['www-authenticate']).toBe(`${CHALLENGE}, error="insufficient_scope", scope="${needed}"`)
    }
  }
})

test('keys need admin, cookies cookies, all other reading read, and whatever else changes something write', () => {
  const ofTag: Readonly<Record<string, string>> = { keys: 'admin', cookies: 'cookies' }
  for (const { method, operation } of operations) {
    const needed = new Set(scopesOf(operation))
    const expected = ofTag[operation.tags?.[0] ?? ''] ?? (method === 'get' ? 'read' : 'write')
    expect([operation.operationId, [...needed]]).toEqual([
      operation.operationId,
      OPEN.includes(operation.operationId) ? [] : [expected],
    ])
  }
})

test('the document names both ways to send a key, and nothing of keys where none is needed', async () => {
  expect(document.components.securitySchemes).toMatchObject({
    bearer: { type: 'http', scheme: 'bearer' },
    apiKey: { type: 'apiKey', in: 'header', name: 'X-API-Key' },
  })
  for (const { operation } of operations) {
    const isOpen = OPEN.includes(operation.operationId)
    const statuses = Object.keys(operation.responses)
    expect([operation.operationId, statuses.includes('401'), statuses.includes('403')]).toEqual([
      operation.operationId,
      !isOpen,
      !isOpen,
    ])
    const schemes = (operation.security ?? document.security).flatMap(Object.keys)
    expect([operation.operationId, schemes]).toEqual([operation.operationId, isOpen ? [] : ['bearer', 'apiKey']])
    // A signed link needs no key; everything else that is not open does.
    const needsNone = (operation.security ?? document.security).some((way) => Object.keys(way).length === 0)
    expect([operation.operationId, needsNone]).toEqual([operation.operationId, operation.operationId === 'fetchFile'])
  }
  const without = documentOf((await rig.gateway()).app).document
  const { paths, components, tags } = without
  expect(JSON.stringify({ paths, tags })).not.toMatch(/"security"|"401"|insufficient_scope|\/keys/)
  expect(without.security).toEqual([])
  expect(components).not.toHaveProperty('securitySchemes')
  expect(Object.keys(components.schemas).filter((name) => name.includes('Key'))).toEqual([])
})
