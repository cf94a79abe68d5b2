/** Which keys are taken, from which header, for how long, and what is said of the others. */
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { newKeyText } from '../src/auth/key-text.ts'
import { bearer, INFO, JOBS, make, URL, useKeyedApi } from './keyed-gateways.ts'

const { keyed, rig } = useKeyedApi()

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
