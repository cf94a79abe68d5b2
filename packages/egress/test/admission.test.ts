import { once } from 'node:events'
import { connect, type Socket } from 'node:net'
import { expect, test } from '@jest/globals'
import { eventually } from '@video-scraper/testkit'
import { createTargetPolicy, startEgressProxy } from '../src/index.ts'
import { ask, authorization, begin, gone, startHttp, startTcp, tunnel, whenDone, writeForEver } from './servers.ts'

async function proxyTo(port: number, limits = { connectTimeoutMs: 5_000, idleTimeoutMs: 5_000 }) {
  const proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [`127.0.0.1:${port}`] }), limits })
  whenDone(() => proxy.close())
  return proxy
}

const startEndless = () => startHttp((_request, response) => writeForEver(response))
const startEndlessTcp = () => startTcp((socket) => writeForEver(socket))

test.each([
  ['no credentials', () => ''],
  ['an unknown name', (right: string) => `Basic ${btoa(`nobody:${new URL(right).password}`)}`],
  ['a wrong token', (right: string) => `Basic ${btoa(`${new URL(right).username}:wrong`)}`],
  ['a token that is cut', (right: string) => authorization(right.replace(/.@/, '@'))],
  ['an empty token', (right: string) => `Basic ${btoa(`${new URL(right).username}:`)}`],
  ['another scheme', (right: string) => authorization(right).replace('Basic', 'Bearer')],
])('%s is answered 407, and no target is reached', async (_case, credentials) => {
  let reached = 0
  const port = await startHttp((_request, response) => {
    reached += 1
    response.end()
  })
  const proxy = await proxyTo(port)
  const job = proxy.admit('job')
  const headers = { 'Proxy-Authorization': credentials(job.proxyUrl) }
  const reply = await ask(job.proxyUrl, `http://127.0.0.1:${port}/`, { headers })
  expect([reply.status, reply.headers['proxy-authenticate']]).toEqual([407, 'Basic realm="egress"'])
  const wrong = new URL(job.proxyUrl)
  wrong.password = 'wrong'
  expect((await tunnel(wrong.href, `127.0.0.1:${port}`)).head).toMatch(/^HTTP\/1\.1 407 /)
  expect([reached, job.blocked()]).toEqual([0, false])
})

test('each admission has credentials of its own, also of one job', async () => {
  const proxy = await proxyTo(1)
  const urls = [proxy.admit('job'), proxy.admit('job')].map(({ proxyUrl }) => new URL(proxyUrl))
  expect(new Set(urls.flatMap(({ username, password }) => [username, password])).size).toBe(4)
  expect(proxy.port).toBe(Number(urls[0]?.port))
})

test('revoking cuts open transfers and refuses new ones; other jobs go on', async () => {
  const port = await startEndless()
  const proxy = await proxyTo(port)
  const [job, other] = [proxy.admit('job'), proxy.admit('other')]
  const target = `http://127.0.0.1:${port}/`
  const [cut, lives] = [await begin(job.proxyUrl, target), await begin(other.proxyUrl, target)]
  const { socket } = await tunnel(job.proxyUrl, `127.0.0.1:${port}`)
  for (const stream of [cut, lives, socket]) stream.resume()
  const ends = [gone(cut), gone(socket)]
  job.revoke()
  job.revoke()
  await Promise.all(ends)
  expect((await ask(job.proxyUrl, target)).status).toBe(407)
  const before = other.bytes()
  await eventually(() => other.bytes() > before + 1_000_000)
  other.revoke()
})

test('a transfer that nobody reads stops being read from its target', async () => {
  const port = await startEndless()
  const job = (await proxyTo(port)).admit('job')
  const response = await begin(job.proxyUrl, `http://127.0.0.1:${port}/`)
  response.pause()
  let last = -1
  await eventually(
    () => {
      const still = job.bytes() === last
      last = job.bytes()
      return still
    },
    { everyMs: 200 },
  )
  expect(last).toBeLessThan(50_000_000)
  job.revoke()
})

test.each([
  [
    'a chunked body without end',
    startEndless,
    async (proxyUrl: string, port: number) => begin(proxyUrl, `http://127.0.0.1:${port}/`),
  ],
  [
    'a tunnel without end',
    startEndlessTcp,
    async (proxyUrl: string, port: number) => (await tunnel(proxyUrl, `127.0.0.1:${port}`)).socket,
  ],
])('%s is cut when the job has received too much', async (_case, start, open) => {
  const port = await start()
  const job = (await proxyTo(port)).admit('job', { maxBytes: 5_000_000 })
  const stream = await open(job.proxyUrl, port)
  const end = gone(stream)
  let received = 0
  stream.on('data', (bytes: Buffer) => {
    received += bytes.length
  })
  stream.resume()
  await end
  expect(job.exceeded()).toBe(true)
  expect(received).toBeLessThanOrEqual(job.bytes())
  expect(job.bytes()).toBeGreaterThan(5_000_000)
  expect(job.bytes()).toBeLessThan(5_300_000)
  expect((await ask(job.proxyUrl, `http://127.0.0.1:${port}/`)).body).toBe('egress ended')
  expect(job.blocked()).toBe(false)
})

test('bytes are counted over all requests of a job', async () => {
  const port = await startHttp((_request, response) => response.end('x'.repeat(1000)))
  const job = (await proxyTo(port)).admit('job', { maxBytes: 2_900 })
  const target = `http://127.0.0.1:${port}/`
  expect((await ask(job.proxyUrl, target)).status).toBe(200)
  expect(job.exceeded()).toBe(false)
  expect((await ask(job.proxyUrl, target)).status).toBe(200)
  await expect(ask(job.proxyUrl, target).catch((error: Error) => error.message)).resolves.toMatch(
    /hang up|aborted|ECONNRESET/,
  )
  expect(job.exceeded()).toBe(true)
})

test('a target that falls silent is given up', async () => {
  const port = await startTcp(() => undefined)
  const job = (await proxyTo(port, { connectTimeoutMs: 5_000, idleTimeoutMs: 100 })).admit('job')
  expect((await ask(job.proxyUrl, `http://127.0.0.1:${port}/`)).status).toBe(504)
  const { socket } = await tunnel(job.proxyUrl, `127.0.0.1:${port}`)
  await gone(socket.resume())
})

test('the proxy outlives clients that send nonsense, reset and vanish, and closes while they are there', async () => {
  const port = await startEndless()
  const proxy = await proxyTo(port)
  const job = proxy.admit('job')
  const login = `Host: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\n\r\n`
  const sent = [
    '\x16\x03\x01\x02\x00',
    'GET http://[::1/ HTTP/1.1\r\nHost: x\r\n\r\n',
    `CONNECT [ HTTP/1.1\r\n${login}`,
    `CONNECT 127.0.0.1:99999 HTTP/1.1\r\n${login}`,
    `CONNECT 127.0.0.1:${port} HTTP/1.1\r\n${login}rest`,
    `GET http://127.0.0.1:${port}/ HTTP/1.1\r\n${login}`.repeat(5),
    `GET http://127.0.0.1:${port}/ HTTP/1.1\r\n${login}GET http://127.0.0.1:${port}/ HTTP/1.1\r\n\r\n`,
    `GET / HTTP/1.1\r\n${'X: yyyyyyyy\r\n'.repeat(30_000)}`,
  ]
  for (const text of sent) {
    const client = connect(proxy.port, '127.0.0.1')
    client.on('error', () => undefined)
    client.write(text, 'latin1')
    await Promise.race([once(client, 'data'), once(client, 'close')])
    client.resetAndDestroy()
  }
  const idle = connect(proxy.port, '127.0.0.1')
  await once(idle, 'connect')
  expect((await ask(job.proxyUrl, 'http://10.0.0.1/')).status).toBe(403)
  const idleEnds = gone(idle.resume())
  await proxy.close()
  await idleEnds
  await proxy.close()
})

test('a job holds 128 connections, those to its targets among them, and may open another when one has ended', async () => {
  const port = await startTcp(() => undefined)
  const job = (await proxyTo(port)).admit('job')
  const opened: Socket[] = []
  const another = async (): Promise<boolean> => {
    const client = connect(Number(new URL(job.proxyUrl).port), '127.0.0.1')
    whenDone(() => client.destroy())
    client.on('error', () => undefined)
    client.write(
      `CONNECT 127.0.0.1:${port} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\n\r\n`,
    )
    const isOpen = await Promise.race([once(client, 'data').then(() => true), gone(client).then(() => false)])
    if (isOpen) opened.push(client)
    return isOpen
  }
  // Each tunnel is two connections.
  for (let count = 0; count < 64; count += 1) expect(await another()).toBe(true)
  expect(await another()).toBe(false)
  opened[0]?.destroy()
  await eventually(another)
  expect(await another()).toBe(false)
  job.revoke()
})
