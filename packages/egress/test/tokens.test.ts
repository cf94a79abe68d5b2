/** PO tokens: what reaches the operator's provider, what comes back, and what does not. */
import type { ServerResponse } from 'node:http'
import { connect } from 'node:net'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { eventually, poTokenFor, startTokenProvider, type TokenProviderManner } from '@video-scraper/testkit'
import {
  createTargetPolicy,
  createTokenProvider,
  parseUpstreamProxy,
  startEgressProxy,
  TOKEN_ADDRESS,
} from '../src/index.ts'
import { ask, authorization, begin, gone, startHttp, tunnel, whenDone } from './servers.ts'

const QUESTION = { content_binding: 'visitor-data-1', innertube_context: { client: { clientName: 'MWEB' } } }
const GET_POT = `${TOKEN_ADDRESS}/get_pot`
const MARK = { 'x-po-token': '1' }

/** A stand-in of the provider, and a proxy that knows it. */
async function startScene(withinMs = 2_000) {
  const provider = await startTokenProvider()
  whenDone(() => provider.stop())
  const lines: object[] = []
  const proxy = await startEgressProxy({
    // Whoever reached a resolver with the name would reach loopback.
    policy: createTargetPolicy({ allow: ['po-tokens.invalid:80'], resolve: async () => ['127.0.0.1'] }),
    tokens: createTokenProvider({ url: new URL(provider.url), withinMs }),
    logger: { warn: (fields, message) => void lines.push({ ...fields, message }) },
  })
  whenDone(() => proxy.close())
  return { provider, proxy, lines }
}

const post = (proxyUrl: string, question: unknown, headers: Record<string, string> = {}) => {
  const body = typeof question === 'string' ? question : JSON.stringify(question)
  return ask(proxyUrl, GET_POT, {
    method: 'POST',
    headers: { 'content-length': String(Buffer.byteLength(body)), ...MARK, ...headers },
    body,
  })
}

test('a job gets the token that belongs to what it asks for, and the provider hears a closed question', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job')
  const reply = await post(job.proxyUrl, {
    ...QUESTION,
    proxy: job.proxyUrl,
    source_address: '10.0.0.1',
    disable_tls_verification: true,
    challenge: { interpreterUrl: 'http://127.0.0.1/' },
    innertube_context: { client: { clientName: 'MWEB', remoteHost: '198.51.100.7', hl: 7 }, request: {} },
  })
  expect([reply.status, JSON.parse(reply.body)]).toEqual([200, { poToken: poTokenFor('visitor-data-1') }])
  expect(provider.asked).toEqual([
    {
      request: 'POST /get_pot',
      fields: { ...QUESTION, bypass_cache: true, disable_tls_verification: false },
    },
  ])
  expect(job.blocked()).toBe(false)
})

test.each([
  ['the visitor of the session', 'dmlzaXRvcg%3D%3D', false],
  ['a video', 'dQw4w9WgXcQ', true],
])('a token for %s is made anew, whatever the provider kept: %p', async (_what, binding, bypasses) => {
  const { provider, proxy } = await startScene()
  const client = { clientName: 'MWEB', visitorData: 'dmlzaXRvcg==' }
  await post(proxy.admit('job').proxyUrl, { content_binding: binding, innertube_context: { client } })
  expect(provider.asked[0]?.fields.bypass_cache).toBe(bypasses)
})

test('the provider is given the exit of the job, and nothing of the job', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job', { upstream: parseUpstreamProxy('http://user:p%40ss@exit.example:3128') })
  await post(job.proxyUrl, QUESTION)
  expect(provider.asked[0]?.fields.proxy).toBe('http://user:p%40ss@exit.example:3128')
  const { username, password, port } = new URL(job.proxyUrl)
  for (const secret of [username, password, `:${port}`]) expect(JSON.stringify(provider.asked)).not.toContain(secret)
})

test.each([
  ['a ping', 'GET', `${TOKEN_ADDRESS}/ping`],
  ['another path', 'GET', `${TOKEN_ADDRESS}/`],
  ['a path behind the right one', 'POST', `${GET_POT}/more`],
  ['a query', 'POST', `${GET_POT}?proxy=http://127.0.0.1`],
  ['another method', 'GET', GET_POT],
  ['a deletion', 'DELETE', GET_POT],
  ['another port', 'POST', 'http://po-tokens.invalid:8080/get_pot'],
  ['a path that climbs', 'POST', `${TOKEN_ADDRESS}/x/../get_pot`],
])('%s is refused at that name, and the provider hears nothing', async (_what, method, target) => {
  const { provider, proxy, lines } = await startScene()
  const job = proxy.admit('job')
  const reply = await ask(job.proxyUrl, target, { method, headers: MARK })
  expect([reply.status, reply.headers['x-egress']]).toEqual([403, 'denied'])
  expect(job.blocked()).toBe(true)
  expect(provider.asked).toEqual([])
  expect(lines).toHaveLength(1)
})

test('a redirect of a POST, which keeps method and body, is refused as a target', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job')
  const reply = await post(job.proxyUrl, QUESTION, { 'x-po-token': '' })
  expect([reply.status, reply.headers['x-egress'], job.blocked()]).toEqual([403, 'denied', true])
  expect(provider.asked).toEqual([])
})

test('the name in any spelling is that name, for CONNECT too, which is refused at every port', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job')
  const question = JSON.stringify(QUESTION)
  const sent = { method: 'POST', headers: { 'content-length': String(question.length), ...MARK }, body: question }
  expect((await ask(job.proxyUrl, 'http://PO-Tokens.Invalid./get_pot', sent)).status).toBe(200)
  for (const authority of ['po-tokens.invalid:80', 'po-tokens.invalid:443', 'PO-TOKENS.invalid.:8080'])
    expect((await tunnel(job.proxyUrl, authority)).head).toMatch(/^HTTP\/1\.1 403 egress denied/)
  expect(provider.asked.map(({ request }) => request)).toEqual(['POST /get_pot'])
})

test('the policy of targets refuses the name to all others, and resolves it for nobody', async () => {
  const names: string[] = []
  const policy = createTargetPolicy({
    allow: ['po-tokens.invalid:80'],
    resolve: async (name) => {
      names.push(name)
      return ['127.0.0.1']
    },
  })
  for (const name of ['po-tokens.invalid', 'PO-TOKENS.INVALID.'])
    expect(await policy.check(name, 80)).toEqual({ allowed: false })
  expect(names).toEqual([])
})

test('without a provider the name is refused like any other target', async () => {
  const proxy = await startEgressProxy({ policy: createTargetPolicy({ allow: [] }) })
  whenDone(() => proxy.close())
  expect((await post(proxy.admit('job').proxyUrl, QUESTION)).status).toBe(403)
})

test('who is no job is refused before the provider hears of it, and a job that has ended too', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job')
  const stranger = job.proxyUrl.replace(/:[^:@]*@/, ':wrong@')
  expect((await post(stranger, QUESTION)).status).toBe(407)
  job.revoke()
  expect((await post(job.proxyUrl, QUESTION)).status).toBe(407)
  expect(provider.asked).toEqual([])
})

test.each([
  ['no JSON', 'content_binding=x', {}, 400],
  ['a list', '[]', {}, 400],
  ['no binding', '{}', {}, 400],
  ['a binding that is no text', '{"content_binding":{"$ne":1}}', {}, 400],
  ['a binding with a line break', '{"content_binding":"a\\nb"}', {}, 400],
  ['a binding that is too long', JSON.stringify({ content_binding: 'x'.repeat(2049) }), {}, 400],
  ['a question that is too long', JSON.stringify({ ...QUESTION, more: 'x'.repeat(20_000) }), {}, 400],
])('a question that is %s is refused', async (_what, body, headers, status) => {
  const { provider, proxy, lines } = await startScene()
  expect((await post(proxy.admit('job').proxyUrl, body, headers)).status).toBe(status)
  expect(provider.asked).toEqual([])
  expect(lines).toEqual([{ jobId: 'job', reason: 'bad_request', message: 'a job got no PO token' }])
})

test.each<[TokenProviderManner, number, string]>([
  ['never answers', 504, 'timeout'],
  ['html', 502, 'bad_response'],
  ['endless', 502, 'bad_response'],
  ['error', 502, 'bad_response'],
  ['redirects', 502, 'bad_response'],
])('a provider that %s: the job hears of it in time, and nothing of the answer', async (manner, status, reason) => {
  const { provider, proxy, lines } = await startScene(300)
  provider.behave(manner)
  const startedAt = Date.now()
  const reply = await post(proxy.admit('job').proxyUrl, QUESTION)
  expect([reply.status, reply.headers['x-egress']]).toEqual([status, reason])
  expect(Date.now() - startedAt).toBeLessThan(1_500)
  expect(lines).toEqual([{ jobId: 'job', reason, message: 'a job got no PO token' }])
  // What the sockets hold is sent; the rest of the gigabyte is not.
  expect(provider.sentBytes).toBeLessThan(50_000_000)
  expect(provider.asked).toHaveLength(1)
})

test('a provider that is not there is no fault of the job', async () => {
  const { provider, proxy } = await startScene()
  await provider.stop()
  const job = proxy.admit('job')
  const reply = await post(job.proxyUrl, QUESTION)
  expect([reply.status, reply.headers['x-egress']]).toEqual([502, 'unreachable'])
  expect(job.blocked()).toBe(false)
})

test('one job asks so often and no more', async () => {
  const { provider, proxy } = await startScene()
  const job = proxy.admit('job')
  const statuses: number[] = []
  for (let n = 0; n < 18; n += 1) statuses.push((await post(job.proxyUrl, QUESTION)).status)
  expect(statuses).toEqual([...Array(16).fill(200), 503, 503])
  expect(provider.asked).toHaveLength(16)
  expect((await post(proxy.admit('other').proxyUrl, QUESTION)).status).toBe(200)
})

test('the question of a job that ends is broken off, at the provider too', async () => {
  let asked = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  let left = () => {}
  const leaving = new Promise<void>((resolve) => {
    left = resolve
  })
  const port = await startHttp((_request, response) => {
    asked()
    response.once('close', left)
  })
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [] }),
    tokens: createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 50_000 }),
  })
  whenDone(() => proxy.close())
  const job = proxy.admit('job')
  const { port: proxyPort } = new URL(job.proxyUrl)
  const socket = connect(Number(proxyPort), '127.0.0.1')
  const closed = gone(socket.resume())
  const body = JSON.stringify(QUESTION)
  socket.write(
    `POST ${GET_POT} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\nX-PO-Token: 1\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
  )
  await reached
  job.revoke()
  await Promise.all([closed, leaving])
}, 5_000)

test('a question that does not end costs its connection, and the provider hears nothing', async () => {
  const { provider, proxy } = await startScene(200)
  const job = proxy.admit('job')
  const { port } = new URL(job.proxyUrl)
  const socket = connect(Number(port), '127.0.0.1')
  whenDone(() => socket.destroy())
  const closed = gone(socket.resume())
  const credentials = authorization(job.proxyUrl)
  socket.write(
    `POST ${GET_POT} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${credentials}\r\nX-PO-Token: 1\r\nContent-Length: 100\r\n\r\n{"content`,
  )
  await closed
  expect(provider.asked).toEqual([])
})

test('of questions that one job sends at once the provider hears one, and none when the job has ended', async () => {
  const open = new Set<ServerResponse>()
  const port = await startHttp((_request, response) => {
    open.add(response)
    response.once('close', () => open.delete(response))
  })
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [] }),
    tokens: createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 50_000 }),
  })
  whenDone(() => proxy.close())
  const job = proxy.admit('job')
  const question = JSON.stringify(QUESTION)
  const head = `POST ${GET_POT} HTTP/1.1\r\nHost: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\nX-PO-Token: 1\r\n`
  const socket = connect(Number(new URL(job.proxyUrl).port), '127.0.0.1')
  socket.on('error', () => undefined)
  const closed = gone(socket.resume())
  socket.write(`${head}Content-Length: ${question.length}\r\n\r\n${question}`.repeat(3))
  await eventually(async () => open.size > 0)
  // All three are there by now, as they came at once.
  await sleep(100)
  expect(open.size).toBe(1)
  // A second connection does not help.
  expect((await post(job.proxyUrl, QUESTION)).status).toBe(503)
  job.revoke()
  await closed
  await eventually(async () => open.size === 0)
}, 5_000)

test('a question behind another answer of its connection ends with its job as well', async () => {
  let asked = () => {}
  const reached = new Promise<void>((resolve) => {
    asked = resolve
  })
  let left = () => {}
  const leaving = new Promise<void>((resolve) => {
    left = resolve
  })
  const port = await startHttp((request, response) => {
    if (request.method === 'GET') return
    asked()
    response.once('close', left)
  })
  const proxy = await startEgressProxy({
    policy: createTargetPolicy({ allow: [`127.0.0.1:${port}`] }),
    tokens: createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 50_000 }),
  })
  whenDone(() => proxy.close())
  const job = proxy.admit('job')
  const question = JSON.stringify(QUESTION)
  const credentials = `Host: x\r\nProxy-Authorization: ${authorization(job.proxyUrl)}\r\n`
  const socket = connect(Number(new URL(job.proxyUrl).port), '127.0.0.1')
  socket.on('error', () => undefined).resume()
  socket.write(`GET http://127.0.0.1:${port}/slow HTTP/1.1\r\n${credentials}\r\n`)
  socket.write(
    `POST ${GET_POT} HTTP/1.1\r\n${credentials}X-PO-Token: 1\r\nContent-Length: ${question.length}\r\n\r\n${question}`,
  )
  await reached
  job.revoke()
  await leaving
}, 5_000)

test('texts of the client that a header could not hold are left out', async () => {
  const { provider, proxy } = await startScene()
  const client = { clientName: 'MWEB', userAgent: 'a\r\nb: c', hl: 'x'.repeat(1025) }
  await post(proxy.admit('job').proxyUrl, { ...QUESTION, innertube_context: { client } })
  expect(provider.asked[0]?.fields.innertube_context).toEqual({ client: { clientName: 'MWEB' } })
})

test('a chunked question has no length, and is refused', async () => {
  const { provider, proxy } = await startScene()
  const response = await begin(proxy.admit('job').proxyUrl, GET_POT, {
    method: 'POST',
    headers: { 'transfer-encoding': 'chunked', ...MARK },
    body: JSON.stringify(QUESTION),
  })
  expect(response.statusCode).toBe(411)
  expect(provider.asked).toEqual([])
})
