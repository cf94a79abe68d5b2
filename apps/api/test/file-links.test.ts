/** Links to files: whoever has one may fetch that file in that way until it expires, and nothing else. */
import { expect, test } from '@jest/globals'
import { parseSecretKeys } from '@video-scraper/boot'
import { LINK_SECONDS_MAX } from '@video-scraper/contracts'
import { publicPaths } from '@video-scraper/views'
import { FILE_ROUTE, fileLink, hasValidLink, storeLinkSeconds } from '../src/files/file-link.ts'
import { type GatewayOptions, SECRET_KEYS, useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const HOUR_MS = 3_600_000
const CONTENT = Buffer.from('0123456789abcdef')

async function published(change: object = {}, options: GatewayOptions = {}) {
  const gateway = await rig.gateway(options)
  const entry = await publishFile(rig, { jobId: downloadId('a'), content: CONTENT, ...change })
  const path = `${options.basePath ?? ''}/api/video-scraper/download/${entry.filename}`
  const link = async (body: object = {}) => (await gateway.post(`${path}/link`, body)).json()
  return { gateway, entry, path, link }
}

test('a link fetches the file, its headers and its parts, and says until when', async () => {
  const start = Math.floor(Date.now() / 1000) * 1000
  const { gateway, path, link } = await published()
  const { url, expires_at: expires } = await link({ expires_in: 60 })
  expect(url).toMatch(new RegExp(`^${path}\\?signature=v1\\.test\\.\\d+\\.[A-Za-z0-9_-]{43}$`))
  expect(Date.parse(expires) - start).toBeGreaterThanOrEqual(60_000)
  expect(Date.parse(expires)).toBeLessThanOrEqual(Date.now() + 60_000)

  const whole = await gateway.get(url)
  expect([whole.statusCode, whole.body]).toEqual([200, CONTENT.toString()])
  expect(whole.headers['content-disposition']).toMatch(/^attachment;/)
  const part = await gateway.get(url, { range: 'bytes=4-7' })
  expect([part.statusCode, part.body]).toEqual([206, '4567'])
  const head = await gateway.ask({ method: 'HEAD', url })
  expect([head.statusCode, head.headers['content-length']]).toEqual([200, '16'])
})

test('a link needs nobody to own the file: the owner has signed it', async () => {
  const { gateway, entry, path } = await published({ owner: 'somebody' })
  const made = { filename: entry.filename, disposition: 'attachment', expiresAt: Date.now() + HOUR_MS } as const
  const url = fileLink({ secretKeys: SECRET_KEYS, paths: publicPaths('', ''), now: Date.now }, made)
  expect((await gateway.get(path)).statusCode).toBe(404)
  expect((await gateway.get(url)).body).toBe(CONTENT.toString())
  // It reads that file and does nothing else.
  const signature = url.slice(url.indexOf('?'))
  for (const [method, address] of [
    ['DELETE', url],
    ['POST', `${path}/link${signature}`],
    ['GET', `/api/video-scraper/downloads${signature}`],
  ] as const) {
    // No other operation knows the parameters of a link.
    const reply = await gateway.ask({ method, url: address, ...(method === 'POST' && { payload: {} }) })
    expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  }
  expect((await gateway.get(url)).statusCode).toBe(200)
})

test('a signature counts for reading the file, and for nothing else that has the same query', async () => {
  const signing = { secretKeys: SECRET_KEYS, paths: publicPaths('', ''), now: Date.now }
  const filename = `video-${'a'.repeat(32)}.mp4`
  const url = fileLink(signing, { filename, disposition: 'attachment', expiresAt: Date.now() + HOUR_MS })
  const query = { signature: url.slice(url.indexOf('=') + 1) }
  const isAllowed = (change: object) => {
    const request = { method: 'GET', routeOptions: { url: FILE_ROUTE }, params: { filename }, query, ...change }
    return hasValidLink(signing, request as never)
  }
  expect(isAllowed({})).toBe(true)
  expect(isAllowed({ method: 'HEAD' })).toBe(true)
  expect(isAllowed({ query: {} })).toBe(false)
  for (const method of ['DELETE', 'POST', 'PUT', 'OPTIONS']) expect(isAllowed({ method })).toBe(false)
  for (const route of [`${FILE_ROUTE}/link`, '/api/video-scraper/downloads', undefined]) {
    expect(isAllowed({ routeOptions: { url: route } })).toBe(false)
  }
})

test('an address of the store holds for an hour, and no longer than the file or the link that led there', () => {
  const signing = { secretKeys: SECRET_KEYS, paths: publicPaths('', ''), now: Date.now }
  const now = 1_000_000_500
  const signatureFor = (seconds: number) =>
    fileLink(signing, { filename: 'a.mp4', disposition: 'attachment', expiresAt: now + seconds * 1000 }).split('=')[1]
  expect(storeLinkSeconds(now, null)).toBe(3600)
  expect(storeLinkSeconds(now, now + 7 * HOUR_MS)).toBe(3600)
  expect(storeLinkSeconds(now, now + 90_000)).toBe(90)
  expect(storeLinkSeconds(now, null, signatureFor(86_400))).toBe(3600)
  // A signature counts whole seconds, rounded down.
  expect(storeLinkSeconds(now, now + 90_000, signatureFor(60))).toBe(59)
  expect(storeLinkSeconds(now, now + 30_000, signatureFor(60))).toBe(30)
  expect(storeLinkSeconds(now, now + 1)).toBe(1)
})

test('disposition belongs to the link: inline is shown, and cannot be changed into anything else', async () => {
  const { gateway, link } = await published()
  const { url: shown } = await link({ disposition: 'inline' })
  const reply = await gateway.get(shown)
  expect(reply.headers['content-disposition']).toMatch(/^inline;/)
  expect(reply.headers['content-security-policy']).toContain('sandbox')
  const { url: saved } = await link({ disposition: 'attachment' })
  for (const url of [
    shown.replace('disposition=inline&', ''),
    shown.replace('=inline', '=attachment'),
    `${saved}&disposition=inline`,
  ]) {
    expect((await gateway.get(url)).json()).toMatchObject({ status_code: 403, code: 'link_invalid' })
  }
})

test('a link is worth nothing for another file, with another expiry, or without its whole signature', async () => {
  const { gateway, entry, link } = await published()
  const other = await publishFile(rig, { jobId: downloadId('b'), content: CONTENT })
  const { url } = await link()
  const [, expiry = ''] = /v1\.test\.(\d+)\./.exec(url) ?? []
  for (const changed of [
    url.replace(entry.filename, other.filename),
    url.replace(expiry, String(Number(expiry) + 1)),
    url.slice(0, -1),
    `${url}A`,
    url.replace(/signature=.*/, 'signature='),
    url.replace(/signature=.*/, 'signature=%00'),
    url.replace(/signature=.*/, `signature=${'x'.repeat(5000)}`),
  ]) {
    expect((await gateway.get(changed)).json()).toMatchObject({ status_code: 403, code: 'link_invalid' })
    expect((await gateway.ask({ method: 'HEAD', url: changed })).statusCode).toBe(403)
  }
  expect((await gateway.get(`${url}&signature=x`)).statusCode).toBe(400)
})

test('an expired link is 403 link_expired, in the second that it named', async () => {
  let now = Date.now()
  const { gateway, link } = await published({ expiresAt: null }, { now: () => now })
  const { url, expires_at: expires } = await link({ expires_in: 1 })
  now = Date.parse(expires) - 1
  expect((await gateway.get(url)).statusCode).toBe(200)
  now = Date.parse(expires)
  expect((await gateway.get(url)).json()).toMatchObject({ status_code: 403, code: 'link_expired', retryable: false })
})

test('a link ends with its file: removed or expired, it is a 404', async () => {
  let now = Date.now()
  const { gateway, path, link } = await published({ expiresAt: now + HOUR_MS }, { now: () => now })
  const { url } = await link({ expires_in: LINK_SECONDS_MAX })
  now += HOUR_MS
  expect((await gateway.get(url)).json()).toMatchObject({ status_code: 404, code: 'file_expired' })
  expect((await gateway.post(`${path}/link`, {})).json()).toMatchObject({ status_code: 404, code: 'file_expired' })
  now -= HOUR_MS
  expect((await gateway.ask({ method: 'DELETE', url: path })).statusCode).toBe(204)
  expect((await gateway.get(url)).statusCode).toBe(404)
})

test('somebody else’s file, one that never was and what is no file name at all give no link', async () => {
  const { gateway, path } = await published({ owner: 'somebody' })
  for (const url of [
    path,
    path.replace(/[0-9a-f]{32}/, '0'.repeat(32)),
    `${path}%2f..`,
    '/api/video-scraper/download/x',
  ]) {
    expect((await gateway.post(`${url}/link`, {})).json()).toMatchObject({ status_code: 404, code: 'not_found' })
  }
})

test('without a body, or with an empty one of any type, the link lives an hour and saves the file', async () => {
  const { gateway, path } = await published()
  for (const headers of [{}, { 'content-type': 'application/json' }, { 'content-type': 'text/plain' }]) {
    const reply = await gateway.ask({ method: 'POST', url: `${path}/link`, headers })
    expect([headers, reply.statusCode]).toEqual([headers, 200])
    expect(reply.json().url).not.toContain('disposition')
    expect(Date.parse(reply.json().expires_at) - Date.now()).toBeGreaterThan(HOUR_MS - 60_000)
  }
})

test.each([
  [{ expires_in: 0 }],
  [{ expires_in: -1 }],
  [{ expires_in: 1.5 }],
  [{ expires_in: '60' }],
  [{ expires_in: null }],
  [{ expires_in: LINK_SECONDS_MAX + 1 }],
  [{ disposition: 'show' }],
  [{ disposition: ['inline'] }],
  [{ more: 1 }],
  [[]],
])('the body %j is a 400 that names the field', async (body) => {
  const { gateway, path } = await published()
  const reply = await gateway.post(`${path}/link`, body)
  expect([reply.statusCode, reply.json().code]).toEqual([400, 'invalid_request'])
  expect(reply.json().details.length).toBeGreaterThan(0)
})

test('a body that is no JSON is refused as everywhere', async () => {
  const { gateway, path } = await published()
  const send = (type: string) =>
    gateway.ask({ method: 'POST', url: `${path}/link`, payload: 'x=y', headers: { 'content-type': type } })
  expect((await send('application/json')).statusCode).toBe(400)
  expect((await send('application/x-www-form-urlencoded')).statusCode).toBe(415)
})

test('the address is the one from outside: BASE_PATH in front, absolute with PUBLIC_URL', async () => {
  const { gateway, path, link } = await published({}, { basePath: '/video', publicUrl: 'https://example.org' })
  const { url } = await link()
  expect(url.startsWith(`https://example.org${path}?signature=`)).toBe(true)
  expect((await gateway.get(url.slice('https://example.org'.length))).statusCode).toBe(200)
})

test('another gateway with the same keys honours the link, one with others does not', async () => {
  const { link } = await published()
  const { url } = await link()
  expect((await (await rig.gateway()).get(url)).statusCode).toBe(200)
  const others = parseSecretKeys(`test:${Buffer.alloc(32, 2).toString('base64')}`, 'a test')
  expect((await (await rig.gateway({ secretKeys: others })).get(url)).statusCode).toBe(403)
})

test('a signature never reaches the log', async () => {
  const { gateway, link } = await published()
  const { url } = await link()
  await gateway.get(url)
  await gateway.get(`${url}x`)
  expect(gateway.log.length).toBeGreaterThan(1)
  expect(JSON.stringify(gateway.log)).not.toContain(url.slice(url.lastIndexOf('.')))
})
