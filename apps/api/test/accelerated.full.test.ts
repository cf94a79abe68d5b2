/** X-Accel-Redirect through a real nginx: the gateway decides who may have a file, nginx sends it. */
import { expect, test } from '@jest/globals'
import { startNginx } from '@video-scraper/testkit'
import { useApi } from './api-rig.ts'
import { downloadId, publishFile } from './trivial-worker.ts'

const rig = useApi()
const CONTENT = Buffer.from('0123456789abcdef')

/** As docs/operations.md says it for whoever runs one. */
async function accelerated(change: object = {}) {
  const gateway = await rig.gateway({ accelLocation: '/protected/' })
  const entry = await publishFile(rig, { jobId: downloadId('a'), content: CONTENT, title: 'Äpfel', ...change })
  const nginx = await startNginx(`
    location /api/video-scraper { proxy_pass ${await gateway.origin()}; proxy_http_version 1.1; }
    location /protected/ {
      internal;
      alias ${rig.libraryPath}/;
      add_header X-Content-Type-Options nosniff;
      add_header Repr-Digest $upstream_http_repr_digest;
      add_header Content-Security-Policy $upstream_http_content_security_policy;
      add_header X-Request-Id $upstream_http_x_request_id;
    }`)
  rig.afterwards(() => nginx.stop())
  const path = `/api/video-scraper/download/${entry.filename}`
  const get = async (url: string, headers: Record<string, string> = {}, method = 'GET') => {
    const reply = await fetch(`${nginx.origin}${url}`, { method, headers })
    return { status: reply.status, headers: Object.fromEntries(reply.headers), body: await reply.text() }
  }
  return { gateway, entry, path, get }
}

test('the gateway sends no byte of the file, only where nginx finds it', async () => {
  const { gateway, entry, path } = await accelerated()
  for (const method of ['GET', 'HEAD'] as const) {
    const { statusCode, headers, body } = await gateway.ask({ method, url: path, headers: { range: 'bytes=0-3' } })
    expect([statusCode, body]).toEqual([200, ''])
    expect(headers['x-accel-redirect']).toBe(`/protected/${entry.filename}`)
    for (const name of ['etag', 'last-modified', 'accept-ranges']) expect(headers).not.toHaveProperty(name)
  }
})

test('nginx sends the file with our name, type and digest, whole, as HEAD, and in parts', async () => {
  const { entry, path, get } = await accelerated()
  const whole = await get(path)
  expect([whole.status, whole.body]).toEqual([200, CONTENT.toString()])
  expect(whole.headers).toMatchObject({
    'content-type': 'video/mp4',
    'content-length': '16',
    'content-disposition': expect.stringContaining("filename*=UTF-8''%C3%84pfel%20%5B"),
    'cache-control': 'private',
    'repr-digest': `sha-256=:${Buffer.from(entry.sha256, 'hex').toString('base64')}:`,
    'x-content-type-options': 'nosniff',
    'last-modified': new Date(entry.createdAt).toUTCString(),
  })
  expect(whole.headers).not.toHaveProperty('x-accel-redirect')
  const head = await get(path, {}, 'HEAD')
  expect([head.status, head.headers['content-length'], head.body]).toEqual([200, '16', ''])
  const part = await get(path, { range: 'bytes=4-7' })
  expect([part.status, part.body, part.headers['content-range']]).toEqual([206, '4567', 'bytes 4-7/16'])
  expect((await get(path, { range: 'bytes=99-' })).status).toBe(416)
})

test('conditions are checked by the validators that nginx gave', async () => {
  const { path, get } = await accelerated()
  const { etag = '' } = (await get(path)).headers
  expect((await get(path, { 'if-none-match': etag })).status).toBe(304)
  expect((await get(path, { 'if-match': etag })).status).toBe(200)
  expect((await get(path, { 'if-match': '"another"' })).status).toBe(412)
  expect((await get(path, { range: 'bytes=4-7', 'if-range': etag })).body).toBe('4567')
  expect((await get(path, { range: 'bytes=4-7', 'if-range': '"another"' })).body).toBe(CONTENT.toString())
})

test('shown inline under the policy; a link works, an expired or changed one does not', async () => {
  const { gateway, path, get } = await accelerated()
  const { url } = (await gateway.post(`${path}/link`, { disposition: 'inline' })).json()
  const shown = await get(url, { range: 'bytes=0-3' })
  expect([shown.status, shown.body]).toEqual([206, '0123'])
  expect(shown.headers['content-disposition']).toMatch(/^inline;/)
  expect(shown.headers['content-security-policy']).toContain('sandbox')
  expect((await get(`${url}x`)).status).toBe(403)
})

test('nobody gets a file past the gateway: not from the location, not somebody else’s, not one that is over', async () => {
  const { entry, path, get } = await accelerated({ owner: 'somebody' })
  for (const url of [path, `/protected/${entry.filename}`, `/protected/${entry.filename}.json`]) {
    expect([url, (await get(url)).status]).toEqual([url, 404])
  }
  const over = await publishFile(rig, { jobId: downloadId('b'), expiresAt: Date.now() - 1 })
  expect((await get(path.replace(entry.filename, over.filename))).status).toBe(404)
})
