/** Who gets in with AUTH=api-key: nobody without a key, nobody with the wrong one, and each no further than its scopes. */
import { beforeAll, expect, test } from '@jest/globals'
import type { CreateKeyBody, KeyScope } from '@video-scraper/contracts'
import { eventually } from '@video-scraper/testkit'
import { publicPaths } from '@video-scraper/views'
import Fastify from 'fastify'
import { authenticate } from '../src/auth/authenticate.ts'
import { limitFailedAuthentications } from '../src/auth/failed-authentication.ts'
import { newKeyText } from '../src/auth/key-text.ts'
import { type Gateway, useApi } from './api-rig.ts'
import { documentOf, type OpenApi, type Operation } from './documented-replies.ts'

const rig = useApi()
const JOBS = '/api/video-scraper/jobs'
const INFO = '/api/video-scraper/info'
const URL = 'https://example.com/video'
const CHALLENGE = 'Bearer realm="video-scraper"'

const keyed = (options = {}) => rig.gateway({ auth: 'api-key', ...options })
const make = async ({ keyRing }: Gateway, body: Partial<CreateKeyBody> = {}) =>
  keyRing.create({ name: 'test', scopes: ['read', 'write'], ...body })
const bearer = (key: string) => ({ authorization: `Bearer ${key}` })

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

test('a key is taken from either header, and from both when they agree', async () => {
  const gateway = await keyed()
  const { key } = await make(gateway)
  const ways = [
    bearer(key),
    { authorization: `bearer   ${key} ` },
    { 'x-api-key': key },
    { ...bearer(key), 'x-api-key': key },
    // What a reverse proxy needs for itself is none of ours.
    { authorization: 'Basic dXNlcjpwYXNz', 'x-api-key': key },
  ]
  for (const headers of ways) expect((await gateway.get(JOBS, headers)).statusCode).toBe(200)
  const both = await gateway.get(JOBS, { ...bearer(key), 'x-api-key': (await make(gateway)).key })
  expect([both.statusCode, both.json().error]).toEqual([
    400,
    'Authorization and X-API-Key carry different keys. Send one of them.',
  ])
  expect((await gateway.get(`${JOBS}?key=${key}&access_token=${key}`)).statusCode).toBe(401)
})

test('what is no key of ours, or nobody’s, is 401 invalid_token', async () => {
  const gateway = await keyed()
  const { key, record } = await make(gateway)
  const cases: [string, RegExp][] = [
    ['x', /not an API key of this service/],
    [key.slice(0, -1), /not an API key of this service/],
    [`${key}, ${key}`, /not an API key of this service/],
    [newKeyText('000000000000'), /^This API key is not valid\./],
    // The right id with another secret.
    [newKeyText(record.id), /^This API key is not valid\./],
  ]
  for (const [text, sentence] of cases) {
    for (const headers of [bearer(text), { 'x-api-key': text }]) {
      const reply = await gateway.get(JOBS, headers)
      expect([text, reply.statusCode, reply.json().code]).toEqual([text, 401, 'unauthorized'])
      expect(reply.json().error).toMatch(sentence)
      expect(reply.headers['www-authenticate']).toMatch(/^Bearer realm="video-scraper", error="invalid_token", error_d/)
    }
  }
})

test('an expired key is refused from the millisecond on, and a revoked one at once', async () => {
  let now = Date.parse('2026-05-01T00:00:00Z')
  const gateway = await keyed({ now: () => now })
  const { key, record } = await make(gateway, { expires_at: '2026-05-01T00:00:10Z' })
  now += 9999
  expect((await gateway.get(JOBS, bearer(key))).statusCode).toBe(200)
  now += 1
  expect((await gateway.get(JOBS, bearer(key))).json().error).toMatch(/^This API key has expired\./)
  await gateway.keyRing.revoke(record.id)
  expect((await gateway.get(JOBS, bearer(key))).json().error).toMatch(/^This API key has been revoked\./)
  // Those who only know the id learn nothing of it.
  expect((await gateway.get(JOBS, bearer(newKeyText(record.id)))).json().error).toMatch(/^This API key is not valid\./)
})

test('a key revoked on one gateway ends on the others within the second for which they remember it', async () => {
  const [one, other] = [await keyed(), await keyed()]
  const { key, record } = await make(one)
  expect((await other.get(JOBS, bearer(key))).statusCode).toBe(200)
  await one.keyRing.revoke(record.id)
  expect((await one.get(JOBS, bearer(key))).statusCode).toBe(401)
  await eventually(async () => (await other.get(JOBS, bearer(key))).statusCode === 401, { timeoutMs: 5000 })
})

test('after a rotation both secrets are taken until the grace time is over, and without one only the new', async () => {
  let now = Date.now()
  const gateway = await keyed({ now: () => now })
  const { key: first, record } = await make(gateway)
  const { key: second } = await gateway.keyRing.rotate(record.id, 60_000)
  const statuses = (...keys: string[]) =>
    Promise.all(keys.map(async (key) => (await gateway.get(JOBS, bearer(key))).statusCode))
  now += 59_999
  expect(await statuses(first, second)).toEqual([200, 200])
  now += 1
  expect(await statuses(first, second)).toEqual([401, 200])
  const { key: third } = await gateway.keyRing.rotate(record.id, 0)
  expect(await statuses(first, second, third)).toEqual([401, 401, 200])
  // A second rotation within the time ends the secret before the last.
  await gateway.keyRing.rotate(record.id, 60_000)
  const { key: fifth } = await gateway.keyRing.rotate(record.id, 60_000)
  expect(await statuses(third, fifth)).toEqual([401, 200])
})

test('a key is used only from its addresses: the forwarded one behind a trusted proxy, and never an unknown one', async () => {
  const gateway = await keyed({ trustedProxies: ['10.0.0.1'] })
  const { key } = await make(gateway, { allowed_addresses: ['192.0.2.0/24', '10.0.0.1', '2001:db8::/32'] })
  const from = async (remoteAddress: string, forwarded?: string) => {
    const headers = { ...bearer(key), ...(forwarded ? { 'x-forwarded-for': forwarded } : {}) }
    const reply = await gateway.ask({ method: 'GET', url: JOBS, remoteAddress, headers })
    if (reply.statusCode === 403) expect(reply.json().code).toBe('address_not_allowed')
    return reply.statusCode
  }
  expect(await from('192.0.2.7')).toBe(200)
  expect(await from('::ffff:192.0.2.7')).toBe(200)
  expect(await from('2001:db8::7')).toBe(200)
  expect(await from('203.0.113.7')).toBe(403)
  expect(await from('203.0.113.7', '192.0.2.7')).toBe(403)
  expect(await from('10.0.0.1', '192.0.2.7:4711')).toBe(200)
  expect(await from('10.0.0.1', '203.0.113.7')).toBe(403)
  expect(await from('10.0.0.1', 'unknown')).toBe(403)
})

test('each key has the limits that it names, and else those of the service; 0 is none', async () => {
  const gateway = await keyed({ rateLimitPerMinute: 2, limits: { downloadsPerClient: 1 } })
  const accepted = async (url: string, limits: NonNullable<CreateKeyBody['limits']>) => {
    const { key } = await make(gateway, { limits })
    let count = 0
    for (let at = 0; at < 5; at += 1) {
      const reply = await gateway.post(url, { url: URL }, bearer(key))
      if (reply.statusCode === 202) count += 1
      else expect(reply.statusCode).toBe(429)
    }
    return count
  }
  expect(await accepted(INFO, {})).toBe(2)
  expect(await accepted(INFO, { requests_per_minute: 4 })).toBe(4)
  expect(await accepted(INFO, { requests_per_minute: 0 })).toBe(5)
  const download = '/api/video-scraper/download'
  expect(await accepted(download, { requests_per_minute: 0 })).toBe(1)
  expect(await accepted(download, { requests_per_minute: 0, unfinished_downloads: 3 })).toBe(3)
  expect(await accepted(download, { requests_per_minute: 0, unfinished_downloads: 0 })).toBe(5)
})

test('two keys at one address do not share a limit, and one key at two addresses does', async () => {
  const gateway = await keyed({ rateLimitPerMinute: 1 })
  const [one, other] = [await make(gateway), await make(gateway)]
  const post = async (key: string, remoteAddress: string) =>
    (await gateway.ask({ method: 'POST', url: INFO, payload: { url: URL }, headers: bearer(key), remoteAddress }))
      .statusCode
  expect(await post(one.key, '192.0.2.1')).toBe(202)
  expect(await post(other.key, '192.0.2.1')).toBe(202)
  expect(await post(one.key, '192.0.2.2')).toBe(429)
})

test('the last use is kept to the minute, with one write a minute', async () => {
  let now = Date.parse('2026-05-01T00:00:00Z')
  const gateway = await keyed({ now: () => now })
  const { key, record } = await make(gateway)
  const lastUse = async () => (await gateway.keyRing.find(record.id)).lastUsedAt
  expect(await lastUse()).toBeNull()
  await gateway.get(JOBS, bearer(newKeyText(record.id)))
  expect(await lastUse()).toBeNull()
  const first = now
  await gateway.get(JOBS, bearer(key))
  await eventually(async () => (await lastUse()) === first)
  now += 59_999
  await gateway.get(JOBS, bearer(key))
  // A write would stand before this reading on the same connection.
  expect(await lastUse()).toBe(first)
  now += 1
  const second = now
  await gateway.get(JOBS, bearer(key))
  await eventually(async () => (await lastUse()) === second)
})

test('with Redis away a key is neither right nor wrong: 503, and everything open stays open', async () => {
  const gateway = await keyed()
  const { key } = await make(gateway)
  await rig.server.kill9()
  await eventually(() => gateway.redis.status !== 'ready')
  for (const url of [JOBS, '/api/video-scraper/platforms']) {
    const reply = await gateway.get(url, bearer(key))
    expect([url, reply.statusCode, reply.headers['retry-after']]).toEqual([url, 503, '2'])
  }
  expect((await gateway.get(JOBS)).statusCode).toBe(401)
  for (const url of ['/api/status', '/docs', '/openapi.json', '/health/live']) {
    expect((await gateway.get(url, bearer(key))).statusCode).toBe(200)
  }
  await rig.server.restart()
  await eventually(() => gateway.redis.status === 'ready', { timeoutMs: 5000 })
  const fresh = await make(gateway)
  expect((await gateway.get(JOBS, bearer(fresh.key))).statusCode).toBe(200)
})

test('no key, not a wrong one either, is in any line of the log', async () => {
  const gateway = await keyed()
  const { key, record } = await make(gateway)
  const wrong = newKeyText(record.id)
  await gateway.post(INFO, { url: URL }, bearer(key))
  await gateway.post(INFO, { url: URL }, { 'x-api-key': wrong })
  await gateway.post(INFO, { url: URL }, bearer(wrong.slice(0, -1)))
  expect(gateway.log.length).toBeGreaterThan(2)
  for (const secret of [key, wrong]) expect(JSON.stringify(gateway.log)).not.toContain(secret.slice(17, 49))
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

test('without AUTH=api-key a key means nothing, and no key can be made', async () => {
  const gateway = await rig.gateway()
  expect((await gateway.get(JOBS, bearer('wrong'))).statusCode).toBe(200)
  const reply = await gateway.post('/api/video-scraper/keys', { name: 'mine', scopes: ['admin'] })
  expect(reply.statusCode).toBe(404)
})

test('an address whose keys fail too often is asked to wait, a good key from there is not, and no key is no failure', async () => {
  const gateway = await rig.gateway({ auth: 'api-key', failedAuthenticationsPerMinute: 2 })
  const { key } = await gateway.keyRing.create({ name: 'good', scopes: ['read'] })
  const url = '/api/video-scraper/jobs'
  const statuses = []
  for (const given of [{}, bearer('wrong'), {}, bearer('vsk_no'), bearer('wrong'), {}, bearer(key)]) {
    statuses.push((await gateway.get(url, given)).statusCode)
  }
  expect(statuses).toEqual([401, 401, 401, 401, 429, 401, 200])
})

test('a signed link needs no key, and opens nothing but its file', async () => {
  const gateway = await rig.gateway({ auth: 'api-key' })
  const path = '/api/video-scraper/download/no-such-file-00000000000000000000000000000000.mp4'
  const forged = await gateway.get(`${path}?signature=v1.x.y`)
  expect([forged.statusCode, forged.json().code]).toEqual([403, 'link_invalid'])
  expect((await gateway.get(path)).statusCode).toBe(401)
  expect((await gateway.get('/api/video-scraper/jobs?signature=v1.x.y')).statusCode).toBe(401)
})
