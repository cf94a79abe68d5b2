/** The endpoints that manage keys: what is made is shown once, and what is changed counts at once. */
import { expect, test } from '@jest/globals'
import { keyIdIn } from '../src/auth/key-text.ts'
import { useApi } from './api-rig.ts'

const rig = useApi()
const KEYS = '/api/video-scraper/keys'
const JOBS = '/api/video-scraper/jobs'
const KEY_REQUEST = { name: 'media server', scopes: ['read', 'write'] }

/** A gateway with an admin's key, and its endpoints as that admin uses them. */
async function administration() {
  const gateway = await rig.gateway({ auth: 'api-key' })
  const { key: admin } = await gateway.keyRing.create({ name: 'admin', scopes: ['admin'] })
  const headers = { authorization: `Bearer ${admin}` }
  const send = async (method: 'GET' | 'POST' | 'PATCH' | 'DELETE', url: string, payload?: object) =>
    gateway.ask({ method, url, headers, ...(payload ? { payload } : {}) })
  const statusWith = async (key: string, url = JOBS) =>
    (await gateway.get(url, { authorization: `Bearer ${key}` })).statusCode
  return { gateway, send, statusWith }
}

test('a key that was created works at once, is named by Location, and is shown never again', async () => {
  const { gateway, send, statusWith } = await administration()
  const created = await send('POST', KEYS, KEY_REQUEST)
  expect(created.statusCode).toBe(201)
  expect(created.headers['cache-control']).toBe('no-store')
  const { key, ...rest } = created.json()
  expect(rest).toEqual({
    id: keyIdIn(key),
    ...KEY_REQUEST,
    status: 'active',
    allowed_addresses: [],
    limits: { requests_per_minute: null, unfinished_downloads: null, storage_bytes: null },
    created_at: expect.stringMatching(/^\d{4}-.*Z$/),
    expires_at: null,
    revoked_at: null,
    last_used_at: null,
    previous_valid_until: null,
  })
  const location = String(created.headers.location)
  expect(location).toBe(`${KEYS}/${rest.id}`)
  expect((await send('GET', location)).json()).toEqual(rest)
  expect(await statusWith(key)).toBe(200)

  const listed = (await send('GET', KEYS)).json()
  expect(listed.keys.map(({ name }: { name: string }) => name).sort()).toEqual(['admin', 'media server'])
  const secret = key.slice(17)
  const redis = await rig.workerConnection()
  const everything = await Promise.all((await redis.keys('*api-key:*')).map((name) => redis.get(name)))
  for (const text of [JSON.stringify(listed), JSON.stringify(everything), JSON.stringify(gateway.log)]) {
    expect(text).not.toContain(secret)
  }
})

test('the list is paged', async () => {
  const { send } = await administration()
  for (const name of ['one', 'two', 'three']) await send('POST', KEYS, { ...KEY_REQUEST, name })
  const first = (await send('GET', `${KEYS}?limit=3`)).json()
  const second = (await send('GET', `${KEYS}?limit=3&cursor=${first.next_cursor}`)).json()
  const names = [...first.keys, ...second.keys].map(({ name }: { name: string }) => name)
  expect([first.keys.length, names.sort(), second.next_cursor]).toEqual([3, ['admin', 'one', 'three', 'two'], null])
  expect((await send('GET', `${KEYS}?cursor=x`)).statusCode).toBe(400)
})

test('a change touches only what it names, and counts from the next request on', async () => {
  const { send, statusWith } = await administration()
  const { key, ...before } = (await send('POST', KEYS, { ...KEY_REQUEST, limits: { storage_bytes: 5 } })).json()
  const url = `${KEYS}/${before.id}`
  expect(await statusWith(key)).toBe(200)
  const change = { scopes: ['write'], limits: { requests_per_minute: 7 }, expires_at: '2999-01-01T00:00:00+01:00' }
  const reply = await send('PATCH', url, change)
  expect(reply.json()).toEqual({
    ...before,
    last_used_at: expect.any(String),
    scopes: ['write'],
    limits: { requests_per_minute: 7, unfinished_downloads: null, storage_bytes: 5 },
    expires_at: '2998-12-31T23:00:00.000Z',
  })
  expect(await statusWith(key)).toBe(403)
  const again = { scopes: ['read'], limits: { storage_bytes: null }, expires_at: null }
  expect((await send('PATCH', url, again)).json()).toMatchObject({ expires_at: null, limits: { storage_bytes: null } })
  expect(await statusWith(key)).toBe(200)
})

test('a rotated key has a new secret and the same id; both count for a day, or as long as was asked', async () => {
  const { send, statusWith } = await administration()
  const { key: first, id } = (await send('POST', KEYS, KEY_REQUEST)).json()
  const rotated = await send('POST', `${KEYS}/${id}/rotate`)
  const { key: second, previous_valid_until: until } = rotated.json()
  expect([rotated.statusCode, keyIdIn(second), second === first]).toEqual([200, id, false])
  expect(Math.abs(Date.parse(until) - Date.now() - 86_400_000)).toBeLessThan(60_000)
  expect([await statusWith(first), await statusWith(second)]).toEqual([200, 200])
  const third = (await send('POST', `${KEYS}/${id}/rotate?grace_seconds=0`)).json()
  expect(third.previous_valid_until).toBeNull()
  expect([await statusWith(first), await statusWith(second), await statusWith(third.key)]).toEqual([401, 401, 200])
  for (const wrong of ['-1', '2592001', 'x']) {
    expect((await send('POST', `${KEYS}/${id}/rotate?grace_seconds=${wrong}`)).statusCode).toBe(400)
  }
})

test('a revoked key is refused at once and for ever; revoking twice is fine, changing it is 409', async () => {
  const { send, statusWith } = await administration()
  const { key, id } = (await send('POST', KEYS, KEY_REQUEST)).json()
  expect(await statusWith(key)).toBe(200)
  const revoked = (await send('DELETE', `${KEYS}/${id}`)).json()
  expect(revoked).toMatchObject({ id, status: 'revoked', revoked_at: expect.any(String) })
  expect(await statusWith(key)).toBe(401)
  expect((await send('DELETE', `${KEYS}/${id}`)).json()).toEqual(revoked)
  for (const [method, path] of [['PATCH', ''] as const, ['POST', '/rotate'] as const]) {
    const reply = await send(method, `${KEYS}/${id}${path}`, { name: 'again' })
    expect([reply.statusCode, reply.json().code]).toEqual([409, 'key_revoked'])
  }
  expect((await send('GET', `${KEYS}/${id}`)).json().status).toBe('revoked')
})

test('an id that leads nowhere is 404 for every operation', async () => {
  const { send } = await administration()
  for (const id of ['x', '000000000000', '__proto__', '%00', 'a%2Fb', 'x'.repeat(10_000)]) {
    for (const [method, path, body] of [
      ['GET', '', undefined],
      ['PATCH', '', { name: 'x' }],
      ['POST', '/rotate', undefined],
      ['DELETE', '', undefined],
    ] as const) {
      const reply = await send(method, `${KEYS}/${id}${path}`, body)
      expect([method, reply.statusCode, reply.json().error]).toEqual([method, 404, 'There is no API key with this id.'])
    }
  }
})

const wrong: [string, object, string][] = [
  ['no name', { scopes: ['read'] }, '/name'],
  ['an empty name', { ...KEY_REQUEST, name: '' }, '/name'],
  ['a name with a line break', { ...KEY_REQUEST, name: 'a\nb' }, '/name'],
  ['no scopes', { ...KEY_REQUEST, scopes: [] }, '/scopes'],
  ['a scope twice', { ...KEY_REQUEST, scopes: ['read', 'read'] }, '/scopes'],
  ['an unknown scope', { ...KEY_REQUEST, scopes: ['root'] }, '/scopes/0'],
  ['a time in the past', { ...KEY_REQUEST, expires_at: '2020-01-01T00:00:00Z' }, '/expires_at'],
  ['a time without a zone', { ...KEY_REQUEST, expires_at: '2999-01-01T00:00:00' }, '/expires_at'],
  ['a day that is none', { ...KEY_REQUEST, expires_at: '2999-13-01T00:00:00Z' }, '/expires_at'],
  ['no address', { ...KEY_REQUEST, allowed_addresses: ['::1', 'example.com'] }, '/allowed_addresses/1'],
  ['a negative limit', { ...KEY_REQUEST, limits: { storage_bytes: -1 } }, '/limits/storage_bytes'],
  ['a limit as text', { ...KEY_REQUEST, limits: { requests_per_minute: '60' } }, '/limits/requests_per_minute'],
  ['an unknown limit', { ...KEY_REQUEST, limits: { moons: 1 } }, '/limits/moons'],
  ['an unknown field', { ...KEY_REQUEST, hash: 'x' }, '/hash'],
]

test.each(wrong)('%s is refused by name, and no key is made or changed', async (_name, body, field) => {
  const { send, gateway } = await administration()
  const created = await send('POST', KEYS, body)
  expect([created.statusCode, created.json().details?.[0]?.field]).toEqual([400, field])
  expect((await gateway.keyRing.list(10))?.keys).toHaveLength(1)
  if (!('name' in body)) return
  const { record } = await gateway.keyRing.create({ name: 'other', scopes: ['read'] })
  const changed = await send('PATCH', `${KEYS}/${record.id}`, body)
  expect([changed.statusCode, changed.json().details?.[0]?.field]).toEqual([400, field])
  expect((await gateway.keyRing.find(record.id)).record).toEqual(record)
})

test('a change of nothing is refused', async () => {
  const { send, gateway } = await administration()
  const { record } = await gateway.keyRing.create({ name: 'other', scopes: ['read'] })
  for (const body of [{}, undefined]) expect((await send('PATCH', `${KEYS}/${record.id}`, body)).statusCode).toBe(400)
})

test('who made, changed, rotated and revoked a key is in the log', async () => {
  const { send, gateway } = await administration()
  const { id } = (await send('POST', KEYS, KEY_REQUEST)).json()
  await send('PATCH', `${KEYS}/${id}`, { name: 'another' })
  await send('POST', `${KEYS}/${id}/rotate`)
  await send('DELETE', `${KEYS}/${id}`)
  const lines = gateway.log.filter(({ keyId }) => keyId === id)
  expect(lines.map(({ msg }) => msg)).toEqual(
    ['created', 'changed', 'rotated', 'revoked'].map((word) => `API key ${word}`),
  )
  for (const line of lines) expect(line.by).toMatch(/^\w{12}$/)
})
