/** Requests that leave through a proxy of the operator. */
import { once } from 'node:events'
import { createServer as createHttps } from 'node:https'
import { type AddressInfo, connect, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import {
  createSafeFetch,
  createTargetPolicy,
  parseUpstreamProxy,
  startEgressProxy,
  type UpstreamProxy,
} from '../src/index.ts'
import { certificateFor } from './certificate.ts'
import { ask, startHttp, startTcp, tunnel, whenDone, writeForEver } from './servers.ts'
import { CREDENTIALS, PUBLIC, proxyThrough, SECRET, settingFor, startUpstream } from './upstream-proxies.ts'

test('plain requests and tunnels go through the upstream proxy, which receives the checked address and never the name', async () => {
  const seen: unknown[] = []
  const site = await startHttp((request, response) => {
    seen.push([request.url, request.headers.host, request.headers['proxy-authorization']])
    response.end('hello')
  })
  const upstream = await startUpstream(site)
  const { proxy, log } = await proxyThrough(upstream.setting)
  const { proxyUrl } = proxy.admit('job')
  expect(
    await ask(proxyUrl, 'http://video.example:8080/a?b', { headers: { Host: 'video.example:8080' } }),
  ).toMatchObject({ status: 200, body: 'hello' })
  const { head, socket } = await tunnel(proxyUrl, 'video.example:443', 'GET /c HTTP/1.0\r\nHost: inner.example\r\n\r\n')
  expect(head).toMatch(/^HTTP\/1\.1 200 /)
  let answer = ''
  for await (const bytes of socket) answer += bytes
  expect(answer).toContain('hello')
  expect(seen).toEqual([
    ['/a?b', 'video.example:8080', undefined],
    ['/c', 'inner.example', undefined],
  ])
  expect(upstream.asked).toEqual([
    `CONNECT ${PUBLIC}:8080 HTTP/1.1\r\nHost: ${PUBLIC}:8080\r\n${CREDENTIALS}\r\n`,
    `CONNECT ${PUBLIC}:443 HTTP/1.1\r\nHost: ${PUBLIC}:443\r\n${CREDENTIALS}\r\n`,
  ])
  expect(log).toEqual([])
})

test('what the policy refuses never reaches the upstream proxy, also when a name has changed its answer', async () => {
  const upstream = await startUpstream(await startHttp((_request, response) => response.end('x')))
  const { proxy } = await proxyThrough(upstream.setting, [[PUBLIC], ['127.0.0.1']])
  const job = proxy.admit('job')
  expect(await ask(job.proxyUrl, 'http://video.example/')).toMatchObject({ status: 200 })
  expect(await ask(job.proxyUrl, 'http://video.example/')).toMatchObject({ status: 403 })
  expect((await tunnel(job.proxyUrl, '169.254.169.254:80')).head).toContain(' 403 ')
  expect(job.blocked()).toBe(true)
  expect(upstream.asked).toHaveLength(1)
})

test('bytes are counted, and a job is cut off, through the upstream proxy as well', async () => {
  const upstream = await startUpstream(await startHttp((_request, response) => writeForEver(response)))
  const { proxy } = await proxyThrough(upstream.setting)
  const job = proxy.admit('job', { maxBytes: 300_000 })
  await expect(ask(job.proxyUrl, 'http://video.example/')).rejects.toThrow()
  expect(job.exceeded()).toBe(true)
})

const answering = (text: string) => startTcp((socket: Socket) => socket.once('data', () => void socket.end(text)))

test.each([
  ['wants other credentials', () => answering('HTTP/1.1 407 No\r\n\r\n'), 'It does not accept the credentials'],
  ['is no proxy', () => answering('SSH-2.0-x\r\n\r\n'), 'It does not answer in HTTP.'],
  [
    'never ends its answer',
    () => answering(`HTTP/1.1 200 OK\r\nX: ${'x'.repeat(20_000)}`),
    'It does not answer in HTTP.',
  ],
])('an upstream proxy that %s is asked to the operator, without its credentials', async (_case, start, reason) => {
  const setting = settingFor(await start())
  const { proxy, log } = await proxyThrough(setting)
  const { proxyUrl } = proxy.admit('job')
  expect(await ask(proxyUrl, 'http://video.example/')).toMatchObject({ status: 502 })
  expect((await tunnel(proxyUrl, 'video.example:443')).head).toContain(' 502 ')
  const line = ['the upstream proxy failed', { upstream: `127.0.0.1:${setting.port}`, reason: expect.any(String) }]
  expect(log).toEqual([line, line])
  expect(JSON.stringify(log)).toContain(reason)
  expect(JSON.stringify(log)).not.toMatch(/user|wörd|Basic/)
})

test('an upstream proxy that is not there is an unreachable target to the job, and a clear line to the operator', async () => {
  const { proxy, log } = await proxyThrough({ host: '127.0.0.1', port: 1, authorization: null })
  expect(await ask(proxy.admit('job').proxyUrl, 'http://video.example/')).toMatchObject({ status: 502 })
  expect(log).toEqual([
    ['the upstream proxy failed', { upstream: '127.0.0.1:1', reason: 'It cannot be reached (ECONNREFUSED).' }],
  ])
})

test('a target that the upstream proxy cannot reach is nothing to tell the operator', async () => {
  const { proxy, log } = await proxyThrough(settingFor(await answering('HTTP/1.1 504 Late\r\nX: y\r\n\r\n')))
  expect(await ask(proxy.admit('job').proxyUrl, 'http://video.example/')).toMatchObject({ status: 502 })
  expect(log).toEqual([])
})

test.each([
  ['says nothing until the time is over', () => undefined],
  ['hangs up', (socket: Socket) => void socket.end()],
  ['breaks off', (socket: Socket) => void socket.resetAndDestroy()],
])('a target for which the upstream proxy %s does not count against that proxy', async (_case, answer) => {
  const setting = settingFor(await startTcp((socket) => socket.once('data', () => answer(socket))))
  const { proxy, log } = await proxyThrough(setting, [[PUBLIC]], 300)
  const job = proxy.admit('job')
  expect((await ask(job.proxyUrl, 'http://video.example/')).status).toBeGreaterThanOrEqual(502)
  expect((await tunnel(job.proxyUrl, 'video.example:443')).head).toMatch(/ 50[24] /)
  expect([job.upstreamFailed(), log]).toEqual([false, []])
})

test('an upstream proxy through which one connection of the job got has not failed for it', async () => {
  const site = await startHttp((_request, response) => response.end('hello'))
  let asked = 0
  const port = await startTcp((socket) => {
    socket.once('data', () => {
      asked += 1
      if (asked !== 2) return void socket.end('HTTP/1.1 407 No\r\n\r\n')
      const onward = connect(site, '127.0.0.1')
      whenDone(() => onward.destroy())
      socket.on('error', () => onward.destroy())
      socket.write('HTTP/1.1 200 OK\r\n\r\n')
      socket.pipe(onward).pipe(socket)
    })
  })
  const { proxy } = await proxyThrough(settingFor(port))
  const job = proxy.admit('job')
  const seen: unknown[] = []
  for (let n = 0; n < 3; n += 1)
    seen.push([(await ask(job.proxyUrl, 'http://video.example/')).status, job.upstreamFailed()])
  expect(seen).toEqual([
    [502, true],
    [200, false],
    [502, false],
  ])
})

test('requests of our own go through it too, with TLS to the target', async () => {
  const certificate = certificateFor('hook.example')
  const server = createHttps(certificate, (request, response) => response.end(`hello ${request.headers.host}`))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  whenDone(() => server.close())
  const upstream = await startUpstream((server.address() as AddressInfo).port)
  const plain = await startUpstream(await startHttp((request, response) => response.end(request.headers.host)))
  const fetchVia = (setting: UpstreamProxy) =>
    createSafeFetch({
      policy: createTargetPolicy({ allow: [], resolve: async () => [PUBLIC] }),
      upstream: setting,
      timeoutMs: 10_000,
      maxBytes: 1000,
      certificateAuthorities: [certificate.cert],
    })
  const reply = await fetchVia(upstream.setting)('https://hook.example/', { method: 'POST', body: 'x' })
  expect(reply.body.toString()).toBe('hello hook.example')
  expect(upstream.asked).toEqual([expect.stringContaining(`CONNECT ${PUBLIC}:443 `)])
  expect((await fetchVia(plain.setting)('http://hook.example:8080/')).body.toString()).toBe('hook.example:8080')
  await expect(fetchVia(upstream.setting)('https://other.example/')).rejects.toMatchObject({ code: 'bad_certificate' })
  const refusing = settingFor(await answering('HTTP/1.1 407 No\r\n\r\n'))
  await expect(fetchVia(refusing)('http://hook.example/')).rejects.toMatchObject({ code: 'unreachable' })
})

test('the setting is read with its credentials, and without', () => {
  expect(parseUpstreamProxy('')).toBeNull()
  expect(parseUpstreamProxy('http://proxy.example:3128')).toEqual({
    host: 'proxy.example',
    port: 3128,
    authorization: null,
  })
  expect(parseUpstreamProxy(' http://u@[2001:db8::1]/ ')).toMatchObject({ host: '2001:db8::1', port: 80 })
  expect(settingFor(1).authorization).toBe(`Basic ${Buffer.from(`user:${SECRET}`).toString('base64')}`)
})

test.each([
  'proxy.example:3128',
  'https://user:hidden@proxy.example',
  'socks5://user:hidden@proxy.example:1080',
  'http://user:hidden@',
  'http://user:hidden@proxy.example/path',
  'http://user:hidden%zz@proxy.example',
  'user:hidden@proxy.example:3128',
])('the setting %s stops the start with a sentence that does not repeat it', (text) => {
  let sentence = ''
  try {
    parseUpstreamProxy(text)
  } catch (error) {
    sentence = String(error)
  }
  expect(sentence).toContain('EGRESS_UPSTREAM_PROXY')
  expect(sentence).not.toContain('hidden')
})

test('each job leaves through its own upstream proxy, or straight; one that fails is known by its job alone', async () => {
  const site = await startHttp((_request, response) => response.end('hello'))
  const [common, own] = [await startUpstream(site), await startUpstream(site)]
  const { proxy } = await proxyThrough(common.setting)
  const ways = [proxy.admit('a'), proxy.admit('b', { upstream: own.setting })]
  for (const { proxyUrl } of ways) expect((await ask(proxyUrl, 'http://video.test/a')).body).toBe('hello')
  await tunnel(ways[1]?.proxyUrl ?? '', 'video.test:443')
  expect([common.asked.length, own.asked.length]).toEqual([1, 2])
  const failing = proxy.admit('c', { upstream: settingFor(1) })
  expect((await ask(failing.proxyUrl, 'http://video.test/a')).status).toBe(502)
  expect([...ways, failing].map((job) => job.upstreamFailed())).toEqual([false, false, true])
  const direct = await startEgressProxy({
    policy: createTargetPolicy({ allow: [`127.0.0.1:${site}`] }),
    upstream: common.setting,
  })
  whenDone(() => direct.close())
  const straight = direct.admit('d', { upstream: null })
  expect((await ask(straight.proxyUrl, `http://127.0.0.1:${site}/a`)).body).toBe('hello')
  expect(common.asked).toHaveLength(1)
})
