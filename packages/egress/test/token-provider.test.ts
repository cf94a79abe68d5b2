/** The client of the operator's provider of PO tokens: what it takes for an answer, how long it waits, and whom it makes wait. */
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from '@jest/globals'
import { poTokenFor, startTokenProvider } from '@video-scraper/testkit'
import { createTokenProvider, parseTokenProviderUrl, parseUpstreamProxy } from '../src/index.ts'
import { startHttp, startTcp, whenDone } from './servers.ts'

const QUESTION = { content_binding: 'visitor-data-1', innertube_context: { client: { clientName: 'MWEB' } } }
const ASKER = { owner: 'somebody', exit: null }
const never = () => new AbortController().signal
const exitOf = (port: number) => parseUpstreamProxy(`http://127.0.0.1:${port}`)

test('a provider that sends byte after byte is given up when its time is over', async () => {
  const port = await startHttp((_request, response) => {
    response.writeHead(200)
    const timer = setInterval(() => response.write(' '), 20)
    response.once('close', () => clearInterval(timer))
  })
  const provider = createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 300 })
  const asked = provider.token(QUESTION, ASKER, never())
  await expect(asked).rejects.toMatchObject({ reason: 'timeout' })
})

test.each([
  ['a token with a line break', '{"poToken":"a\\nb"}'],
  ['a token that is no text', '{"poToken":{"a":1}}'],
  ['a token that is too long', JSON.stringify({ poToken: 'a'.repeat(5000) })],
  ['no token', '{"error":"no"}'],
])('%s is none', async (_what, body) => {
  const port = await startHttp((_request, response) => void response.writeHead(200).end(body))
  const provider = createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`) })
  const asked = provider.token(QUESTION, ASKER, never())
  await expect(asked).rejects.toMatchObject({ reason: 'bad_response' })
})

test.each([201, 204, 302, 403, 500])(
  'what a provider answers with %p is no token, and no sign that it is there',
  async (status) => {
    const token = JSON.stringify({ poToken: 'YWJj' })
    const port = await startHttp((_request, response) => void response.writeHead(status).end(token))
    const provider = createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`) })
    const { signal } = new AbortController()
    await expect(provider.token(QUESTION, ASKER, signal)).rejects.toMatchObject({ reason: 'bad_response' })
    await expect(provider.ping(signal)).rejects.toMatchObject({ reason: 'bad_response' })
  },
)

test.each([
  ['one owner', () => 'somebody', 2, 34],
  ['many owners', (n: number) => `owner ${n}`, 4, 68],
])('of %s few questions are asked at once, few wait, and who waits is given up in time as well', async (...row) => {
  const [, owner, atOnce, taken] = row
  let open = 0
  const port = await startTcp(() => {
    open += 1
  })
  const provider = createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 1_500 })
  const startedAt = Date.now()
  const asked = Array.from({ length: 100 }, (_, n) =>
    provider.token(QUESTION, { owner: owner(n), exit: null }, never()),
  )
  const all = Promise.all(asked.map((each) => each.catch(({ reason }) => reason)))
  await sleep(500)
  expect(open).toBe(atOnce)
  // The watch needs no turn, so the status says what is true of the provider.
  const pinged = provider.ping(AbortSignal.timeout(400)).catch(({ reason }) => reason)
  expect(await pinged).toBe('unreachable')
  expect(open).toBe(atOnce + 1)
  const reasons = await all
  expect(reasons.filter((reason) => reason === 'too_many')).toHaveLength(100 - taken)
  expect(reasons.filter((reason) => reason === 'timeout')).toHaveLength(atOnce)
  // Whoever has a turn after that knows that it is in vain.
  expect(reasons.filter((reason) => reason === 'unreachable')).toHaveLength(taken - atOnce)
  expect(Date.now() - startedAt).toBeLessThan(4_000)
})

test.each([
  ['', null],
  [' http://provider:4416 ', 'http://provider:4416/'],
  ['https://[::1]:4416/', 'https://[::1]:4416/'],
])('the setting %p is read', (text, url) => {
  expect(parseTokenProviderUrl(text)?.href ?? null).toBe(url)
})

test.each([
  'provider:4416',
  'ftp://provider',
  'http://user:hunter2@provider',
  'http://provider/path',
  'http://provider/?a',
])('the setting %p is refused, and not repeated', (text) => {
  expect(() => parseTokenProviderUrl(text)).toThrow(/^POT_PROVIDER_URL is not http:/)
  expect(() => parseTokenProviderUrl(text)).not.toThrow(/hunter2/)
})

test.each([
  ['another protocol', 'HTTP/1.1 101 Switching Protocols\r\nConnection: Upgrade\r\nUpgrade: x\r\n\r\n'],
  ['another protocol, without a name', 'HTTP/1.1 101 Switching Protocols\r\n\r\n'],
  ['interim answers without end', 'HTTP/1.1 103 Early Hints\r\n\r\n'.repeat(21)],
])(
  '%s is no answer, and keeps no turn',
  async (_what, head) => {
    let isBad = true
    const port = await startTcp((socket) => {
      socket.on('error', () => undefined)
      const body = '{"poToken":"YWJj"}'
      socket.write(isBad ? head : `HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    })
    const provider = createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`), withinMs: 3_000 })
    for (let n = 0; n < 4; n += 1)
      await expect(provider.token(QUESTION, ASKER, never())).rejects.toMatchObject({ reason: 'bad_response' })
    isBad = false
    expect(await provider.token(QUESTION, ASKER, never())).toBe('YWJj')
  },
  10_000,
)

test('after a question that nobody answered no job waits, though the provider answers a ping', async () => {
  const standIn = await startTokenProvider()
  whenDone(() => standIn.stop())
  const provider = createTokenProvider({ url: new URL(standIn.url), withinMs: 1_000 })
  const asked = (exit = exitOf(3128)) => provider.token(QUESTION, { owner: 'somebody', exit }, never())
  standIn.behave('never answers')
  await expect(asked()).rejects.toMatchObject({ reason: 'timeout' })
  standIn.behave('gives tokens')
  await expect(asked()).rejects.toMatchObject({ reason: 'unreachable' })
  // It is there, and an exit that leads nowhere is no fault of the others.
  await provider.ping(never())
  await expect(asked()).rejects.toMatchObject({ reason: 'unreachable' })
  await expect(asked(exitOf(3129))).resolves.toBe(poTokenFor('visitor-data-1'))
  expect(standIn.asked).toHaveLength(3)
})

test('an outage has an end', async () => {
  const standIn = await startTokenProvider()
  whenDone(() => standIn.stop())
  const provider = createTokenProvider({ url: new URL(standIn.url), withinMs: 1_000, outageMs: 1 })
  standIn.behave('never answers')
  await expect(provider.token(QUESTION, ASKER, never())).rejects.toMatchObject({ reason: 'timeout' })
  standIn.behave('gives tokens')
  await sleep(10)
  await expect(provider.token(QUESTION, ASKER, never())).resolves.toBe(poTokenFor('visitor-data-1'))
})

test('a provider that is away is asked by no job until it answers a ping', async () => {
  let isThere = false
  let connections = 0
  const port = await startTcp((socket) => {
    connections += 1
    const body = '{"poToken":"YWJj"}'
    if (isThere) socket.write(`HTTP/1.1 200 OK\r\nContent-Length: ${body.length}\r\n\r\n${body}`)
    else socket.destroy()
  })
  const provider = createTokenProvider({ url: new URL(`http://127.0.0.1:${port}`) })
  const asked = (n: number) => provider.token(QUESTION, { owner: 'somebody', exit: exitOf(n) }, never())
  await expect(provider.ping(never())).rejects.toMatchObject({ reason: 'unreachable' })
  for (const n of [1, 2]) await expect(asked(n)).rejects.toMatchObject({ reason: 'unreachable' })
  expect(connections).toBe(1)
  isThere = true
  await provider.ping(never())
  await expect(asked(1)).resolves.toBe('YWJj')
})

test('a job that ends says nothing of the provider', async () => {
  const standIn = await startTokenProvider()
  whenDone(() => standIn.stop())
  const provider = createTokenProvider({ url: new URL(standIn.url), withinMs: 2_000 })
  standIn.behave('never answers')
  await expect(provider.token(QUESTION, ASKER, AbortSignal.timeout(100))).rejects.toMatchObject({
    reason: 'unreachable',
  })
  standIn.behave('gives tokens')
  await expect(provider.token(QUESTION, ASKER, never())).resolves.toBe(poTokenFor('visitor-data-1'))
})
