import { once } from 'node:events'
import { Agent } from 'node:http'
import { connect } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { expect, test } from '@jest/globals'
import { createTargetPolicy, startEgressProxy, type TargetPolicy } from '../src/index.ts'
import { ask, authorization, begin, gone, startHttp, startTcp, tunnel, whenDone } from './servers.ts'

async function startProxy(policy: TargetPolicy) {
  const proxy = await startEgressProxy({ policy })
  whenDone(() => proxy.close())
  return proxy
}

const allowing = (...allow: string[]) => createTargetPolicy({ allow })

/** A server, and a job that may reach it and nothing else. */
async function admitted(listener: Parameters<typeof startHttp>[0]) {
  const port = await startHttp(listener)
  const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
  return { port, proxy, job: proxy.admit('job'), origin: `http://127.0.0.1:${port}` }
}

test('an http request arrives as it was sent, without what concerns only the proxy', async () => {
  const { job, origin, port } = await admitted((request, response) => {
    response.setHeader('Set-Cookie', ['a=1', 'b=2'])
    response.end(JSON.stringify({ url: request.url, method: request.method, raw: request.headers }))
  })
  const reply = await ask(job.proxyUrl, `${origin}/a%2Fb/é?x=1|2`.replace('é', '%C3%A9'), {
    headers: { 'X-Own': 'kept', 'Proxy-Connection': 'keep-alive', Connection: 'close, X-Hop', 'X-Hop': 'dropped' },
  })
  expect(reply.status).toBe(200)
  expect(reply.headers['set-cookie']).toEqual(['a=1', 'b=2'])
  expect(JSON.parse(reply.body)).toEqual({
    url: '/a%2Fb/%C3%A9?x=1|2',
    method: 'GET',
    raw: { host: `127.0.0.1:${port}`, 'x-own': 'kept', connection: 'close' },
  })
  expect(job.blocked()).toBe(false)
  expect(job.bytes()).toBeGreaterThan(reply.body.length)
})

test('a body with a length is sent on, one without is asked for its length', async () => {
  const { job, origin } = await admitted(async (request, response) => response.end(await buffer(request)))
  const long = 'z'.repeat(300_000)
  const reply = await ask(job.proxyUrl, `${origin}/`, {
    method: 'POST',
    body: long,
    headers: { 'Content-Length': String(long.length) },
  })
  expect(reply.body).toBe(long)
  const chunked = await ask(job.proxyUrl, `${origin}/`, {
    method: 'POST',
    body: long,
    headers: { 'Transfer-Encoding': 'chunked' },
  })
  expect(chunked.status).toBe(411)
})

test('one client connection carries many requests, also of HEAD, 304 and ranges', async () => {
  const media = Buffer.alloc(3_000_000, 'media')
  const { job, origin } = await admitted((request, response) => {
    if (request.url === '/unchanged') return response.writeHead(304, { 'Content-Length': '7' }).end()
    const [, from, to] = /bytes=(\d+)-(\d+)/.exec(request.headers.range ?? '') ?? []
    if (!from) return response.writeHead(200, { 'Content-Length': media.length }).end(media)
    const part = media.subarray(Number(from), Number(to) + 1)
    return response.writeHead(206, { 'Content-Length': part.length }).end(part)
  })
  const agent = new Agent({ keepAlive: true, maxSockets: 1 })
  whenDone(() => agent.destroy())
  const sockets = new Set<unknown>()
  agent.on('free', (socket) => sockets.add(socket))
  expect((await ask(job.proxyUrl, `${origin}/`, { agent })).body).toBe(media.toString())
  const head = await ask(job.proxyUrl, `${origin}/`, { agent, method: 'HEAD' })
  expect([head.headers['content-length'], head.body]).toEqual([String(media.length), ''])
  expect((await ask(job.proxyUrl, `${origin}/unchanged`, { agent })).status).toBe(304)
  const part = await ask(job.proxyUrl, `${origin}/`, { agent, headers: { Range: 'bytes=10-19' } })
  expect([part.status, part.body]).toEqual([206, media.subarray(10, 20).toString()])
  expect((await ask(job.proxyUrl, 'http://10.0.0.1/', { agent })).status).toBe(403)
  expect(sockets.size).toBe(1)
})

test.each([
  ['in chunks', 'HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n6;x=y\r\n world\r\n0\r\n\r\n'],
  [
    'in chunks, with a length that lies',
    'HTTP/1.1 200 OK\r\nContent-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\nb\r\nhello world\r\n0\r\n\r\n',
  ],
  ['until the connection ends', 'HTTP/1.0 200 OK\r\n\r\nhello world'],
  ['with a length, and more than that', 'HTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world and more'],
  [
    'after asides',
    'HTTP/1.1 103 Early Hints\r\nLink: x\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 11\r\n\r\nhello world',
  ],
  [
    'after a head with bare line feeds and lines that are no headers',
    'HTTP/1.1 200 \x01OK\nbroken\nContent-Length: 11\n\nhello world',
  ],
])('a body that comes %s arrives whole, however it is cut', async (_case, text) => {
  for (const pieces of [[text], [...text]]) {
    const port = await startTcp(async (socket) => {
      socket.setNoDelay(true)
      for (const piece of pieces) await new Promise((resolve) => socket.write(piece, 'latin1', resolve))
      socket.end()
    })
    const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
    const agent = new Agent({ keepAlive: true, maxSockets: 1 })
    whenDone(() => agent.destroy())
    const { proxyUrl } = proxy.admit('job')
    // Twice on one connection: what one answer leaves behind would spoil the next.
    for (const path of ['first', 'second']) {
      const reply = await ask(proxyUrl, `http://127.0.0.1:${port}/${path}`, { agent })
      expect([reply.status, reply.body]).toEqual([200, 'hello world'])
    }
  }
})

test.each([
  ['not HTTP', 'SSH-2.0-OpenSSH\r\n\r\n', 502],
  ['two lengths', 'HTTP/1.1 200 OK\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nab', 502],
  ['another protocol', 'HTTP/1.1 101 Switching\r\n\r\nHTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi', 502],
  ['nothing', '', 502],
  ['half a head', 'HTTP/1.1 200 OK\r\nCont', 502],
  ['an endless head', `HTTP/1.1 200 OK\r\n${'X: y\r\n'.repeat(20_000)}`, 502],
])('a target that answers %s is a gateway error', async (_case, text, status) => {
  // The endless one stays open.
  const port = await startTcp((socket) => (text.length > 1000 ? socket.write(text) : socket.end(text)))
  const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
  const job = proxy.admit('job')
  expect((await ask(job.proxyUrl, `http://127.0.0.1:${port}/`)).status).toBe(status)
  expect(job.blocked()).toBe(false)
})

test('a body that ends early is broken off for the client too', async () => {
  const port = await startTcp((socket) => socket.end('HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhello'))
  const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
  const response = await begin(proxy.admit('job').proxyUrl, `http://127.0.0.1:${port}/`)
  await expect(buffer(response)).rejects.toThrow('aborted')
})

test('a tunnel carries bytes both ways, and the end of either side', async () => {
  const port = await startTcp((socket) => {
    socket.on('data', (bytes) => socket.write(`echo ${bytes}`))
    socket.on('end', () => socket.end())
  })
  const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
  const job = proxy.admit('job')
  const { head, socket } = await tunnel(job.proxyUrl, `127.0.0.1:${port}`)
  expect(head).toMatch(/^HTTP\/1\.1 200 /)
  socket.write('hello')
  expect(String((await once(socket.resume(), 'data'))[0])).toBe('echo hello')
  expect(job.bytes()).toBe('echo hello'.length)
  const ends = gone(socket)
  socket.end()
  await ends
})

test('what follows a body of known length never reaches the client', async () => {
  const port = await startTcp((socket) =>
    socket.write('HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhelloHTTP/1.1 200 OK\r\n\r\nforged'),
  )
  const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
  const client = connect(proxy.port, '127.0.0.1')
  whenDone(() => client.destroy())
  const login = `Proxy-Authorization: ${authorization(proxy.admit('job').proxyUrl)}`
  client.write(`GET http://127.0.0.1:${port}/ HTTP/1.1\r\nHost: x\r\nConnection: close\r\n${login}\r\n\r\n`)
  expect((await buffer(client)).toString()).toMatch(/\r\n\r\nhello$/)
})

test('a tunnel delivers what was sent before it stood, and all that came before its end', async () => {
  const long = Buffer.alloc(8_000_000, 'media')
  const port = await startTcp((socket) => socket.once('data', (bytes) => socket.end(Buffer.concat([bytes, long]))))
  const proxy = await startProxy(allowing(`127.0.0.1:${port}`))
  const { socket } = await tunnel(proxy.admit('job').proxyUrl, `127.0.0.1:${port}`, 'early')
  expect(Buffer.compare(await buffer(socket), Buffer.concat([Buffer.from('early'), long]))).toBe(0)
})
