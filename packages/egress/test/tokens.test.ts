/** PO tokens: what reaches the operator's provider, what comes back, and what does not. */
import { expect, test } from '@jest/globals'
import { poTokenFor } from '@video-scraper/testkit'
import { createTargetPolicy, parseUpstreamProxy, startEgressProxy, TOKEN_ADDRESS } from '../src/index.ts'
import { ask, begin, tunnel, whenDone } from './servers.ts'
import { GET_POT, MARK, post, QUESTION, startScene } from './token-scene.ts'

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
