import { once } from 'node:events'
import { createServer } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { startListener } from '@video-scraper/testkit'
import { createTargetPolicy, startEgressProxy, type TargetPolicy } from '../src/index.ts'
import { ask, startHttp, tunnel, whenDone } from './servers.ts'

async function startProxy(policy: TargetPolicy) {
  const proxy = await startEgressProxy({ policy })
  whenDone(() => proxy.close())
  return proxy
}

const allowing = (...allow: string[]) => createTargetPolicy({ allow })

test.each([
  '127.0.0.1',
  'localhost',
  'localhost.',
  '127.1',
  '2130706433',
  '0x7f.1',
  '0177.0.0.1',
  '127.0.0.1.',
  '%EF%BC%91%EF%BC%92%EF%BC%97.0.0.1',
  '[::1]',
  '[::ffff:127.0.0.1]',
  '[::ffff:7f00:1]',
  '169.254.169.254',
  '10.0.0.1',
  '100.64.0.1',
  '192.168.0.1',
  '[64:ff9b::7f00:1]',
  '[2002:7f00:1::]',
])('%s is refused for http and CONNECT, and nothing connects to it', async (host) => {
  const inside = await startListener()
  whenDone(() => inside.stop())
  // The port is allowed, so that only the host can be the reason.
  const proxy = await startProxy(createTargetPolicy({ allow: [], ports: [inside.port] }))
  const job = proxy.admit('job')
  const reply = await ask(job.proxyUrl, `http://${host}:${inside.port}/`)
  expect([reply.status, reply.headers['x-egress'], reply.body]).toEqual([403, 'denied', 'egress denied'])
  expect(job.blocked()).toBe(true)
  const other = proxy.admit('other')
  expect(other.blocked()).toBe(false)
  expect((await tunnel(other.proxyUrl, `${host}:${inside.port}`)).head).toMatch(/^HTTP\/1\.1 403 egress denied\r\n/)
  expect(other.blocked()).toBe(true)
  expect(inside.connections()).toEqual([])
})

test.each([
  ['an ftp address', 'ftp://8.8.8.8/file', 403, true],
  ['an https address without CONNECT', 'https://8.8.8.8/', 403, true],
  ['port 22', 'http://8.8.8.8:22/', 403, true],
  ['a path without a host', '/path', 400, false],
  ['no address', 'http://', 400, false],
])('%s is refused', async (_case, target, status, blocked) => {
  const job = (await startProxy(allowing())).admit('job')
  expect((await ask(job.proxyUrl, target)).status).toBe(status)
  expect(job.blocked()).toBe(blocked)
})

test('a redirect to an inside address is refused when it is followed', async () => {
  const inside = await startListener()
  whenDone(() => inside.stop())
  const port = await startHttp((_request, response) =>
    response.writeHead(302, { Location: `http://127.0.0.1:${inside.port}/secret` }).end(),
  )
  const job = (await startProxy(allowing(`127.0.0.1:${port}`))).admit('job')
  const redirect = await ask(job.proxyUrl, `http://127.0.0.1:${port}/`)
  expect((await ask(job.proxyUrl, redirect.headers.location ?? '')).status).toBe(403)
  expect(job.blocked()).toBe(true)
  expect(inside.connections()).toEqual([])
})

test.each([
  ['http', async (proxyUrl: string, port: number) => (await ask(proxyUrl, `http://site.example:${port}/`)).body],
  [
    'CONNECT',
    async (proxyUrl: string, port: number) => {
      const { socket } = await tunnel(proxyUrl, `site.example:${port}`)
      socket.write('GET / HTTP/1.1\r\nHost: site.example\r\nConnection: close\r\n\r\n')
      return (await buffer(socket)).toString().split('\r\n').at(-1) ?? ''
    },
  ],
])('over %s the connection goes to the address that was checked, whatever the name says next', async (_case, fetch) => {
  const port = await startHttp((_request, response) => response.end('checked'), '127.0.0.2')
  const inside = await startTcpOn(port)
  let asked = 0
  const resolve = async () => (asked++ === 0 ? ['127.0.0.2'] : ['127.0.0.1'])
  const proxy = await startProxy(createTargetPolicy({ allow: [`site.example:${port}`], resolve }))
  expect(await fetch(proxy.admit('job').proxyUrl, port)).toContain('checked')
  expect([asked, inside.connections]).toEqual([1, 0])
})

test('where an address does not answer, the next checked one is tried', async () => {
  const port = await startHttp((_request, response) => response.end('second'), '127.0.0.3')
  const resolve = async () => ['127.0.0.2', '127.0.0.3']
  const proxy = await startProxy(createTargetPolicy({ allow: [`site.example:${port}`], resolve }))
  expect((await ask(proxy.admit('job').proxyUrl, `http://site.example:${port}/`)).body).toBe('second')
})

test('a name that does not resolve, and a port that is closed, are gateway errors and no refusals', async () => {
  const closed = await startListener()
  await closed.stop()
  const resolve = async () => Promise.reject(new Error('ENOTFOUND'))
  const proxy = await startProxy(createTargetPolicy({ allow: [`127.0.0.1:${closed.port}`], resolve }))
  const job = proxy.admit('job')
  const replies = [
    await ask(job.proxyUrl, 'http://nowhere.example/'),
    await ask(job.proxyUrl, `http://127.0.0.1:${closed.port}/`),
  ]
  expect(replies.map(({ status, headers }) => [status, headers['x-egress']])).toEqual([
    [502, 'not_found'],
    [502, 'unreachable'],
  ])
  expect((await tunnel(job.proxyUrl, 'nowhere.example:443')).head).toMatch(/^HTTP\/1\.1 502 /)
  expect((await tunnel(job.proxyUrl, `127.0.0.1:${closed.port}`)).head).toMatch(/^HTTP\/1\.1 502 /)
  expect(job.blocked()).toBe(false)
  for (const { body } of replies) expect(body).not.toContain('127.0.0.1')
})

/** Another server on the same port of another loopback address. */
async function startTcpOn(port: number) {
  const seen = { connections: 0 }
  const server = createServer((socket) => {
    seen.connections += 1
    socket.destroy()
  })
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  whenDone(() => server.close())
  return seen
}
