import { once } from 'node:events'
import { createServer } from 'node:https'
import type { AddressInfo, Socket } from 'node:net'
import type { TLSSocket } from 'node:tls'
import { expect, test } from '@jest/globals'
import { createSafeFetch, createTargetPolicy, SafeFetchError } from '../src/index.ts'
import { certificateFor } from './certificate.ts'
import { startHttp, startTcp, whenDone, writeForEver } from './servers.ts'

/** Every name leads to loopback, where the servers of these tests are; only the exception may be reached. */
const fetchFrom = (host: string, options: { timeoutMs?: number; maxBytes?: number; ca?: string } = {}) =>
  createSafeFetch({
    policy: createTargetPolicy({ allow: [host], resolve: async () => ['127.0.0.1'] }),
    timeoutMs: options.timeoutMs ?? 10_000,
    maxBytes: options.maxBytes ?? 1000,
    ...(options.ca && { certificateAuthorities: [options.ca] }),
  })

const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => null,
    (error: unknown) => error,
  )

test('a request goes to the checked address under its own name, and comes back whole', async () => {
  const seen: unknown[] = []
  const port = await startHttp(async (request, response) => {
    let body = ''
    for await (const chunk of request) body += chunk
    seen.push([request.method, request.url, request.headers.host, request.headers['x-signature'], body])
    response.writeHead(201, { 'X-Answer': 'yes' }).end('thanks')
  })
  const reply = await fetchFrom(`hook.example:${port}`)(`http://hook.example:${port}/a%20b?c=d#e`, {
    method: 'POST',
    headers: { 'X-Signature': 's', host: 'other.example' },
    body: 'héllo',
  })
  expect(seen).toEqual([['POST', '/a%20b?c=d', `hook.example:${port}`, 's', 'héllo']])
  expect({ ...reply, headers: reply.headers['x-answer'], body: reply.body.toString() }).toEqual({
    status: 201,
    headers: 'yes',
    body: 'thanks',
    truncated: false,
  })
})

test('a redirect is a reply like others, and is not followed', async () => {
  let asked = 0
  const port = await startHttp((_request, response) => {
    asked += 1
    response.writeHead(302, { Location: '/again' }).end()
  })
  expect(await fetchFrom(`127.0.0.1:${port}`)(`http://127.0.0.1:${port}/`)).toMatchObject({ status: 302 })
  expect(asked).toBe(1)
})

test('nothing is connected to when the policy refuses, and the refusal does not say why', async () => {
  let connections = 0
  const port = await startTcp(() => {
    connections += 1
  })
  const fetch = fetchFrom('nobody.example:1')
  for (const url of [
    `http://127.0.0.1:${port}/`,
    `http://hook.example:${port}/`,
    'http://hook.example/',
    'https://[::1]/',
    'http://user:pass@nobody.example:1/',
    'ftp://nobody.example:1/',
    'file:///etc/passwd',
    'no url',
  ]) {
    const error = await failure(fetch(url))
    expect(error).toMatchObject({ code: 'blocked_target', message: 'The target is not allowed.' })
    expect((error as Error).cause).toBeUndefined()
  }
  expect(connections).toBe(0)
})

test('a name that changes its answer is checked each time', async () => {
  const answers = [['93.184.215.14'], ['127.0.0.1']]
  const policy = createTargetPolicy({ allow: [], resolve: async () => answers.shift() ?? [] })
  expect(await policy.check('hook.example', 80)).toMatchObject({ allowed: true })
  const fetch = createSafeFetch({ policy, timeoutMs: 5_000, maxBytes: 1 })
  expect(await failure(fetch('http://hook.example/'))).toMatchObject({ code: 'blocked_target' })
})

test('an endless answer is cut where it is asked to be', async () => {
  const port = await startHttp((_request, response) => writeForEver(response))
  const reply = await fetchFrom(`127.0.0.1:${port}`, { maxBytes: 100 })(`http://127.0.0.1:${port}/`)
  expect([reply.body.length, reply.truncated]).toEqual([100, true])
})

test.each([
  ['says nothing', () => undefined],
  ['never ends', (socket: Socket) => void socket.write('HTTP/1.1 200 OK\r\n\r\nx')],
])('a target that %s runs into the time limit', async (_case, onConnection) => {
  const port = await startTcp(onConnection)
  const fetch = fetchFrom(`127.0.0.1:${port}`, { timeoutMs: 300 })
  expect(await failure(fetch(`http://127.0.0.1:${port}/`))).toMatchObject({ code: 'timeout' })
})

test.each([
  ['bad_response', (socket: Socket) => void socket.end('SSH-2.0-OpenSSH\r\n\r\n')],
  ['unreachable', (socket: Socket) => void socket.destroy()],
  [
    'bad_response',
    (socket: Socket) => void socket.end('HTTP/1.1 101 Switching\r\nConnection: upgrade\r\nUpgrade: x\r\n\r\n'),
  ],
])('a failure is reported as %s, without the address', async (code, onConnection) => {
  const port = await startTcp(onConnection)
  const error = await failure(fetchFrom(`hook.example:${port}`)(`http://hook.example:${port}/`))
  expect(error).toBeInstanceOf(SafeFetchError)
  expect(error).toMatchObject({ code })
  expect(String(error)).not.toContain('127.0.0.1')
})

test('a name without an address is distinguished', async () => {
  const policy = createTargetPolicy({ allow: [], resolve: async () => [] })
  const fetch = createSafeFetch({ policy, timeoutMs: 5_000, maxBytes: 1 })
  expect(await failure(fetch('http://hook.example/'))).toMatchObject({ code: 'host_not_found' })
})

test('the caller can stop it, and hears its own reason', async () => {
  const stop = new AbortController()
  const reason = new Error('enough')
  const port = await startTcp(() => stop.abort(reason))
  const fetch = fetchFrom(`127.0.0.1:${port}`)
  expect(await failure(fetch(`http://127.0.0.1:${port}/`, { signal: stop.signal }))).toBe(reason)
  expect(await failure(fetch(`http://127.0.0.1:${port}/`, { signal: stop.signal }))).toBe(reason)
})

test('headers that cannot be sent are the fault of the caller', async () => {
  const fetch = fetchFrom('127.0.0.1:9')
  const error = await failure(fetch('http://127.0.0.1:9/', { headers: { 'X-A': 'a\r\nHost: b' } }))
  expect(error).toMatchObject({ code: 'ERR_INVALID_CHAR' })
})

test('TLS names the host, and its certificate must be valid for it', async () => {
  const certificate = certificateFor('hook.example')
  const names: unknown[] = []
  const server = createServer(certificate, (request, response) => {
    names.push((request.socket as TLSSocket).servername)
    response.end('hello')
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  whenDone(() => server.close())
  const { port } = server.address() as AddressInfo

  const trusting = fetchFrom(`hook.example:${port}`, { ca: certificate.cert })
  expect((await trusting(`https://hook.example:${port}/`)).body.toString()).toBe('hello')
  expect(names).toEqual(['hook.example'])
  const other = fetchFrom(`other.example:${port}`, { ca: certificate.cert })
  expect(await failure(other(`https://other.example:${port}/`))).toMatchObject({ code: 'bad_certificate' })
  const strict = fetchFrom(`hook.example:${port}`)
  expect(await failure(strict(`https://hook.example:${port}/`))).toMatchObject({ code: 'bad_certificate' })
  const literal = fetchFrom(`127.0.0.1:${port}`, { ca: certificate.cert })
  expect(await failure(literal(`https://127.0.0.1:${port}/`))).toMatchObject({ code: 'bad_certificate' })
  expect(names).toHaveLength(1)
})
