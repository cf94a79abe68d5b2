/** Pages of other origins: shut out unless they are listed. */
import { expect, test } from '@jest/globals'
import { parseOrigins } from '../src/http/cors.ts'
import { useApi } from './api-rig.ts'

const rig = useApi()
const LISTED = 'https://app.example.org'
const STRANGER = 'https://evil.example.org'
const INFO = '/api/video-scraper/info'

const corsIn = (headers: Record<string, unknown>) =>
  Object.keys(headers).filter((name) => name.startsWith('access-control-'))

const preflight = (origin: string, method = 'POST') => ({
  method: 'OPTIONS' as const,
  url: INFO,
  headers: {
    origin,
    'access-control-request-method': method,
    'access-control-request-headers': 'x-api-key,content-type',
  },
})

test('without a list no origin gets a header, and a preflight is answered without permission', async () => {
  const { app, get, ask } = await rig.gateway()
  const read = await get('/api/status', { origin: LISTED })
  expect(corsIn(read.headers)).toEqual([])
  expect(read.headers['cross-origin-resource-policy']).toBe('same-origin')
  expect(read.headers.vary).toBe('accept-encoding')
  const refused = await ask(preflight(LISTED))
  expect([refused.statusCode, refused.headers.allow, corsIn(refused.headers)]).toEqual([204, 'OPTIONS, POST', []])
  expect(app.hasRoute({ method: 'OPTIONS', url: '*' })).toBe(false)
})

test('a listed origin may ask for every method and header, and read what a client needs', async () => {
  const { app } = await rig.gateway({ corsOrigins: ['https://other.example.org', LISTED], rateLimitPerMinute: 5 })
  const before = await app.inject(preflight(LISTED))
  expect(before.statusCode).toBe(204)
  expect(before.headers).toMatchObject({
    'access-control-allow-origin': LISTED,
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, PATCH, DELETE',
    'access-control-allow-headers': 'x-api-key,content-type',
    'access-control-max-age': '600',
  })
  const post = await app.inject({
    method: 'POST',
    url: INFO,
    payload: { url: 'https://example.org/' },
    headers: { origin: LISTED },
  })
  expect(post.statusCode).toBe(202)
  expect(post.headers['access-control-allow-origin']).toBe(LISTED)
  expect(post.headers.vary).toMatch(/Origin/i)
  expect(post.headers['cross-origin-resource-policy']).toBe('cross-origin')
  const exposed = String(post.headers['access-control-expose-headers']).toLowerCase().split(', ')
  for (const name of ['location', 'retry-after', 'ratelimit', 'ratelimit-policy', 'x-request-id']) {
    expect(exposed).toContain(name)
    expect(post.headers).toHaveProperty([name])
  }
  for (const name of ['link', 'etag', 'content-disposition', 'content-range', 'allow']) expect(exposed).toContain(name)
})

test('errors can be read by a listed origin as well', async () => {
  const { app } = await rig.gateway({ corsOrigins: [LISTED] })
  for (const [method, url, status] of [
    ['GET', '/unknown', 404],
    ['DELETE', INFO, 405],
    ['POST', INFO, 415],
  ] as const) {
    const reply = await app.inject({ method, url, headers: { origin: LISTED }, payload: method === 'POST' ? 'x' : '' })
    expect([url, reply.statusCode, reply.headers['access-control-allow-origin']]).toEqual([url, status, LISTED])
  }
})

test.each([
  STRANGER,
  'null',
  'https://app.example.org.evil.org',
  'http://app.example.org',
  'https://app.example.org:8443',
])('an origin that is not listed, %s, gets no headers and no preflight', async (origin) => {
  const { app } = await rig.gateway({ corsOrigins: [LISTED] })
  const read = await app.inject({ url: '/api/status', headers: { origin } })
  expect([read.statusCode, corsIn(read.headers)]).toEqual([200, []])
  expect(read.headers.vary).toMatch(/Origin/i)
  const refused = await app.inject(preflight(origin))
  expect([refused.statusCode, refused.headers.allow, corsIn(refused.headers)]).toEqual([204, 'OPTIONS, POST', []])
})

test('unknown paths stay 404, and OPTIONS that is no preflight names the methods, also with a list', async () => {
  const { ask } = await rig.gateway({ corsOrigins: [LISTED] })
  expect((await ask({ method: 'OPTIONS', url: '/unknown' })).statusCode).toBe(404)
  expect((await ask({ method: 'OPTIONS', url: INFO })).headers.allow).toBe('OPTIONS, POST')
})

test('credentials of the browser are never allowed, least of all with *', async () => {
  for (const corsOrigins of [['*'], [LISTED]]) {
    const { app } = await rig.gateway({ corsOrigins })
    for (const reply of [
      await app.inject(preflight(LISTED)),
      await app.inject({ url: '/api/status', headers: { origin: LISTED } }),
    ]) {
      expect(reply.headers['access-control-allow-origin']).toBe(corsOrigins[0])
      expect(reply.headers).not.toHaveProperty('access-control-allow-credentials')
    }
  }
})

test('CORS_ORIGINS is a list of origins as browsers write them', () => {
  expect(parseOrigins('')).toEqual([])
  expect(parseOrigins(' https://a.example.org, http://localhost:3000 ,*,')).toEqual([
    'https://a.example.org',
    'http://localhost:3000',
    '*',
  ])
})

test.each([
  'example.org',
  'https://example.org/',
  'https://Example.org',
  'https://example.org:443',
  'https://*.example.org/x',
  'null',
  'ftp://example.org',
])('CORS_ORIGINS=%s is refused by name', (entry) => {
  expect(() => parseOrigins(`https://a.example.org,${entry}`)).toThrow(
    `CORS_ORIGINS: ${entry} is neither an origin such as https://example.org nor *.`,
  )
})
