/** The endpoints of cookie sets, and requests for jobs that name one. */
import { beforeEach, expect, test } from '@jest/globals'
import { type Gateway, useApi } from './api-rig.ts'

const rig = useApi()
const API = '/api/video-scraper'
const SECRET = 'the-value-of-a-cookie'
const JSON_COOKIES = [{ domain: '.example.com', name: 'session', value: SECRET, expires: 4_102_444_800 }]
const NETSCAPE = `# Netscape HTTP Cookie File\n.example.com\tTRUE\t/\tTRUE\t4102444800\tsession\t${SECRET}\n`

let gateway: Gateway
beforeEach(async () => {
  gateway = await rig.gateway({ auth: 'api-key' })
})

type Scope = 'read' | 'write' | 'cookies'
async function keyWith(...scopes: Scope[]) {
  const { key, record } = await gateway.keyRing.create({ name: 'test', scopes })
  const headers = { authorization: `Bearer ${key}` }
  const ask = (method: 'GET' | 'PUT' | 'DELETE' | 'POST', path: string, payload?: string | object, more = {}) =>
    gateway.ask({
      method,
      url: `${API}${path}`,
      headers: { ...headers, ...more },
      ...(payload !== undefined && { payload }),
    })
  const put = (name: string, payload: string | object = JSON_COOKIES) => ask('PUT', `/cookies/${name}`, payload)
  return {
    id: record.id,
    ask,
    put,
    putText: (name: string, text: string) => ask('PUT', `/cookies/${name}`, text, TEXT),
  }
}
const TEXT = { 'content-type': 'text/plain; charset=utf-8' }

test('a set is stored from both forms, shown without its cookies, replaced, listed by name and deleted', async () => {
  const { ask, put, putText } = await keyWith('cookies')
  const stored = await putText('from-file', NETSCAPE)
  expect([stored.statusCode, stored.headers.location]).toEqual([201, `${API}/cookies/from-file`])
  expect(stored.json()).toMatchObject({
    name: 'from-file',
    domains: ['example.com'],
    count: 1,
    earliest_expiry: '2100-01-01T00:00:00.000Z',
    verdict: 'unknown',
    last_used_at: null,
  })
  expect((await put('an-array')).statusCode).toBe(201)
  const replaced = await put('from-file', [...JSON_COOKIES, { domain: 'other.example', name: 'a', value: SECRET }])
  expect([replaced.statusCode, replaced.json().count, replaced.json().domains]).toEqual([
    200,
    2,
    ['example.com', 'other.example'],
  ])
  expect(replaced.json().created_at).toBe(stored.json().created_at)
  const list = await ask('GET', '/cookies')
  expect(list.json().cookies.map(({ name }: { name: string }) => name)).toEqual(['an-array', 'from-file'])
  const one = await ask('GET', '/cookies/an-array')
  expect(one.statusCode).toBe(200)
  for (const reply of [stored, replaced, list, one]) expect(reply.body).not.toContain(SECRET)
  expect((await ask('DELETE', '/cookies/an-array')).statusCode).toBe(204)
  expect((await ask('DELETE', '/cookies/an-array')).json()).toMatchObject({ code: 'not_found' })
  expect((await ask('GET', '/cookies/an-array')).statusCode).toBe(404)
})

test('what cannot be cookies is refused in a sentence, and is neither in the answer nor in the log', async () => {
  const { ask, put, putText } = await keyWith('cookies')
  const refused = [
    await putText('a', `example.com ${SECRET}`),
    await put('a', [{ domain: 'example.com', name: 'a', value: `${SECRET};` }]),
    await put('a', [{ domain: 'example.com', name: 'a', value: 1, secret: SECRET }]),
    await put('a', { cookies: SECRET }),
    await put('a', []),
    await put(`not.a.name.${SECRET.slice(0, 0)}`),
    await ask('PUT', '/cookies/a'),
    await ask('PUT', '/cookies/a', undefined, TEXT),
    await ask('PUT', '/cookies/a', 'null', { 'content-type': 'application/json' }),
    await ask('PUT', '/cookies/a', `[{"${SECRET}`, { 'content-type': 'application/json' }),
  ]
  for (const reply of refused) {
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
    expect(reply.body).not.toContain(SECRET)
  }
  const large = await putText('a', `${NETSCAPE}${'#'.repeat(256 * 1024)}`)
  expect([large.statusCode, large.json().code]).toEqual([413, 'payload_too_large'])
  const form = await ask('PUT', '/cookies/a', `a=${SECRET}`, { 'content-type': 'application/x-www-form-urlencoded' })
  expect([form.statusCode, form.json().code]).toEqual([415, 'unsupported_media_type'])
  expect(JSON.stringify(gateway.log)).not.toContain(SECRET)
})

test('the twenty-first set is refused, and the others can still be replaced', async () => {
  const { put } = await keyWith('cookies')
  for (let at = 0; at < 20; at++) expect((await put(`set-${at}`)).statusCode).toBe(201)
  expect((await put('one-more')).json()).toMatchObject({ status_code: 409, code: 'too_many_cookie_sets' })
  expect((await put('set-7')).statusCode).toBe(200)
})

test('sets of another key are as if they were not, and a key without the scope has none', async () => {
  const mine = await keyWith('cookies', 'write')
  const theirs = await keyWith('cookies', 'write')
  const other = await keyWith('read', 'write')
  await mine.put('account')
  expect((await theirs.ask('GET', '/cookies')).json()).toEqual({ cookies: [] })
  expect((await theirs.ask('GET', '/cookies/account')).statusCode).toBe(404)
  expect((await theirs.ask('DELETE', '/cookies/account')).statusCode).toBe(404)
  expect((await other.ask('GET', '/cookies')).json()).toMatchObject({ code: 'insufficient_scope' })
  expect((await other.put('account')).statusCode).toBe(403)
  const job = { url: 'https://www.example.com/watch', cookies: 'account' }
  expect((await mine.ask('POST', '/info', job)).statusCode).toBe(202)
  expect((await theirs.ask('POST', '/info', job)).json()).toMatchObject({ status_code: 400, code: 'unknown_cookies' })
  expect((await other.ask('POST', '/info', job)).json()).toMatchObject({ code: 'insufficient_scope' })
})

test.each(['/info', '/download'])(
  'POST %s takes a set that has cookies of the site, and says it for each address',
  async (path) => {
    const { ask, put } = await keyWith('cookies', 'write', 'read')
    await put('account')
    const urls = [
      'https://example.com/a',
      'https://example.com.evil.example/a',
      'https://notexample.com/',
      'http://127.0.0.1/',
    ]
    const batch = await ask('POST', path, { urls, cookies: 'account' })
    expect(batch.json().jobs.map(({ code }: { code?: string }) => code)).toEqual([
      undefined,
      ...Array(3).fill('cookies_of_other_site'),
    ])
    for (const cookies of ['', 'not a name', 7]) {
      expect((await ask('POST', path, { url: 'https://example.com/a', cookies })).statusCode).toBe(400)
    }
    const redis = await rig.workerConnection()
    const everything: unknown[] = []
    for (const key of await redis.keys('*')) {
      const type = await redis.type(key)
      everything.push(key, type === 'hash' ? await redis.hgetall(key) : type === 'string' ? await redis.get(key) : type)
    }
    expect(JSON.stringify(everything)).toContain('"account"')
    expect(JSON.stringify(everything)).not.toContain(SECRET)
  },
)

test('without keys there are no sets, unless whoever runs the service allows them', async () => {
  const without = await rig.gateway({ keepsCookies: false })
  expect((await without.ask({ method: 'PUT', url: `${API}/cookies/a`, payload: JSON_COOKIES })).statusCode).toBe(404)
  const job = { url: 'https://example.com/', cookies: 'a' }
  expect((await without.post(`${API}/info`, job)).json()).toMatchObject({ code: 'unknown_cookies' })
  const allowing = await rig.gateway()
  expect((await allowing.ask({ method: 'PUT', url: `${API}/cookies/a`, payload: JSON_COOKIES })).statusCode).toBe(201)
  expect((await allowing.post(`${API}/info`, job)).statusCode).toBe(202)
  expect((await without.post(`${API}/info`, job)).json()).toMatchObject({ code: 'unknown_cookies' })
})

test('an expired set says so by itself', async () => {
  let now = Date.now()
  const later = await rig.gateway({ now: () => now })
  const expires = Math.floor(now / 1000) + 60
  const url = `${API}/cookies/a`
  await later.ask({ method: 'PUT', url, payload: [{ domain: 'example.com', name: 'a', value: 'b', expires }] })
  expect((await later.get(url)).json()).toMatchObject({ verdict: 'unknown' })
  now += 61_000
  expect((await later.get(url)).json()).toMatchObject({ verdict: 'expired' })
})
